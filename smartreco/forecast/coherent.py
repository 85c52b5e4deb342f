"""The forecast that pages show: every level at once, newcomers among them, all sums agreeing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, LAUNCHED_ON, LIST_PRICE, PRODUCT_ID
from smartreco.forecast.arrays import Floats, Ints
from smartreco.forecast.forecaster import Forecast, ForecastSettings, forecast
from smartreco.forecast.hierarchy import reconcile, sums
from smartreco.forecast.newcomers import Catalogue, Newcomers, newcomers
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.parts import Parts

NOT_THERE: Final = 1  # weeks after the panel that stand for a product of a later time


@dataclass(frozen=True)
class Structure:
    """What is known of the series besides their sales.

    Attributes
    ----------
    links
        See `smartreco.forecast.linking.links`.
    products
        Columns product_id, category, list_price, launched_on (both may be missing),
        first_week (first day of the week of the first order; missing: not sold yet).
    """

    links: pd.DataFrame
    products: pd.DataFrame


def coherent(
    panel: Panel, structure: Structure, horizon: int, settings: ForecastSettings | None = None
) -> Forecast:
    """Forecast all levels of a panel, newcomers from like products, and reconcile them.

    Products not sold yet stay as they are: the past of the whole cannot speak of them.
    """
    each, unsold = with_newcomers(forecast(panel, horizon, settings), panel, structure.products)
    return reconcile(each, sums(panel.levels, panel.ids, structure.links), keep=unsold)


def with_newcomers(each: Forecast, panel: Panel, products: pd.DataFrame) -> tuple[Forecast, Ints]:
    """Put in what like products say of the new ones; and the rows of those not sold yet."""
    rows = np.flatnonzero(panel.levels == Level.PRODUCT.value)
    if not len(rows):
        return each, rows
    known = products.drop_duplicates(PRODUCT_ID).set_index(PRODUCT_ID).reindex(panel.ids[rows])
    first = _weeks_since(known["first_week"], panel)
    launched = _weeks_since(known[LAUNCHED_ON], panel) <= panel.weeks
    begun = np.where(first < panel.weeks, first, panel.weeks + NOT_THERE)
    begun[np.isnan(first) & launched] = panel.weeks
    catalogue = Catalogue(
        known[CATEGORY].fillna("").to_numpy().astype(str),
        known[LIST_PRICE].to_numpy(dtype=float, na_value=np.nan),
        np.maximum(begun, 0).astype(np.int64),
    )
    found = newcomers(panel.demand[rows], catalogue, each.horizon)
    unsold = rows[found.rows[begun[found.rows] == panel.weeks]]
    return _replaced(each, replace(found, rows=rows[found.rows])), unsold


def _weeks_since(day: pd.Series[pd.Timestamp], panel: Panel) -> Floats:
    """Whole weeks from the panel's first day; NaN where the day is missing."""
    passed = pd.to_datetime(day).to_numpy().astype("datetime64[D]") - panel.starts[0]
    weeks = np.floor(passed.astype(np.int64) / 7)
    return np.asarray(np.where(np.isnat(passed), np.nan, weeks))


def _replaced(each: Forecast, new: Newcomers) -> Forecast:
    """The forecast with some rows anew; all of a newcomer's mean is level."""
    mean, quantiles = each.mean.copy(), each.quantiles.copy()
    mean[new.rows], quantiles[new.rows] = new.mean, new.quantiles

    def cleared(part: Floats) -> Floats:
        part = part.copy()
        part[new.rows] = 0.0
        return part

    old = each.parts
    level = old.level.copy()
    level[new.rows] = new.mean
    parts = Parts(level, *(cleared(x) for x in (old.trend, old.season, old.festival, old.price)))
    return replace(each, mean=mean, quantiles=quantiles, parts=parts)
