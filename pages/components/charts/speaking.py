"""Numbers and dates on axes in the reader's words: "40K" and "May", or "40 हज़ार" and "मई"."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

from babel import Locale, dates

from pages.components.charts.vega import AMOUNT
from smartreco.language import Language

LONG: Final = 10_000  # from which on amounts on an axis are short
POWERS: Final = range(4, 13)
DAYS: Final = (6, 0, 1, 2, 3, 4, 5)  # Vega's week begins on Sunday, Babel's on Monday


@lru_cache(maxsize=16)
def forms(name: str) -> dict[str, Any]:
    """Vega's ``locale`` of a CLDR locale; {} for those that read numbers and months as it does."""
    locale = Locale.parse(name)
    grouping = [3, 2, 2, 2, 2] if locale.territory == "IN" else [3]
    symbols = locale.number_symbols["latn"]
    number = {
        "decimal": symbols["decimal"], "thousands": symbols["group"], "grouping": grouping,
        "currency": ["", ""],
    }  # fmt: skip
    return {"number": number, "time": _time(locale)}


@lru_cache(maxsize=16)
def amount(name: str) -> str:
    """The expression that writes an axis' amounts: in full below `LONG`, then in short."""
    language = Language(name)
    steps: dict[float, str] = {}
    for power in POWERS:
        short = language.compact(float(10**power))
        digits = "".join(sign for sign in short if sign.isdigit())
        if short.startswith(digits) and short != digits:
            steps[10**power / int(digits)] = short.removeprefix(digits)
    said = "format(datum.value, ',.6~g')"
    for unit, suffix in sorted(steps.items()):
        least = max(unit, LONG)
        part = f"format(datum.value / {unit:.0f}, ',.3~r') + {json.dumps(suffix)}"
        said = f"abs(datum.value) >= {least:.0f} ? {part} : ({said})"
    return said


def told(spec: Any, name: str) -> Any:
    """A chart with its axes' amounts in the words of a locale."""
    if isinstance(spec, dict):
        return {key: told(one, name) for key, one in spec.items()}
    if isinstance(spec, list):
        return [told(one, name) for one in spec]
    return amount(name) if isinstance(spec, str) and spec == AMOUNT else spec


def _time(locale: Locale) -> dict[str, Any]:
    months = [dates.get_month_names(width, locale=locale) for width in ("wide", "abbreviated")]
    days = [dates.get_day_names(width, locale=locale) for width in ("wide", "abbreviated")]
    periods = dates.get_period_names("abbreviated", "format", locale)
    return {
        "dateTime": "%e %B %Y, %H:%M", "date": "%d/%m/%Y", "time": "%H:%M:%S",
        "periods": [periods["am"], periods["pm"]],
        "days": [days[0][one] for one in DAYS], "shortDays": [days[1][one] for one in DAYS],
        "months": [months[0][one] for one in range(1, 13)],
        "shortMonths": [months[1][one] for one in range(1, 13)],
    }  # fmt: skip
