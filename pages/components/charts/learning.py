"""Whether more orders make better lists: quality over weeks of history."""

from __future__ import annotations

from collections.abc import Sequence

from pages.components.charts.model_lines import Axes, Line, model_lines, span
from pages.components.charts.vega import Spec
from smartreco.language import Language


def learning_chart(lines: Sequence[Line], language: Language) -> Spec:
    """A line a model with its band; weeks that were known across."""
    return model_lines(lines, learning_axes(lines, language))


def learning_axes(lines: Sequence[Line], language: Language) -> Axes:
    """Weeks across, NDCG up."""
    points = [at for one in lines for at in one.points]
    ends = [
        value
        for at in points
        for value in (at.y, at.low, at.high)
        if value is not None
    ]  # fmt: skip
    weeks = [at.x for at in points] or [0.0, 1.0]
    return Axes(
        language.text("Weeks of history"), language.text("NDCG"), (0.0, max(weeks)), span(ends),
        {"tickCount": 5, "format": "d"}, {"format": ".3~f"},
    )  # fmt: skip
