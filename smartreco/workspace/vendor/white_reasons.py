"""Why a shop may take up a product, said by the vendor's own products and totals of shops only.

What moved the chance most may be what the shop buys from others, and that is nobody's to
tell. So a reason states what the vendor may know, and each is a fact that was counted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY
from smartreco.language import Message, Money
from smartreco.recommend.first_orders import LAPSED_DAYS
from smartreco.vendors.size_groups import weights
from smartreco.vendors.sums import GOODS, SHOP
from smartreco.workspace.vendor.reach_reading import Ints, Mask, View
from smartreco.workspace.vendor.reach_views import Sentence

MONTHS_A_YEAR, WEEKS_A_YEAR = 12, 52

LAST: Final = Message("It last ordered it in the week of {day}")
OWN: Final = Message(
    "It orders one of your products: {product}",
    "It orders {count} of your products, {product} most",
    "count",
)
NEAR: Final = Message(
    "{buyers} of the {shops} shops of its cell ordered it in the last {weeks} weeks"
)
CATEGORY_VALUE: Final = Message(
    "Shops of its size in its cell order {category} for about {value} a month"
)
NOTHING_OWN: Final = Message("It orders nothing of yours in the last {weeks} weeks")


class Reasons:
    """What is counted once for all rows.

    Parameters
    ----------
    goods
        The products of the rows.
    last
        As `smartreco.store.vendor_reach.last_bought`, of all the vendor's products.
    """

    def __init__(self, view: View, goods: pd.DataFrame, as_of: date, last: pd.DataFrame) -> None:
        universe = view.universe
        since = pd.Timestamp(as_of - timedelta(days=LAPSED_DAYS))
        lately = last[pd.to_datetime(last["last_week"]) >= since]
        lately = lately.assign(shop=universe.position(lately[SHOP]))
        lately = lately[lately["shop"] >= 0].sort_values(["shop", "value"], ascending=[True, False])
        self._count = np.bincount(lately["shop"], minlength=len(universe.shops))
        self._first = lately.drop_duplicates("shop").set_index("shop")[GOODS]
        self._names = view.names
        self._goods, self._cell = goods, universe.cell
        cells = len(universe.partition.cells)
        good = pd.Index(goods[GOODS]).get_indexer(pd.Index(lately[GOODS]))
        cell = universe.cell[lately["shop"].to_numpy()]
        self._near = np.zeros((cells, len(goods) + 1), dtype=np.int64)
        np.add.at(self._near, (cell, good), 1)  # other products go to the last column
        self._shops = np.bincount(universe.cell, minlength=cells)
        year = view.periods.now.weeks / WEEKS_A_YEAR
        value = weights(universe.group, view.value[""]) / (year * MONTHS_A_YEAR)
        number = pd.Index(view.categories).get_indexer(pd.Index(goods[CATEGORY]))
        self._value, self._number = value, number

    def of(
        self, shop: Ints, good: Ints, lapsed: Mask, last: np.ndarray
    ) -> list[tuple[Sentence, ...]]:
        """The reasons of each row, a few hundred at most."""
        return [
            self._one(*row)
            for row in zip(
                shop.tolist(), good.tolist(), lapsed.tolist(), last.tolist(), strict=True
            )
        ]

    def _one(self, shop: int, good: int, lapsed: bool, last: date | None) -> tuple[Sentence, ...]:
        weeks = LAPSED_DAYS // 7
        said: list[Sentence] = []
        if lapsed and last is not None:
            said.append((LAST, {"day": last}))
        if self._count[shop]:
            product = self._names[int(self._first[shop])]
            said.append((OWN, {"count": int(self._count[shop]), "product": product}))
        cell = self._cell[shop]
        buyers, shops = int(self._near[cell, good]), int(self._shops[cell])
        if buyers:
            said.append((NEAR, {"buyers": buyers, "shops": shops, "weeks": weeks}))
        value = float(self._value[shop, self._number[good]])
        if value > 0:
            category = str(self._goods[CATEGORY].iloc[good])
            said.append((CATEGORY_VALUE, {"category": category, "value": Money(value)}))
        if not said:
            said.append((NOTHING_OWN, {"weeks": weeks}))
        return tuple(said)
