"""Every message of the code is in the template, and every language says all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from smartreco import messages
from smartreco.language import SOURCE, Language, languages, own_name

OTHERS = [one for one in languages() if one != SOURCE]
PLACE = re.compile(r"\{(\w+)\}")


def texts(entry: Entry) -> list[tuple[str, str]]:
    """A message's forms, each beside its translation."""
    ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
    said = [entry.string] if isinstance(entry.string, str) else list(entry.string)
    return list(zip(ids, said, strict=True))


def module(folder: Path, code: str) -> Catalog:
    file = folder / "pages" / "one.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
    return messages.gather(folder)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('ctx.t("Sign in")', {"Sign in"}),
        ('ctx.t("Rose {a}" if up else "Fell {a}", a=1)', {"Rose {a}", "Fell {a}"}),
        ('TITLE = Message("{n} shop", "{n} shops", "n")', {("{n} shop", "{n} shops")}),
        ('KINDS = {"city": "City", "size": "Size of shop"}', {"City", "Size of shop"}),
        ('raise InputError("a week is a Monday", f"{day}", "choose one")',
         {"a week is a Monday", "choose one"}),
        ('CODED = {"small": noted("small")}', {"small"}),
        ('progress(0.5, "Reading orders")', {"Reading orders"}),
        ('def f():\n    """Draw it all."""\n    log.info("Drew %d of them.", 3)', set()),
        ('SQL = "SELECT a FROM b WHERE c = ?"\nKEY = "sr-card"\n__all__ = ["Some Thing"]', set()),
        ('def f():\n    words = "No currency is known."', {"No currency is known."}),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_gathered_and_nothing_else(
    tmp_path: Path, code: str, found: set[object]
) -> None:
    ids = {tuple(one.id) if isinstance(one.id, list) else one.id for one in module(tmp_path, code)}
    assert ids - {""} == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('raise InputError(f"a note has at most {MOST} signs")',
         {"a note has at most {most} signs"}),
        ('raise InputError(f"{a.kind} is {b} of {b}")', {"{kind} is {b} of {b2}"}),
        ('raise InputError(f"x is {a}" if a else f"y is {\', \'.join(b)}")',
         {"x is {a}", "y is {b}"}),
        ('rule = f"a day is up to {last}"', {"a day is up to {last}"}),
        ('raise InputError("one", f"found {this}")', set()),
        ('raise InputError(f"{rule} {more}")', set()),
    ],
)  # fmt: skip
def test_an_error_that_fills_in_its_places_is_gathered_as_a_template(
    tmp_path: Path, code: str, found: set[str]
) -> None:
    assert {str(one.id) for one in module(tmp_path, code) if one.context} == found


@pytest.mark.parametrize("language", OTHERS)
def test_every_error_is_said_in_the_words_of_its_template(language: str) -> None:
    words = Language(language)
    for entry in messages.read(language):
        if entry.context:
            filled = {name: f"<{name}>" for name in PLACE.findall(str(entry.id))}
            said = words.error(str(entry.id).format_map(filled))
            assert said == str(entry.string).format_map(filled)


def test_one_singular_has_one_plural(tmp_path: Path) -> None:
    code = 'A = Message("once", "{n} times", "n")\nB = Message("once", "{m} times", "m")'
    with pytest.raises(ValueError, match="“once” has the plural"):
        module(tmp_path, code)


def test_the_template_is_that_of_the_code() -> None:
    with messages.TEMPLATE.open("rb") as pot:
        kept = {str(one.id) for one in read_po(pot)}
    assert kept == {str(one.id) for one in messages.gather()}, "run python -m smartreco.messages"


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_words_for_every_message(language: str) -> None:
    catalog = messages.read(language)
    assert {str(one.id) for one in catalog} >= {str(one.id) for one in messages.gather()}
    assert messages.untranslated(catalog) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    wrong = []
    for entry in messages.read(language):
        if not entry.id:
            continue
        every = set(PLACE.findall(str(entry.id)))
        for said_in_english, said in texts(entry):
            places = set(PLACE.findall(said))
            if places - every or set(PLACE.findall(said_in_english)) - places:
                wrong.append((said_in_english, said))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_called_by_its_own_name(language: str) -> None:
    assert own_name(language)
    assert Language.spoken(language, "en_IN", "INR").locale.language == language


def test_words_of_one_language_come_with_the_money_of_the_data() -> None:
    assert Language.spoken("", "en_IN", "INR").money(1234567.8) == "₹12,34,568"
    assert Language.spoken("nonsense", "en_US", "USD").locale.language == "en"


def test_a_new_language_begins_with_every_message_and_no_words(tmp_path: Path) -> None:
    catalog = messages.read("ta", tmp_path)
    catalog.update(messages.gather(), no_fuzzy_matching=True)
    messages.write(catalog, messages.file_of("ta", tmp_path))
    again = messages.read("ta", tmp_path)
    assert len(messages.untranslated(again)) == len(again) > 3000
