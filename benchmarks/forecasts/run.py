"""One data set through the protocol: every origin, ours and the peers', and the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.forecasts.demand import Demand
from benchmarks.forecasts.ours import (
    SERVED,
    SINGLE,
    Guarantees,
    guarantees,
    rows_of,
    served,
    single,
    timed,
)
from benchmarks.forecasts.peers import forecasts
from benchmarks.forecasts.protocol import HORIZON, judged, origins
from benchmarks.forecasts.scoring import cells, measured, truth
from smartreco.forecast.arrays import Floats


def figures(demand: Demand, python: Path, peers: tuple[str, ...]) -> dict[str, Any]:
    """Cells, guarantees and seconds of one set, as plain values."""
    panel, cuts = demand.panel, origins(demand.panel.weeks)
    rows = judged(panel, cuts[0])
    levels, ids = panel.levels[rows], panel.ids[rows]
    found: dict[str, list[Floats]] = {}
    kept: list[Guarantees] = []
    seconds: dict[str, float] = {}
    for cut in cuts:
        known = demand.known(cut)
        came = truth(panel, rows, cut, HORIZON)
        made = forecasts(python, panel.until(cut).take(rows), peers)
        for name, make in ((SERVED, served), (SINGLE, single)):
            whole, taken = timed(make, known)
            made[name] = rows_of(whole, levels, ids, taken)
            if name == SERVED:
                kept.append(guarantees(whole, known))
        for name, one in made.items():
            found.setdefault(name, []).append(measured(one, came))
            seconds[name] = seconds.get(name, 0.0) + one.seconds
    starts = [str(panel.starts[cut].astype("datetime64[D]")) for cut in cuts]
    return {
        "origins": starts,
        "weeks": panel.weeks,
        "series": {str(name): int(many) for name, many in zip(*_counts(panel.levels), strict=True)},
        "cells": cells(found, levels, SERVED),
        "seconds": seconds,
        "crossing": sum(one.crossing for one in kept),
        "negative": sum(one.negative for one in kept),
        "missing": sum(one.missing for one in kept),
        "gap": max(one.gap for one in kept),
    }


def _counts(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    names, many = np.unique(levels, return_counts=True)
    return names, many
