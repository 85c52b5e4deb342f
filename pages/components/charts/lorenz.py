"""How places are spread: share of all places that the least shown of the holders have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pages.components.charts.model_lines import Axes, Line, Part, Point, model_lines
from pages.components.charts.vega import Spec
from smartreco.language import Language, Percent

HEIGHT: Final = 320  # pixels
ENDS: Final = 0.85  # where along the curve it is named: they all meet at the end


def lorenz_curves(lines: Sequence[Line], over: str, language: Language) -> Spec:
    """A line a model under the straight one on which all would have alike."""
    return model_lines([*lines, _even(language)], lorenz_axes(over, language), HEIGHT)


def lorenz_axes(over: str, language: Language) -> Axes:
    """``over`` says whose share runs across, such as "Share of products, least shown first"."""
    shares: Spec = {"format": ".0%", "tickCount": 4}
    return Axes(over, language.text("Share of places"), (0.0, 1.0), (0.0, 1.0), shares, shares)


def lorenz_line(name: str, part: Part, curve: Sequence[float], language: Language) -> Line:
    """A model's curve at even steps from none to all holders."""
    last = len(curve) - 1
    points = [
        Point(at / last, share, language.percent(at / last), language.percent(share, 1))
        for at, share in enumerate(curve)
    ]
    return Line(name, part, points, curve[round(ENDS * last)])


def lorenz_in_words(lines: Sequence[Line], title: str, language: Language) -> str:
    """What the least shown half has, for those who do not see it."""
    said = (
        language.text(
            "{name}: the least shown half has {share} of the places",
            name=one.name, share=Percent(one.points[len(one.points) // 2].y, 1),
        )
        for one in lines
    )  # fmt: skip
    return f"{title}. " + "; ".join(said)


def _even(language: Language) -> Line:
    ends = [Point(at, at, language.percent(at), language.percent(at)) for at in (0.0, 1.0)]
    return Line(language.text("all alike"), Part.EVEN, ends, 0.97)
