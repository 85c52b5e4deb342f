"""Figures on trial: value and interval, how far it moved, and whether that is more than noise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pages.components.markup import Html, tag

ROOM: Final = 1.15  # of the wider side of an interval, so that its end does not touch the edge


class GaugeCard(NamedTuple):
    """One figure in words.

    ``move`` holds the change and its interval in numbers (low, middle, high) for the drawing;
    None: nothing to draw. ``tone`` : better | worse | "" .
    """

    label: str
    value: str
    interval: str
    change: str
    verdict: str
    tone: str
    move: tuple[float, float, float] | None
    meaning: str
    details: str = ""


def gauge_cards(cards: Sequence[GaugeCard], beside: Html | None = None) -> Html:
    """All of them; ``beside`` : what they rest on, in the place after the last."""
    more = tag("li", beside, cls="beside") if beside else None
    return tag("ul", *(_card(one) for one in cards), more, cls="gauges")


def share_bar(parts: Sequence[tuple[str, int]], label: str) -> Html:
    """Whole per cent that sum to 100 as one bar; ``parts`` : class of a colour, and share."""
    spans = (tag("span", cls=f"share {cls}", style=f"width:{share}%") for cls, share in parts)
    return tag("span", tag("span", label, cls="small"), tag("span", *spans, cls="shares"),
               cls="share-row", aria_hidden="true")  # fmt: skip


def _card(one: GaugeCard) -> Html:
    return tag(
        "li",
        tag("p", one.label, cls="small", title=one.meaning),
        tag("p", one.value, cls="number"),
        tag("p", one.interval, cls="small") if one.interval else None,
        _whisker(one),
        tag("p", tag("b", one.change, cls=f"change {one.tone}".strip()) if one.change else None,
            " " if one.change else None,
            tag("span", one.verdict), cls="small", title=one.details or None),
    )  # fmt: skip


def _whisker(one: GaugeCard) -> Html:
    """The interval of the change around no change, which stands in the middle."""
    if one.move is None:
        return tag("span", cls="whisker none")
    low, middle, high = one.move
    half = max(abs(low), abs(high), abs(middle)) * ROOM or 1.0
    at, start, end = (50 + 50 * value / half for value in (middle, low, high))
    band = tag("span", cls="band", style=f"left:{start:.1f}%;width:{max(end - start, 1):.1f}%")
    dot = tag("span", cls="dot", style=f"left:{at:.1f}%")
    return tag("span", band, dot, cls=f"whisker {one.tone}".strip(), aria_hidden="true")
