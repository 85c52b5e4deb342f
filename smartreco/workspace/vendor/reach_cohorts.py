"""Shops that a vendor won and kept, by quarter: of his own buyers only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CITY, NAME, REGION, RETAILER_ID, SEGMENT
from smartreco.language import Message
from smartreco.vendors.cohorts import (
    FLOWS,
    KEPT_COLUMNS,
    QUARTER_COLUMNS,
    Bought,
    flows,
    kept,
    states,
)
from smartreco.vendors.periods import Period
from smartreco.vendors.sums import SHOP
from smartreco.workspace.vendor.reach_views import Cohorts, Sentence

RULE: Final = Message(
    "A shop is won in the quarter of its first order, and kept in a later one in which it ordered "
    "again; a week belongs to the quarter of its Monday"
)
START: Final = Message("The data begin on {day}: shops of the first quarter may have bought before")
RUNNING: Final = Message("{quarter} has not ended: it is not compared")
SHOP_COLUMNS: Final = (
    RETAILER_ID, NAME, REGION, CITY, SEGMENT, "won", "last_week", "value", "state",
)  # fmt: skip


def read_cohorts(rows: pd.DataFrame, shops: pd.DataFrame, known: Period) -> Cohorts:
    """Put the view together.

    Parameters
    ----------
    rows
        As `smartreco.store.vendor_reach.shop_quarters`, of shops in ``shops``.
    shops
        Columns retailer_key, retailer_id, name, region, city, segment.
    known
        All full weeks of the data.
    """
    rows = rows[rows["quantity"] > 0]
    firsts = pd.period_range(pd.Period(known.first, "Q"), pd.Period(known.last_day, "Q"), freq="Q")
    names = [f"{one.year} Q{one.quarter}" for one in firsts]
    keys, at = np.unique(rows[SHOP].to_numpy(dtype=np.int64), return_inverse=True)
    quarter = firsts.get_indexer(pd.PeriodIndex(pd.to_datetime(rows["quarter"]), freq="Q"))
    mask = np.zeros((len(keys), len(firsts)), dtype=bool)
    mask[at, quarter] = True
    bought = Bought(mask)
    table, quarters = kept(bought), flows(bought)
    compared = _last_compared(firsts, known)
    said: list[Sentence] = [(RULE, {}), (START, {"day": known.first})]
    if firsts[-1].end_time.date() > known.last_day:
        said.append((RUNNING, {"quarter": names[-1]}))
    return Cohorts(
        _named_cohorts(table, names, firsts, known),
        _named_quarters(quarters, names, firsts, known),
        _shops(rows, shops, keys, bought, names, compared),
        None if compared is None else names[compared], tuple(said),
    )  # fmt: skip


def _last_compared(firsts: pd.PeriodIndex, known: Period) -> int | None:
    """The last quarter that has ended, where there is one before it."""
    ended = np.flatnonzero(_ended(firsts, known))
    return int(ended[-1]) if len(ended) and ended[-1] > 0 else None


def _ended(firsts: pd.PeriodIndex, known: Period) -> np.ndarray:
    return np.array([one.end_time.date() <= known.last_day for one in firsts], dtype=bool)


def _named_cohorts(
    table: pd.DataFrame, names: list[str], firsts: pd.PeriodIndex, known: Period
) -> pd.DataFrame:
    labels = np.array(names, dtype=object)
    cohort, quarter = table["cohort"].to_numpy(), table["quarter"].to_numpy()
    found = table[list(KEPT_COLUMNS)].assign(cohort=labels[cohort], quarter=labels[quarter])
    return found.assign(since_start=cohort == 0, whole=_ended(firsts, known)[quarter])


def _named_quarters(
    table: pd.DataFrame, names: list[str], firsts: pd.PeriodIndex, known: Period
) -> pd.DataFrame:
    found = table[list(QUARTER_COLUMNS)].assign(quarter=names)
    found.insert(1, "first", [_first_monday(one) for one in firsts])
    whole = _ended(firsts, known)
    found.loc[~whole, list(FLOWS)] = np.nan  # who has not ordered yet is not lost
    return found.assign(whole=whole)


def _shops(
    rows: pd.DataFrame, shops: pd.DataFrame, keys: np.ndarray, bought: Bought, names: list[str],
    compared: int | None,
) -> pd.DataFrame:  # fmt: skip
    """Every buyer by name, the largest first."""
    sums = rows.groupby(SHOP).agg(last_week=("last_week", "max"), value=("value", "sum"))
    at = pd.Index(shops[SHOP]).get_indexer(pd.Index(keys))
    found = shops.iloc[at][[RETAILER_ID, NAME, REGION, CITY, SEGMENT]].reset_index(drop=True)
    found["won"] = np.array(names, dtype=object)[bought.first]
    found["last_week"] = sums["last_week"].reindex(keys).to_numpy()
    found["value"] = sums["value"].reindex(keys).to_numpy(dtype=float)
    found["state"] = None if compared is None else states(bought, compared).astype(object)
    order = ["value", RETAILER_ID]
    ranked: pd.DataFrame = found.sort_values(order, ascending=[False, True], ignore_index=True)
    return ranked


def _first_monday(quarter: pd.Period) -> date:
    day: date = quarter.start_time.date()
    return day + timedelta(days=-day.weekday() % 7)
