"""What a vendor's reach is made from: the universe of shops, and one view of it.

The universe (shops, cells, size groups) is the same for all vendors and filters; a view
takes whole cells of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import CATEGORY, NAME, PRODUCT_ID, RETAILER_ID
from smartreco.store import vendor_reach as reach_store
from smartreco.store.connection import Cursor
from smartreco.vendors.distribution import WINDOW
from smartreco.vendors.partition import CELL, FEWEST, Partition, partition
from smartreco.vendors.periods import Periods
from smartreco.vendors.size_groups import size_groups, weights
from smartreco.vendors.sums import GOODS, SHOP
from smartreco.workspace.vendor.reading import Known, Sales, scope_of
from smartreco.workspace.vendor.views import VendorFilter

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Universe:
    """All active shops, once a state of the data; nothing in it depends on a vendor.

    Attributes
    ----------
    shops
        As `smartreco.store.vendor_reach.shops`, in the order of ``partition.shops``.
    group
        Size group of each shop, see `smartreco.vendors.size_groups`.
    size
        What each shop ever bought of everything, currency: the mean of its size group.
    goods
        All products: columns product_key, category (number in ``categories``).
    categories
        Of all products, sorted.
    gone
        What was cancelled, of all products.
    """

    shops: pd.DataFrame
    partition: Partition
    group: Ints
    size: Floats
    goods: pd.DataFrame
    categories: list[str]
    gone: pd.DataFrame

    @property
    def cell(self) -> Ints:
        """Cell of each shop."""
        return self.partition.shops[CELL].to_numpy(dtype=np.int64)

    @property
    def groups(self) -> int:
        """How many size groups there are."""
        return int(self.group.max(initial=-1)) + 1

    @property
    def told(self) -> bool:
        """Whether there are shops enough to tell what they buy of categories."""
        return len(self.shops) >= FEWEST

    @property
    def members(self) -> pd.DataFrame:
        """Which group each shop counts in, as the store takes it."""
        return pd.DataFrame({SHOP: self.shops[SHOP].to_numpy(), "size_group": self.group})

    def position(self, keys: pd.Series[int]) -> Ints:
        """Row of shops by their keys; -1 of those that are not active."""
        return np.asarray(pd.Index(self.shops[SHOP]).get_indexer(pd.Index(keys)), dtype=np.int64)

    def size_of(self, retailer_ids: pd.Series[str]) -> Floats:
        """``size`` of shops by id; 0 of those that are not active."""
        at = pd.Index(self.shops[RETAILER_ID]).get_indexer(pd.Index(retailer_ids))
        return np.where(at >= 0, np.append(self.size, 0.0)[at], 0.0)

    def goods_of(self, categories: list[str]) -> pd.DataFrame:
        """Products of some categories, numbered in their order."""
        number = pd.Index(categories).get_indexer(pd.Index(self.categories))
        code = number[self.goods[CATEGORY].to_numpy()].astype(np.int32)
        found: pd.DataFrame = self.goods.assign(**{CATEGORY: code})[code >= 0]
        return found

    def shown(self, wanted: VendorFilter) -> Mask:
        """Shops of the cells that lie wholly inside a filter's places."""
        cells = self.partition.within(wanted.regions, wanted.cities, wanted.segments)
        return np.isin(self.cell, cells)

    def inside(self, wanted: VendorFilter) -> Mask:
        """Shops inside a filter's places, whatever their cell."""
        shops, found = self.partition.shops, np.ones(len(self.shops), dtype=bool)
        for column, chosen in (
            ("region", wanted.regions), ("city", wanted.cities), ("segment", wanted.segments),
        ):  # fmt: skip
            if chosen:
                found &= shops[column].isin(list(chosen)).to_numpy()
        return found

    def left_out(self, wanted: VendorFilter) -> int:
        """Shops inside the places whose cells are not."""
        return self.partition.left_out(wanted.regions, wanted.cities, wanted.segments)


@dataclass(frozen=True)
class View:
    """One vendor through one filter, in whole cells.

    Attributes
    ----------
    universe, shown
        All shops, and which of them count.
    bought
        Shop x product of the vendor at the shops that count: columns shop (position in the
        universe), product (row of ``goods``), category (number in ``categories``), then
        quantity and value of each time.
    goods
        The vendor's products in the filter, as `Known.products`.
    categories
        Of these, sorted.
    names
        Of all the vendor's products, by their keys.
    value
        Of each time: size groups x categories, what the groups bought of them from anybody.
    """

    periods: Periods
    times: tuple[str, ...]
    universe: Universe
    shown: Mask
    left_out: int
    bought: pd.DataFrame
    goods: pd.DataFrame
    categories: list[str]
    names: dict[int, str]
    value: dict[str, Floats]


def read_universe(cursor: Cursor) -> Universe:
    """Read the shops and put them into cells and size groups."""
    shops = reach_store.shops(cursor)
    gone = reach_store.cancelled(cursor)
    cells = partition(shops)
    at = pd.Index(shops[RETAILER_ID]).get_indexer(pd.Index(cells.shops[RETAILER_ID]))
    shops = shops.iloc[at].reset_index(drop=True)
    bought = reach_store.sizes(cursor, gone).set_index(SHOP)["value"]
    size = bought.reindex(shops[SHOP]).fillna(0.0).to_numpy(dtype=float)
    group = size_groups(cells.shops[CELL].to_numpy(dtype=np.int64), size)
    mean = weights(group, np.asarray(np.bincount(group, size), dtype=np.float64))
    goods = reach_store.goods(cursor)
    code, names = pd.factorize(goods[CATEGORY], sort=True)
    goods[CATEGORY] = code.astype(np.int32)
    return Universe(shops, cells, group, mean, goods, [str(n) for n in names], gone)


def chosen_goods(known: Known, wanted: VendorFilter) -> pd.DataFrame:
    """The vendor's products that a filter keeps."""
    goods = known.products
    inside = np.ones(len(goods), dtype=bool)
    if wanted.categories:
        inside &= goods[CATEGORY].isin(wanted.categories).to_numpy()
    if wanted.products:
        inside &= goods[PRODUCT_ID].isin(wanted.products).to_numpy()
    if wanted.price_low is not None:
        inside &= (goods["price"] >= wanted.price_low).to_numpy()
    if wanted.price_high is not None:
        inside &= (goods["price"] <= wanted.price_high).to_numpy()
    return goods[inside].reset_index(drop=True)


def read_view(
    cursor: Cursor, universe: Universe, known: Known, sales: Sales, wanted: VendorFilter
) -> View:
    """Put a view together.

    Parameters
    ----------
    sales
        Of the filter's products at all shops.
    """
    goods = chosen_goods(known, wanted)
    categories = sorted(goods[CATEGORY].unique().tolist())
    shown = universe.shown(wanted)
    shop = universe.position(sales.pairs[SHOP])
    count = (shop >= 0) & np.append(shown, False)[shop]
    rows = sales.pairs[count]
    product = pd.Index(goods[GOODS]).get_indexer(pd.Index(rows[GOODS]))
    number = pd.Index(categories).get_indexer(pd.Index(goods[CATEGORY]))
    measures = [f"{m}{time}" for time in sales.times for m in ("quantity", "value")]
    bought = rows[measures].reset_index(drop=True)
    bought.insert(0, "shop", shop[count])
    bought.insert(1, "product", product)
    bought.insert(2, CATEGORY, number[product])
    value = _category_value(cursor, universe, sales, categories)
    names = dict(zip(known.products[GOODS], known.products[NAME], strict=True))
    return View(
        sales.periods, sales.times, universe, shown, universe.left_out(wanted),
        bought, goods, categories, names, value,
    )  # fmt: skip


def _category_value(
    cursor: Cursor, universe: Universe, sales: Sales, categories: list[str]
) -> dict[str, Floats]:
    """Groups x categories of each time."""
    when = sales.periods
    asked = {"": when.now, "_before": when.before, "_last_year": when.last_year}
    known = {time: one for time, one in asked.items() if one is not None}
    found = {time: np.zeros((universe.groups, len(categories))) for time in known}
    if not categories or not universe.told:
        return found
    rows = reach_store.category_spans(
        cursor, universe.gone, universe.members, universe.goods_of(categories),
        [(one.first, one.until) for one in known.values()],
    )  # fmt: skip
    group = rows["size_group"].to_numpy(dtype=np.int64)
    category = rows[CATEGORY].to_numpy(dtype=np.int64)
    for n, time in enumerate(known):
        found[time][group, category] = np.maximum(rows[f"value_{n}"].to_numpy(dtype=float), 0.0)
    return found


def read_course(
    cursor: Cursor, universe: Universe, known: Known, vendor_id: str, view: View,
    wanted: VendorFilter,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Pieces and value of the vendor, and category value, of each shown shop and week.

    Shops x weeks, from up to `WINDOW` - 1 weeks before the period; the category value is that
    of size groups spread over their shops.
    """
    first, weeks = _first_read(view.periods)
    span = (first, view.periods.now.until)
    scope = scope_of(vendor_id, wanted.everywhere())
    own = reach_store.shop_weeks(cursor, known.gone, scope, span)
    sums = np.zeros((2, len(universe.shops) + 1, weeks))
    at = universe.position(own[SHOP])  # -1, the row too many, takes shops that are not active
    period = own["period"].to_numpy(dtype=np.int64)
    sums[0, at, period], sums[1, at, period] = own["quantity"], own["value"]
    by_group = np.zeros((universe.groups, weeks))
    if view.categories and universe.told:
        rows = reach_store.category_weeks(
            cursor, universe.gone, universe.members, universe.goods_of(view.categories), span
        )
        where = rows["size_group"].to_numpy(dtype=np.int64), rows["period"].to_numpy(dtype=np.int64)
        by_group[where] = np.maximum(rows["value"].to_numpy(dtype=float), 0.0)
    weight = weights(universe.group, by_group)
    return sums[0, :-1][view.shown], sums[1, :-1][view.shown], weight[view.shown]


def _first_read(when: Periods) -> tuple[date, int]:
    """First week that a trend reads, and how many it reads."""
    first = max(when.now.first - timedelta(weeks=WINDOW - 1), when.known.first)
    return first, (when.now.until - first).days // 7
