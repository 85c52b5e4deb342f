"""Measures of quality that come first: the figure, its interval, and what it stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pages.components.markup import Html, tag


class ScoreCard(NamedTuple):
    """A measure; ``between`` is its interval and ``beside`` the figure to beat, both in words."""

    label: str
    value: str
    between: str
    beside: str
    meaning: str


def score_cards(cards: Sequence[ScoreCard]) -> Html:
    """All of them, side by side."""
    return tag("ul", *(_card(one) for one in cards), cls="figures")


def _card(one: ScoreCard) -> Html:
    return tag(
        "li",
        tag("p", one.label, cls="small"), tag("p", one.value, cls="number"),
        tag("p", one.between or "–", cls="small"),
        tag("p", one.beside, cls="small beside") if one.beside else None,
        title=one.meaning or None,
    )  # fmt: skip
