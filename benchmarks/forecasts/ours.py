"""Our forecaster: as pages show it, all levels agreeing, and each series on its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.forecasts.demand import Demand
from benchmarks.forecasts.peers import Made
from benchmarks.forecasts.protocol import HORIZON
from smartreco.forecast.arrays import Floats, Texts
from smartreco.forecast.coherent import coherent
from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.hierarchy import sums
from smartreco.forecast.panel import Panel

SERVED, SINGLE = "SmartReco", "SmartReco, not reconciled"


@dataclass(frozen=True)
class Guarantees:
    """What must hold of every forecast served.

    Attributes
    ----------
    crossing, negative, missing
        Quantiles that lie below a lower one, below zero, or are no number.
    gap
        Largest difference between a whole and its parts, over the whole.
    """

    crossing: int
    negative: int
    missing: int
    gap: float


def served(known: Demand) -> Forecast:
    """Every level of a data set at once."""
    return coherent(known.panel, known.structure, HORIZON)


def single(known: Demand) -> Forecast:
    """Every series on its own."""
    return forecast(known.panel, HORIZON)


def timed(make: Callable[[Demand], Forecast], known: Demand) -> tuple[Forecast, float]:
    """A forecast and its processor seconds."""
    start = time.process_time()
    made = make(known)
    return made, time.process_time() - start


def rows_of(made: Forecast, levels: Texts, ids: Texts, seconds: float) -> Made:
    """Forecasts of some series; zeros where a series was not there yet."""
    place = pd.MultiIndex.from_arrays([made.levels, made.ids])
    at = place.get_indexer(pd.MultiIndex.from_arrays([levels, ids]))
    there: Floats = (at >= 0).astype(float)
    mean, quantiles = made.mean[at] * there[:, None], made.quantiles[at] * there[:, None, None]
    return Made(mean, quantiles, seconds)


def guarantees(made: Forecast, known: Demand) -> Guarantees:
    """Count what is broken; all of it should be zero."""
    bands = made.quantiles
    which = sums(made.levels, made.ids, known.structure.links)
    wholes = np.abs(made.mean).max()
    return Guarantees(
        int((np.diff(bands, axis=2) < 0).sum()),
        int((bands < 0).sum() + (made.mean < 0).sum()),
        int((~np.isfinite(bands)).sum() + (~np.isfinite(made.mean)).sum()),
        which.gap(made.mean) / max(float(wholes), 1.0),
    )


def seconds_for(panel: Panel, repeats: int = 5) -> float:
    """Least processor seconds to forecast a panel with bands, of some repeats."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        forecast(panel, HORIZON)
        taken.append(time.process_time() - start)
    return min(taken)
