"""What lines of a shop's shelf and of a vendor's stock have in common."""

from __future__ import annotations

from typing import Final

from pages.components.markup import Html, tag
from smartreco.language import Language, Message

COVER: Final = Message("{n} day of cover", "{n} days of cover", "n")
LONG: Final = 365  # days, from which on cover is "over a year"


def line_head(language: Language, amount: str) -> Html:
    """What the columns hold, said once; each line says it for itself too."""
    columns = (
        language.text("Product"), language.text("Runs out"),
        language.text("Before a delivery"), amount,
    )  # fmt: skip
    spans = (tag("span", column) for column in columns)
    return tag("div", tag("span"), *spans, cls="line head small", aria_hidden="true")


def days_of_cover(days: float | None, language: Language) -> str:
    """How long stock lasts at the expected pace; "" where that is not known."""
    if days is None:
        return ""
    if days >= LONG:
        return language.text("over a year of cover")
    return language.say(COVER, {"n": int(days)})


def chance(share: float, title: str, language: Language) -> Html:
    """How likely it runs out before a delivery, in figures and as a bar."""
    words = language.text("likely to run out before a delivery")
    return tag(
        "p",
        tag("b", language.percent(share)), " ", tag("span", words, cls="small label"),
        tag("span", tag("span", style=f"width:{share:.0%}"), cls="meter warm", aria_hidden="true"),
        cls="chance", title=title,
    )  # fmt: skip
