"""Synthetic worlds that several tests look at, made once a run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from smartreco.dataset.synthetic import SyntheticData, SyntheticSettings, generate

SMALL = SyntheticSettings(retailers=40, products=80, vendors=8, months=9)
IOWA = Path(__file__).parents[2] / "data" / "iowa" / "iowa_orders.parquet"


@cache
def default_world() -> SyntheticData:
    """The world of default settings."""
    return generate()


@cache
def small_world() -> SyntheticData:
    """A world that takes a moment."""
    return generate(SMALL)


@cache
def iowa_orders() -> pd.DataFrame:
    """The real sample's orders."""
    return pd.read_parquet(IOWA)
