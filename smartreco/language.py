"""The one way from a message to visible words, and from a value to its local form.

Messages are English sentences with named places (``"Last on {day}"``); they are
also the gettext keys, so a language is one file,
``locale/<language>/LC_MESSAGES/smartreco.po``. Numbers, dates and money take
their form from the locale (`Babel <https://babel.pocoo.org>`_), which gives
rupees their own digit groups.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError, dates, numbers
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from smartreco.config import PROJECT

DOMAIN = "smartreco"
FOLDER = PROJECT / "locale"
SOURCE = "en"  # messages are written in it
SHORTENED = 1000  # from which on numbers have a short form
ERROR = "error"  # context of messages that an error fills in before it is raised
PLACE = re.compile(r"\{(\w+)\}")
LONGEST_SHORT = 4  # digits of one; more, and the locale did not shorten it


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that is to be shown in the data set's currency."""

    amount: float
    digits: int | None = None
    compact: bool = False  # short, such as ₹3.5Cr


@dataclass(frozen=True, slots=True)
class Percent:
    """A share, 0..1, that is to be shown in per cent."""

    share: float
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A template with a singular and, where a count decides, a plural.

    ``count`` names the value that chooses between ``one`` and ``many``.
    """

    one: str
    many: str | None = None
    count: str | None = None


def noted(message: str) -> str:
    """The message itself; it is translated where it is shown, by a name that tells nothing of it.

    `smartreco.messages` finds sentences and tables of words by itself, but no single small word.
    """
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """The name of a template among those of a subject, and the values of its places."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)


class Language:
    """Words and forms of one locale and one currency.

    Parameters
    ----------
    locale
        CLDR name such as ``en_IN``; unknown names fall back to ``en``.
    currency
        ISO 4217 code; "" shows amounts as plain numbers.
    """

    def __init__(self, locale: str = "en", currency: str = "") -> None:
        self.locale = _locale(locale)
        self._name = str(self.locale)
        self.currency = currency
        self._catalog = _catalog(self.locale.language)

    @classmethod
    def spoken(cls, words: str, locale: str, currency: str) -> Language:
        """Words of one language in the forms of another's land: Hindi with rupees, or dollars.

        ``words`` is a language's code; "" or one without a file is that of the data, ``locale``.
        """
        data = _locale(locale)
        if words not in languages() or words == data.language:
            return cls(locale, currency)
        for name in (f"{words}_{data.territory}", words):
            with suppress(UnknownLocaleError, ValueError):
                return cls(str(Locale.parse(name)), currency)
        return cls(locale, currency)

    def text(self, message: str | Message, **values: object) -> str:
        """Translate and fill in; values are shown in the locale's form."""
        if isinstance(message, Message):
            return self.say(message, values)
        translated = self._catalog.gettext(message)
        return translated.format_map(self._shown(values)) if values else translated

    def say(self, message: Message, values: Mapping[str, object]) -> str:
        """Translate a template whose number may depend on one of its values."""
        if message.many is None or message.count is None:
            translated = self._catalog.gettext(message.one)
        else:
            count = values[message.count]
            n = round(count) if isinstance(count, int | float) else 2
            translated = self._catalog.ngettext(message.one, message.many, n)
        return translated.format_map(self._shown(values))

    def error(self, words: str) -> str:
        """A part of an error, whose places were filled in when it was raised."""
        translated = self._catalog.gettext(words)
        if translated != words:
            return translated
        for template, said in _error_templates(self.locale.language):
            if found := template.fullmatch(words):
                return said.format_map(found.groupdict())
        return words

    def number(self, value: float, digits: int = 0) -> str:
        """1234.5 as "1,235" or "1,234.5" (``digits`` = 1)."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        pattern = "#,##,##0" + pattern[5:] if self.locale.territory == "IN" else pattern
        return _decimal(self._name, pattern, value)

    def money(self, amount: float, digits: int | None = None) -> str:
        """An amount in the data set's currency; whole units from 100 upwards."""
        places = (0 if abs(amount) >= 100 else 2) if digits is None else digits
        if not self.currency:
            return self.number(amount, places)
        return _amount(self._name, self.currency, places, round(amount, places))

    def compact(self, value: float) -> str:
        """19073500 as "19.1M", in the locale's own short form; small numbers as they are."""
        if abs(value) < SHORTENED:
            return self.number(value, 0 if value == round(value) or abs(value) >= 20 else 1)
        return _compact(self._name, None, float(f"{value:.3g}")) or self.number(value)

    def compact_money(self, amount: float) -> str:
        """An amount in the short form, such as "₹3.5Cr"."""
        if abs(amount) < SHORTENED:
            return self.money(amount)
        if not self.currency:
            return self.compact(amount)
        short = _compact(self._name, self.currency, float(f"{amount:.3g}"))
        return short or self.money(amount)

    def percent(self, share: float, digits: int = 0) -> str:
        """0.64 as "64%"."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        return _percent(self._name, pattern, round(share, digits + 4))

    def day(self, value: date) -> str:
        """A date as "12 May 2026"."""
        return _day(self._name, value)

    def moment(self, value: datetime) -> str:
        """A time as "12 May 2026, 14:05"."""
        return f"{self.day(value)}, {dates.format_time(value, 'HH:mm', locale=self.locale)}"

    def show(self, value: object) -> str:
        """Any value of a template, in the locale's form for its type."""
        match value:
            case str():
                return value
            case Money():
                if value.compact:
                    return self.compact_money(value.amount)
                return self.money(value.amount, value.digits)
            case Percent():
                return self.percent(value.share, value.digits)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case bool():
                return str(value)
            case int():
                return self.number(value)
            case float():
                return self.number(value, 0 if value == round(value) or abs(value) >= 20 else 1)
            case _:
                return str(value)

    def _shown(self, values: Mapping[str, object]) -> dict[str, str]:
        return {name: self.show(value) for name, value in values.items()}


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the languages there are words in: English, then each that has a file."""
    return (SOURCE, *sorted(path.parts[-3] for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


def own_name(language: str) -> str:
    """What speakers of a language call it, such as "हिन्दी"."""
    return (Locale.parse(language).get_display_name(language) or language).capitalize()


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


# a page shows the same few hundred figures again and again, and Babel takes 0.1 ms for each;
# locales go by name, since to compare two of Babel's takes longer than to look one up
@lru_cache(maxsize=8192)
def _decimal(locale: str, pattern: str, value: float) -> str:
    return str(numbers.format_decimal(value, format=pattern, locale=locale))


@lru_cache(maxsize=8192)
def _day(locale: str, value: date) -> str:
    return str(dates.format_date(value, format="d MMM y", locale=locale))


@lru_cache(maxsize=8192)
def _percent(locale: str, pattern: str, share: float) -> str:
    return str(numbers.format_percent(share, format=pattern, locale=locale))


@lru_cache(maxsize=8192)
def _amount(locale: str, currency: str, places: int, amount: float) -> str:
    return str(
        numbers.format_currency(
            amount, currency, locale=locale, format=_currency_pattern(locale, places),
            currency_digits=False,
        )
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _compact(locale: str, currency: str | None, value: float) -> str | None:
    """The short form; None where the locale has none for numbers of this size."""
    if currency is None:
        found = numbers.format_compact_decimal(value, locale=locale, fraction_digits=1)
    else:
        found = numbers.format_compact_currency(value, currency, locale=locale, fraction_digits=1)
    return found if sum(sign.isdigit() for sign in found) <= LONGEST_SHORT else None


def _currency_pattern(locale: str, places: int) -> str:
    pattern = str(Locale.parse(locale).currency_formats["standard"].pattern)
    return pattern.replace(".00", "." + "0" * places if places else "")


@lru_cache(maxsize=16)
def _catalog(language: str, folder: Path = FOLDER) -> gettext.NullTranslations:
    """Read a language's .po file (compiled in memory); English needs none."""
    words = _words(language, folder)
    if words is None:
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=16)
def _error_templates(
    language: str, folder: Path = FOLDER
) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What an error's words look like, and how they are said; the most telling first."""
    found = {str(one.id): str(one.string) for one in _words(language, folder) or ()
             if one.context == ERROR and one.string}  # fmt: skip
    telling = sorted(found, key=lambda template: -len(PLACE.sub("", template)))
    return tuple((_pattern(template), found[template]) for template in telling)


def _pattern(template: str) -> re.Pattern[str]:
    """A template whose places take anything."""
    parts = PLACE.split(template)  # texts and, between them, names
    return re.compile("".join(
        f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    ))  # fmt: skip


@lru_cache(maxsize=16)
def _words(language: str, folder: Path = FOLDER) -> Catalog | None:
    """A language's file; None without one."""
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return None
    with path.open("rb") as po:
        return read_po(po, locale=language)
