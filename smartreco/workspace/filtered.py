"""The forecast of just what a page's filters leave: its own series, added up by the store.

A sum of forecasts made elsewhere would not know what is special about the shops and
products chosen together, so their weeks are added up first and forecast then. Nothing
makes such a view agree with the levels that are forecast together: it says so itself.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd

from smartreco.accounts.permissions import STAFF
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotEnoughDataError
from smartreco.forecast.forecaster import FEWEST_WEEKS, Forecast, forecast
from smartreco.forecast.panel import PAST_COLUMNS, Panel
from smartreco.store import series as series_store
from smartreco.store.connection import Cursor
from smartreco.store.series import Span

FILTERED: Final = "filtered"  # level and id of such a series
FEWEST_SHOPS: Final = 5  # of a region, below which a vendor is not shown it alone
MOST_CHOSEN: Final = 10_000


@dataclass(frozen=True, slots=True)
class DemandFilter:
    """Whose demand to add up; empty means all. "unknown" stands for those without one."""

    regions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    retailers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            if len(getattr(self, field.name)) > MOST_CHOSEN:
                raise InputError(
                    f"a filter names at most {MOST_CHOSEN} {field.name}",
                    str(len(getattr(self, field.name))), "leave it out to mean all",
                )  # fmt: skip

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """As `smartreco.store.series.chosen_weekly` takes it."""
        return {
            "region": self.regions, "city": self.cities, "segment": self.segments,
            "retailer": self.retailers, "category": self.categories, "vendor": self.vendors,
            "product": self.products,
        }  # fmt: skip


@dataclass(frozen=True)
class FilteredForecast:
    """Forecast of one series that filters left, and its past.

    Attributes
    ----------
    forecast
        One series with level and id "filtered"; `reconciled` is False.
    past
        Columns `smartreco.forecast.panel.PAST_COLUMNS`: demand is what would have been
        ordered with full shelves, missing says that a product of it was out of stock.
    products
        How many products were ever sold in it.
    """

    forecast: Forecast
    past: pd.DataFrame
    products: int


def scoped(
    cursor: Cursor, principal: Principal, wanted: DemandFilter
) -> dict[str, tuple[str, ...]]:
    """The filter narrowed to what the account may see.

    Raises
    ------
    NotAllowedError
        A shop asks for other shops; a vendor for another vendor, for single shops, cities or
        segments, or for a region of under `FEWEST_SHOPS` shops.
    """
    chosen = wanted.chosen()
    if principal.role in STAFF:
        return chosen
    if principal.role is Role.RETAILER:
        own = (principal.retailer_id or "",)
        if wanted.regions or wanted.cities or wanted.segments or wanted.retailers not in ((), own):
            raise NotAllowedError(
                "an account sees its own shop only", "a filter on shops", "leave it out"
            )
        return {**chosen, "retailer": own}
    own = (principal.vendor_id or "",)
    if wanted.vendors not in ((), own):
        raise NotAllowedError(
            "an account sees its own products only", "another vendor's id", "leave it out"
        )
    if wanted.cities or wanted.segments or wanted.retailers:
        raise NotAllowedError(
            "a vendor sees demand by region, category and product",
            "a filter on cities, segments or shops", "choose regions",
        )  # fmt: skip
    shops = series_store.shops_by_region(cursor) if wanted.regions else {}
    if any(shops.get(region, 0) < FEWEST_SHOPS for region in wanted.regions):
        raise NotAllowedError(
            f"a vendor sees regions of {FEWEST_SHOPS} shops or more", "a smaller one",
            "leave regions out",
        )  # fmt: skip
    return {**chosen, "vendor": own}


def forecast_filtered(
    cursor: Cursor, known: Span, chosen: dict[str, tuple[str, ...]], horizon: int
) -> FilteredForecast:
    """Add up what is chosen, product by product with full shelves, and forecast the sum.

    Raises
    ------
    NotEnoughDataError
        Nothing was sold of it, or over too few weeks.
    """
    if known.weeks < FEWEST_WEEKS:
        raise NotEnoughDataError(
            f"a forecast needs {FEWEST_WEEKS} full weeks of orders", str(known.weeks),
            "choose a later day or import more",
        )  # fmt: skip
    frame = series_store.chosen_weekly(cursor, known, chosen)
    ids = np.unique(frame["id"].to_numpy().astype(str))
    if not len(ids):
        raise NotEnoughDataError(
            "a forecast needs orders of what the filters leave", "none", "widen the filters"
        )
    starts = np.asarray(np.datetime64(known.first, "D") + 7 * np.arange(known.weeks))
    outs = series_store.stock_outs(cursor, known).assign(quantity=1.0)
    missing = series_store.matrix(outs, ids, known.weeks) > 0
    sold = np.maximum(series_store.matrix(frame, ids, known.weeks), 0.0)
    level = np.repeat(FILTERED, len(ids))
    each = Panel(sold, ids, level, level, starts, missing)
    one = np.array([FILTERED])
    whole = Panel(
        each.demand.sum(axis=0, keepdims=True), one, one, one, starts,
        calendar=series_store.festivals(cursor),
    )  # fmt: skip
    return FilteredForecast(forecast(whole, horizon), _past(each, whole), len(ids))


def _past(each: Panel, whole: Panel) -> pd.DataFrame:
    held = each.demand - each.values
    columns = (
        np.repeat(FILTERED, whole.weeks), whole.starts.astype("datetime64[s]"),
        each.values.sum(axis=0), whole.values[0], (held > 0).any(axis=0),
    )  # fmt: skip
    return pd.DataFrame(dict(zip(PAST_COLUMNS, columns, strict=True)))
