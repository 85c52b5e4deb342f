"""Changes of figures over the same shops, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smartreco.evaluation.bench.figures import Figure


def less(now: Figure, then: Figure) -> Figure:
    """A change; none where one of both is not measured."""
    if not (np.isfinite(now.value) and np.isfinite(then.value)):
        return Figure(0.0, np.zeros(len(now.influence)))
    return Figure(now.value - then.value, now.influence - then.influence)


def together(figures: Sequence[Figure]) -> Figure:
    """The mean of several figures of the same shops."""
    known = [one for one in figures if np.isfinite(one.value)] or figures
    return Figure(
        float(np.mean([one.value for one in known])),
        np.mean([one.influence for one in known], axis=0),
    )


def below_start(change: Figure) -> float:
    """Standard errors by which a change lies below 0; 0 where it does not."""
    noise = float(np.sqrt((change.influence**2).sum())) / max(len(change.influence), 1)
    return max(0.0, -change.value / noise) if noise > 0 else 0.0
