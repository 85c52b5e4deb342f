"""Figures that come first: the number, how it changed, and a small trend; one element for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import quote

from pages.components.markup import Html, join, tag
from smartreco.language import Language, Percent

LEVEL: Final = 0.005  # share, below which a change is none in whole per cent
LEAST_POINTS: Final = 0.0005  # difference of shares, below which it is none in tenths
WIDTH, HEIGHT, EDGE = 100.0, 28.0, 2.0  # of a trend's drawing


class Change(NamedTuple):
    """By what share a figure changed, and since when; None: there is nothing to compare with.

    With ``points``, ``share`` is the difference of two shares.
    """

    share: float | None
    since: str
    points: bool = False


class FigureCard(NamedTuple):
    """A figure as it is shown; ``course`` in the order of time, None where it is not known.

    ``good`` says whether more of it is better; None where it is neither (a price).
    """

    label: str
    value: str
    changes: Sequence[Change]
    course: Sequence[float | None]
    good: bool | None = True
    meaning: str = ""


def figure_cards(cards: Sequence[FigureCard], language: Language) -> Html:
    """All of them, side by side."""
    return tag("ul", *(_card(one, language) for one in cards), cls="figures")


def change_words(share: float | None, language: Language) -> str:
    """A change such as "+6%"; a large one as a factor."""
    if share is None:
        return "–"
    if abs(share) < LEVEL:
        return language.text("±0%")
    if share >= 9.995:
        return language.text("{n} times", n=round(share + 1))
    return f"{'+' if share > 0 else '−'}{language.show(Percent(abs(share)))}"


def points_words(difference: float | None, language: Language) -> str:
    """A difference of shares such as "+1.5 points"."""
    if difference is None:
        return "–"
    if abs(difference) < LEAST_POINTS:
        return language.text("±0 points")
    size = language.number(100 * abs(difference), 1)
    return language.text(
        "{sign}{n} points", sign="+" if difference > 0 else "−", n=size.removesuffix(".0")
    )


def tone(share: float | None, good: bool | None = True, least: float = LEVEL) -> str:
    """The class that colours a change: better, worse or neither."""
    if share is None or good is None or abs(share) < least:
        return "change"
    return "change better" if (share > 0) is good else "change worse"


def trend(course: Sequence[float | None]) -> Html | None:
    """A small drawing of a course; what it says stands beside it in words.

    Drawn as a mask, since Streamlit takes SVG elements out of HTML.
    """
    known = [(at, one) for at, one in enumerate(course) if one is not None]
    if len(known) < 3:
        return None
    low, high = min(0.0, *(one for _, one in known)), max(one for _, one in known)
    if high <= low:
        return None
    across, up = WIDTH / (len(course) - 1), (HEIGHT - 2 * EDGE) / (high - low)
    points = " ".join(f"{at * across:.1f},{HEIGHT - EDGE - (one - low) * up:.1f}"
                      for at, one in known)  # fmt: skip
    first, last = known[0][0] * across, known[-1][0] * across
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'preserveAspectRatio="none"><polygon fill-opacity=".16" points="{first:.1f},{HEIGHT:g} '
        f'{points} {last:.1f},{HEIGHT:g}"/><polyline fill="none" stroke="#000" stroke-width="1.75" '
        f'vector-effect="non-scaling-stroke" stroke-linejoin="round" points="{points}"/></svg>'
    )
    drawing = f"--drawing:url('data:image/svg+xml,{quote(svg)}')"
    return tag("span", cls="trend", style=drawing, aria_hidden="true")


def _card(one: FigureCard, language: Language) -> Html:
    lines = (
        tag("p", _change(change, one.good, language), " ", change.since, cls="small")
        for change in one.changes
    )
    return tag(
        "li",
        tag("p", one.label, cls="small"), tag("p", one.value, cls="number"),
        trend(one.course) or tag("span", cls="trend none"), join(*lines),
        title=one.meaning or None,
    )  # fmt: skip


def _change(change: Change, good: bool | None, language: Language) -> Html:
    if change.points:
        cls = tone(change.share, good, LEAST_POINTS)
        return tag("b", points_words(change.share, language), cls=cls)
    return tag("b", change_words(change.share, language), cls=tone(change.share, good))
