"""The peers: statsforecast in an environment of its own, as a process between files."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.forecasts.protocol import HORIZON
from smartreco.forecast.arrays import Floats
from smartreco.forecast.panel import Panel

SCRIPT = Path(__file__).with_name("statsforecast_run.py")
PEERS = ("AutoETS", "AutoTheta", "DynamicOptimizedTheta", "IMAPA", "SeasonalNaive")
SLOW = ("AutoARIMA", "MSTL")  # on request: an hour of processor, and a past of two full years
QUANTILES = ["q025", "q10", "q50", "q90", "q975"]
FEWEST_WEEKS = 12  # that a peer is given, zeros before the first sale among them


@dataclass(frozen=True)
class Made:
    """Forecasts of one method: series x horizon, and x 5 quantiles (NaN where it has none)."""

    mean: Floats
    quantiles: Floats
    seconds: float


def forecasts(python: Path, known: Panel, models: tuple[str, ...] = PEERS) -> dict[str, Made]:
    """Run the models on all series of a panel; forecasts below zero are lifted to it.

    Raises
    ------
    RuntimeError
        The process failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        long(known).to_parquet(source)
        command = [str(python), str(SCRIPT), str(source), str(target), str(HORIZON), *models]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip() or f"ended with {done.returncode}")
        seconds = json.loads(Path(f"{target}.json").read_text(encoding="utf-8"))
        found = pd.read_parquet(target)
    return {name: _shaped(found[found["model"] == name], seconds[name]) for name in models}


def long(known: Panel) -> pd.DataFrame:
    """Columns unique_id (row of the panel), ds, y: from the first sale on."""
    T = known.weeks
    first = np.minimum(known.begins, T - FEWEST_WEEKS)
    row, week = np.nonzero(np.arange(T)[None, :] >= first[:, None])
    return pd.DataFrame({"unique_id": row, "ds": week, "y": known.values[row, week]})


def _shaped(rows: pd.DataFrame, seconds: float) -> Made:
    ordered = rows.sort_values(["unique_id", "step"])
    mean = ordered["mean"].to_numpy().reshape(-1, HORIZON)
    bands = ordered[QUANTILES].to_numpy().reshape(-1, HORIZON, len(QUANTILES))
    return Made(np.maximum(mean, 0.0), np.maximum(bands, 0.0), seconds)
