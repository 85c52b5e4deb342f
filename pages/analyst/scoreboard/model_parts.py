"""Which model is drawn how: ours, the baseline to beat, the others."""

from __future__ import annotations

from pages.components.charts.model_lines import Part
from smartreco.evaluation.scores import OURS, ListScores


def part_of(scores: ListScores, model: str) -> Part:
    """What a model is to the reader."""
    if model == OURS:
        return Part.OURS
    return Part.BEST if model == scores.strongest_peer else Part.OTHER


def models_of(scores: ListScores) -> list[str]:
    """Ours first, then the baselines as they are listed."""
    return [one.model for one in scores.models]
