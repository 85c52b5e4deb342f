"""statsforecast's models on a file of series; runs in an environment of its own.

`python statsforecast_run.py IN.parquet OUT.parquet HORIZON MODEL...`

Reads columns unique_id, ds (whole numbers), y. Writes unique_id, step, model, mean,
q025, q10, q50, q90, q975 (missing where a model has no bands), and beside it
OUT.parquet.json: processor seconds of each model. statsforecast wants pandas below 3,
and this file imports nothing of SmartReco.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import (
    IMAPA,
    MSTL,
    AutoARIMA,
    AutoETS,
    AutoTheta,
    DynamicOptimizedTheta,
    Naive,
    SeasonalNaive,
)

YEAR = 52
BANDS = {"q025": "lo-95", "q10": "lo-80", "q90": "hi-80", "q975": "hi-95"}
MODELS = {
    "AutoETS": lambda: AutoETS(season_length=1),
    "AutoTheta": lambda: AutoTheta(season_length=1),
    "DynamicOptimizedTheta": lambda: DynamicOptimizedTheta(season_length=1),
    "IMAPA": IMAPA,
    "SeasonalNaive": lambda: SeasonalNaive(season_length=YEAR),
    "MSTL": lambda: MSTL(season_length=YEAR, trend_forecaster=AutoETS(model="ZZN")),
    "AutoARIMA": lambda: AutoARIMA(season_length=1),
}
WITHOUT_BANDS = ("IMAPA",)
LONGER_THAN_A_YEAR = ("SeasonalNaive", "MSTL")


def made(series: pd.DataFrame, horizon: int, model: str) -> pd.DataFrame:
    """Forecasts of one model; the naive one where it fails or the past is too short for it."""
    weeks = series.groupby("unique_id").size()
    need = {"SeasonalNaive": YEAR, "MSTL": 2 * YEAR}.get(model, 0)
    long = series[series["unique_id"].isin(weeks.index[weeks >= need])]
    short = series[series["unique_id"].isin(weeks.index[weeks < need])]
    parts = []
    for rows, one in ((long, MODELS[model]()), (short, Naive())):
        if len(rows):
            parts.append(run(rows, horizon, one, model not in WITHOUT_BANDS))
    return pd.concat(parts, ignore_index=True).assign(model=model)


def run(series: pd.DataFrame, horizon: int, model: object, bands: bool) -> pd.DataFrame:
    """Columns unique_id, step, mean and quantiles."""
    engine = StatsForecast([model], freq=1, n_jobs=1, fallback_model=Naive())
    found = engine.forecast(df=series, h=horizon, level=[80, 95] if bands else None).reset_index()
    name = str(model)
    step = found.groupby("unique_id").cumcount() + 1
    shaped = pd.DataFrame({"unique_id": found["unique_id"], "step": step, "mean": found[name]})
    for quantile, band in BANDS.items():
        shaped[quantile] = found[f"{name}-{band}"] if bands else float("nan")
    shaped["q50"] = shaped["mean"] if bands else float("nan")
    return shaped


def main(source: str, target: str, horizon: str, *models: str) -> None:
    """Run the models one after the other."""
    warnings.filterwarnings("ignore")
    series = pd.read_parquet(source)
    seconds, found = {}, []
    for model in models:
        start = time.process_time()
        found.append(made(series, int(horizon), model))
        seconds[model] = time.process_time() - start
    pd.concat(found, ignore_index=True).to_parquet(target)
    Path(f"{target}.json").write_text(json.dumps(seconds), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
