"""Which origins and which series are judged, fixed before anything was measured."""

from __future__ import annotations

import numpy as np

from smartreco.forecast.arrays import Ints
from smartreco.forecast.panel import Panel

HORIZON = 8
ORIGINS = 5
APART = 3  # weeks from one origin to the next
MOST = 600  # series of a level: the half that sold most, and as many of the others by lot
SEED = 20


def origins(weeks: int) -> list[int]:
    """Weeks known at each origin, the last one `HORIZON` before the end."""
    last = weeks - HORIZON
    return [last - APART * back for back in range(ORIGINS)][::-1]


def earlier_origins(weeks: int) -> list[int]:
    """Origins for choosing settings: what they are judged on lies before all that is reported."""
    last = origins(weeks)[0] - HORIZON
    return [last - APART * back for back in range(ORIGINS)][::-1]


def judged(panel: Panel, first: int, most: int = MOST) -> Ints:
    """Rows of the series that are judged, chosen by what was sold before the first origin.

    All of a level; of larger levels the best selling half of `most` and as many others by lot.
    """
    rng = np.random.default_rng(SEED)
    sold = panel.values[:, :first].sum(axis=1)
    chosen = []
    for level in dict.fromkeys(panel.levels):
        rows = np.flatnonzero((panel.levels == level) & (sold > 0))
        if len(rows) > most:
            ranked = rows[np.argsort(-sold[rows], kind="stable")]
            lot = rng.choice(ranked[most // 2 :], most // 2, replace=False)
            rows = np.sort(np.concatenate([ranked[: most // 2], lot]))
        chosen.append(rows)
    return np.concatenate(chosen)
