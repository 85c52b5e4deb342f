"""Small panels to forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Floats, Mask
from smartreco.forecast.panel import Panel

MONDAY = np.datetime64("2024-01-01")


def panel_of(
    values: Sequence[Sequence[float]] | Floats,
    levels: Sequence[str] | str = "product",
    groups: Sequence[str] | None = None,
    missing: Mask | None = None,
    calendar: pd.DataFrame | None = None,
) -> Panel:
    """A panel whose ids are s0, s1, ..."""
    matrix = np.asarray(values, dtype=float)
    names = np.array([f"s{at}" for at in range(len(matrix))])
    level = np.repeat(levels, len(matrix)) if isinstance(levels, str) else np.array(levels)
    group = level if groups is None else np.array(groups)
    starts = MONDAY + 7 * np.arange(matrix.shape[1])
    return Panel(matrix, names, level, group, starts, missing, calendar)


def shops(rng: np.random.Generator, series: int, weeks: int) -> Floats:
    """Counts as a wholesaler sees them: own level, some weeks without an order."""
    level = np.exp(rng.normal(2.0, 1.0, size=(series, 1)))
    rare = rng.uniform(0.2, 1.0, size=(series, 1))
    ordered = rng.uniform(size=(series, weeks)) < rare
    return rng.poisson(level / rare, size=(series, weeks)) * ordered.astype(float)
