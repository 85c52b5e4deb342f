"""Processor time for a thousand weekly series with bands, ours and the peers', in the same run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.forecasts.demand import Demand
from benchmarks.forecasts.ours import seconds_for
from benchmarks.forecasts.peers import forecasts
from smartreco.columns import DAY, FESTIVAL
from smartreco.forecast.panel import Level, Panel

MANY = 1000
OURS, OURS_WITH_CALENDAR = "SmartReco", "SmartReco with a calendar"
HOLIDAYS = {"Christmas": "12-25", "Independence Day": "07-04", "Halloween": "10-31"}


def seconds(demand: Demand, python: Path, peers: tuple[str, ...]) -> dict[str, float]:
    """Seconds by method for the `MANY` products that sold most."""
    panel = thousand(demand.panel)
    found = {OURS: seconds_for(panel), OURS_WITH_CALENDAR: seconds_for(with_calendar(panel))}
    made = forecasts(python, panel, peers)
    return found | {name: one.seconds for name, one in made.items()}


def thousand(panel: Panel) -> Panel:
    """The products that sold most."""
    rows = np.flatnonzero(panel.levels == Level.PRODUCT.value)
    most = rows[np.argsort(-panel.values[rows].sum(axis=1), kind="stable")[:MANY]]
    return panel.take(np.sort(most))


def with_calendar(panel: Panel) -> Panel:
    """The panel with holidays of each of its years and the next."""
    first, last = (int(str(day)[:4]) for day in (panel.starts[0], panel.starts[-1]))
    days = [
        (name, pd.Timestamp(f"{year}-{day}"))
        for year in range(first, last + 2)
        for name, day in HOLIDAYS.items()
    ]
    return replace(panel, calendar=pd.DataFrame(days, columns=[FESTIVAL, DAY]))
