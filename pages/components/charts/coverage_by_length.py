"""How much of the catalogue is on some list, as lists grow longer."""

from __future__ import annotations

from collections.abc import Sequence

from pages.components.charts.model_lines import Axes, Line, model_lines, span
from pages.components.charts.vega import Spec
from smartreco.language import Language


def coverage_by_length(lines: Sequence[Line], language: Language) -> Spec:
    """A line a model over the places of a list, each step of which is a few times the last."""
    return model_lines(lines, coverage_axes(lines, language))


def coverage_axes(lines: Sequence[Line], language: Language) -> Axes:
    """Places across, share of the catalogue up."""
    points = [at for one in lines for at in one.points]
    places = sorted({at.x for at in points}) or [1.0, 2.0]
    low, high = span([at.y for at in points])
    return Axes(
        language.text("Places of a list"), language.text("Share of the catalogue"),
        (places[0], places[-1]), (min(low, 0.0), high), {"values": places, "format": "d"},
        {"format": ".0%"}, logarithmic=True,
    )  # fmt: skip
