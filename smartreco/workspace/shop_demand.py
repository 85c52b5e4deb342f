"""A shop's own demand: its products, categories and the whole of it, read once a state of data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Ints, Texts
from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.pairs import SEPARATOR
from smartreco.forecast.panel import Level, Panel
from smartreco.store import series as series_store
from smartreco.store import shop_weeks as shop_store
from smartreco.store.connection import Cursor
from smartreco.workspace.demand import Demand
from smartreco.workspace.series_lines import AHEAD_WEEKS


@dataclass(frozen=True)
class ShopDemand:
    """What a shop ordered.

    Attributes
    ----------
    products
        A series a product; weeks in which its vendor had none are missing.
    categories
        Category of each.
    category_of
        Of every product there is, by its id.
    """

    retailer_id: str
    products: Panel
    categories: Texts
    category_of: pd.Series[str]

    @property
    def product_ids(self) -> Texts:
        """Of each series."""
        return self._halves(self.products.ids)

    def of_category(self, pairs: Texts, category: str) -> Ints:
        """Places of this shop's pairs whose product is of a category."""
        own = np.flatnonzero(np.char.startswith(pairs, f"{self.retailer_id}{SEPARATOR}"))
        found = self.category_of.reindex(self._halves(pairs[own])).to_numpy()
        return np.asarray(own[found == category])

    def _halves(self, pairs: Texts) -> Texts:
        """Products of this shop's pairs; the shop's id may hold the separator itself."""
        begin = len(self.retailer_id) + len(SEPARATOR)
        return np.array([one[begin:] for one in pairs], dtype=str)

    def product(self, product_id: str) -> Panel:
        """One series; none where the shop never ordered the product."""
        return self.products.take(self.product_ids == product_id)

    @cached_property
    def by_category(self) -> Panel:
        """A series a category."""
        return self._summed(self.categories, np.unique(self.categories))

    @cached_property
    def whole(self) -> Panel:
        """One series."""
        name = np.array([self.retailer_id])
        return self._summed(np.repeat(name, len(self.products)), name)

    @cached_property
    def categories_ahead(self) -> Forecast:
        """Each category on its own: for its bands."""
        return forecast(self.by_category, AHEAD_WEEKS)

    def _summed(self, key: Texts, names: Texts) -> Panel:
        belongs = (names[:, None] == key[None, :]).astype(float)
        level = np.repeat(Level.RETAILER.value, len(names))
        return replace(
            self.products, values=belongs @ self.products.values, ids=names, levels=level,
            groups=level, missing=None,
        )  # fmt: skip


def read_shop(cursor: Cursor, demand: Demand, retailer_id: str) -> ShopDemand:
    """Read a shop's products week by week."""
    frame = shop_store.weekly(cursor, retailer_id, demand.known)
    ids = np.unique(frame["id"].to_numpy().astype(str))
    values = np.maximum(series_store.matrix(frame, ids, demand.known.weeks), 0.0)
    level = np.repeat(Level.RETAILER_PRODUCT.value, len(ids))
    pairs = np.array([f"{retailer_id}{SEPARATOR}{one}" for one in ids], dtype=str)
    products = demand.structure.products.drop_duplicates("product_id").set_index("product_id")
    category_of = products["category"].fillna("").astype(str)
    return ShopDemand(
        retailer_id,
        Panel(
            values, pairs, level, level, demand.panel.starts, missing=_missing(demand, ids),
            calendar=demand.panel.calendar,
        ),
        category_of.reindex(ids).fillna("").to_numpy().astype(str),
        category_of,
    )  # fmt: skip


def _missing(demand: Demand, ids: Texts) -> np.ndarray | None:
    """Weeks in which the vendor of a product had none."""
    if demand.panel.missing is None:
        return None
    rows = np.flatnonzero(demand.panel.levels == Level.PRODUCT.value)
    place = dict(zip(demand.panel.ids[rows].tolist(), rows.tolist(), strict=True))
    found = np.array([place.get(one, -1) for one in ids], dtype=np.int64)
    return np.asarray(demand.panel.missing[found] & (found >= 0)[:, None])
