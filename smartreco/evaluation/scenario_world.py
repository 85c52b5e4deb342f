"""A synthetic world up to a week, told as a store would tell it: what a scenario may know of it.

The weeks after it were drawn as well, once as they are and once with a lever truly moved, so
that a scenario can be held against what happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.synthetic import SyntheticData
from smartreco.evaluation.synthetic_grading import until
from smartreco.evaluation.synthetic_world import DAYS_A_WEEK, World, world
from smartreco.forecast.arrays import Ints
from smartreco.forecast.coherent import coherent
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.panel import Panel
from smartreco.forecast.price_belief import PriceBelief, price_belief
from smartreco.forecast.price_breaks import BAND, LINES, PRICE, UNITS, WEEK, like_for_like
from smartreco.forecast.price_known import Prices
from smartreco.forecast.price_panel import STOCKED_OUT
from smartreco.forecast.price_trial import judge
from smartreco.forecast.priced import coherent_at_prices

RECENT_WEEKS: Final = 26


@dataclass(frozen=True)
class Told:
    """What is known before a week; fields as `smartreco.scenario.learning.Known` has them."""

    panel: Panel
    forecast: Forecast
    prices: Prices
    belief: PriceBelief
    products: pd.DataFrame
    retailers: pd.DataFrame
    recent: pd.DataFrame
    first_orders: pd.Series[int]
    stock: pd.DataFrame | None


def told(data: SyntheticData, weeks: int, horizon: int) -> Told:
    """What a store would know of the first weeks of a world.

    Parameters
    ----------
    weeks
        Known ones; the world goes on for at least `horizon` more.
    """
    whole = world(data)
    known = until(whole, weeks)
    prices = _prices(whole).until(weeks, horizon)
    used = judge(known.panel, prices, horizon).used
    made = (
        coherent_at_prices(known.panel, known.structure, prices, horizon)
        if used
        else coherent(known.panel, known.structure, horizon)
    )
    lines = _lines(data, weeks)
    return Told(
        panel=known.panel,
        forecast=made,
        prices=prices,
        belief=price_belief(_price_weeks(data, lines, weeks)),
        products=data.clean.products,
        retailers=data.clean.retailers,
        recent=_recent(lines, weeks),
        first_orders=lines.groupby(c.RETAILER_ID)[WEEK].min(),
        stock=None,
    )


def realised(data: SyntheticData, weeks: int) -> tuple[float, float]:
    """Pieces and currency ordered after the first weeks."""
    orders = data.clean.orders
    later = orders[_week_of(data) >= weeks]
    value = (later[c.QUANTITY] * later[c.UNIT_PRICE]).sum()
    return float(later[c.QUANTITY].sum()), float(value)


def _prices(whole: World) -> Prices:
    planned = whole.price.shape[1] - whole.panel.weeks
    return Prices(whole.price - np.log1p(-whole.depth), whole.depth, planned)


def _week_of(data: SyntheticData) -> Ints:
    start = np.datetime64(data.truth.timeline.start, "D")
    day = data.clean.orders[c.ORDERED_AT].to_numpy().astype("datetime64[D]")
    return np.asarray((day - start).astype(np.int64) // DAYS_A_WEEK)


def _lines(data: SyntheticData, weeks: int) -> pd.DataFrame:
    """Order lines before a week, with the week."""
    lines = data.clean.orders.assign(**{WEEK: _week_of(data)})
    known: pd.DataFrame = lines[lines[WEEK] < weeks]
    return known


def _recent(lines: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Columns product_id, retailer_id, units, value, lines, squares of the last weeks."""
    last = lines[lines[WEEK] >= weeks - RECENT_WEEKS]
    pieces = last[c.QUANTITY].astype(float)
    value = pieces * last[c.UNIT_PRICE]
    added = last.assign(units=pieces, value=value, lines=1.0, squares=pieces**2)
    keys = [c.PRODUCT_ID, c.RETAILER_ID]
    return added.groupby(keys, as_index=False)[[UNITS, "value", LINES, "squares"]].sum()


def _price_weeks(data: SyntheticData, lines: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """As `smartreco.forecast.price_panel.price_panel` takes it, from lines of like size."""
    truth = data.truth
    goods = truth.products.set_index(c.PRODUCT_ID)
    start = np.datetime64(truth.timeline.start, "D")
    cases = lines[c.QUANTITY].to_numpy() / goods[c.CASE_SIZE].reindex(lines[c.PRODUCT_ID])
    band = np.floor(4 * np.log2(np.maximum(cases.to_numpy(dtype=float), 1e-9)) + 1e-9)
    rows = lines.assign(**{BAND: np.where(cases < 1, -1, band).astype(int)})
    keys = [c.PRODUCT_ID, WEEK, BAND]
    rows = rows.groupby(keys, as_index=False).agg(
        **{UNITS: (c.QUANTITY, "sum"), LINES: (c.QUANTITY, "size"), PRICE: (c.UNIT_PRICE, "median")}
    )
    for name in (c.CATEGORY, c.SUBCATEGORY):
        rows[name] = rows[c.PRODUCT_ID].map(goods[name])
    sold = like_for_like(rows)
    ids = truth.products[c.PRODUCT_ID].to_numpy()
    grid = pd.MultiIndex.from_product([ids, range(weeks)], names=[c.PRODUCT_ID, WEEK])
    full = sold.set_index([c.PRODUCT_ID, WEEK])[[UNITS, PRICE]].reindex(grid).reset_index()
    full[UNITS] = full[UNITS].fillna(0.0)
    full[c.DEPTH] = truth.depth[:, :weeks].astype(float).ravel()
    full[STOCKED_OUT] = truth.stock_outs[:, :weeks].ravel()
    for name in (c.CATEGORY, c.SUBCATEGORY):
        full[name] = full[c.PRODUCT_ID].map(goods[name])
    full[WEEK] = start + DAYS_A_WEEK * full[WEEK].to_numpy()
    found: pd.DataFrame = full[full.groupby(c.PRODUCT_ID)[UNITS].transform("sum") > 0]
    return found
