"""What longer lists find against what they get wrong: precision over recall, length by length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pages.components.charts.model_lines import Axes, Line, model_lines, span
from pages.components.charts.vega import Spec
from smartreco.language import Language

HEIGHT: Final = 340  # pixels
SHARES: Final[Spec] = {"format": ".0%"}


def precision_recall(lines: Sequence[Line], language: Language) -> Spec:
    """A line a model; each place on it is a length of the list, the shortest at the left."""
    return model_lines(lines, pr_axes(lines, language), HEIGHT)


def pr_axes(lines: Sequence[Line], language: Language) -> Axes:
    """Recall across, precision up."""
    points = [at for one in lines for at in one.points]
    return Axes(
        language.text("Recall"), language.text("Precision"),
        span([at.x for at in points]), span([at.y for at in points]),
        {**SHARES, "tickCount": 5}, SHARES,
    )  # fmt: skip
