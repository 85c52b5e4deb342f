"""Everything about shops and products that scorers share, read once from the history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from smartreco.columns import ACTIVE, CASE_SIZE, NAME, PRODUCT_ID, RETAILER_ID
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.groups import Groups
from smartreco.recommend.habits import FOREVER, Habits
from smartreco.recommend.history import History
from smartreco.recommend.mixing import dense_rows
from smartreco.recommend.quantity import typical_quantity
from smartreco.recommend.rhythm import next_visit, usual_weekday
from smartreco.recommend.shops import Shops

LATELY: Final = 90
"""Days: "shops ordered it lately" counts orders this fresh."""

FEWEST_TO_DAMP = 2
"""Buyers below which a product is not brought up any further."""


@dataclass(frozen=True)
class Market:
    """Shops, products and what each shop is in the habit of buying.

    Attributes
    ----------
    as_of_day
        First day that is not known, in days since 1970-01-01.
    retailer_ids, product_ids
        Ids by position.
    product_names
        Names by position, as reasons say them.
    active
        Products that may still be ordered.
    case_size
        Pieces in a case of each product.
    weekday
        On which each shop usually orders, Monday 0; -1 where none stands out.
    """

    as_of_day: int
    retailer_ids: npt.NDArray[np.str_]
    product_ids: npt.NDArray[np.str_]
    product_names: npt.NDArray[np.str_]
    active: npt.NDArray[np.bool_]
    case_size: npt.NDArray[np.int64]
    weekday: npt.NDArray[np.int8]
    groups: Groups
    attributes: Attributes
    habits: Habits

    @classmethod
    def of_history(cls, history: History, attributes: Attributes | None = None) -> Market:
        """Sum up a history; its purchases are not needed afterwards.

        ``attributes`` saves reading the same products again.
        """
        habits = Habits.of_history(history)
        shop, _, day = history.arrays()
        return cls(
            as_of_day=history.as_of_day,
            retailer_ids=_strings(history.retailers[RETAILER_ID]),
            product_ids=_strings(history.products[PRODUCT_ID]),
            product_names=_strings(history.products[NAME]),
            active=history.products[ACTIVE].to_numpy(dtype=bool),
            case_size=history.products[CASE_SIZE].to_numpy(dtype=np.int64),
            weekday=usual_weekday(shop, day, len(habits), history.as_of_day),
            groups=Groups.of_retailers(history.retailers, np.diff(habits.start) > 0),
            attributes=attributes or Attributes.of_products(history.products),
            habits=habits,
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Number of retailers and of products."""
        return len(self.retailer_ids), len(self.product_ids)

    @cached_property
    def retailer_positions(self) -> dict[str, int]:
        """Position of each retailer id."""
        return {str(key): at for at, key in enumerate(self.retailer_ids)}

    @cached_property
    def product_positions(self) -> dict[str, int]:
        """Position of each product id."""
        return {str(key): at for at, key in enumerate(self.product_ids)}

    @cached_property
    def buyers(self) -> npt.NDArray[np.bool_]:
        """Products x shops: whether the shop has ever ordered the product.

        A byte a cell: 34 MB for 12,000 products and 2,800 shops, and counting
        shops for a reason becomes a sum over a few rows.
        """
        return self._cells(np.ones(len(self.habits.product), dtype=bool))

    @cached_property
    def buyers_lately(self) -> npt.NDArray[np.bool_]:
        """Products x shops: whether the shop ordered it in the last `LATELY` days."""
        return self._cells(self.habits.last >= self.as_of_day - LATELY)

    @cached_property
    def buyer_counts(self) -> npt.NDArray[np.int64]:
        """Shops that have ever ordered each product."""
        return np.bincount(self.habits.product, minlength=self.shape[1])

    def damping(self, power: float) -> npt.NDArray[np.float64]:
        """What holds best-sellers back: each product's buyers, against the mean, to ``-power``."""
        if not power:
            return np.ones(self.shape[1])
        buyers = np.maximum(self.buyer_counts, FEWEST_TO_DAMP)
        return np.asarray((buyers / buyers.mean()) ** -power)

    def first_orders(self, products: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
        """Day number of each shop's first order of some products, products x shops; 0: never."""
        return dense_rows(self._firsts, products)

    @cached_property
    def _firsts(self) -> sp.csr_array:
        """The same for all: products x shops."""
        return sp.csr_array(self.matrix(self.habits, self.habits.first).T.tocsr())

    @cached_property
    def typical_quantity(self) -> npt.NDArray[np.int32]:
        """Pieces that a new buyer of each product may start with."""
        return typical_quantity(self.habits.product, self.habits.quantity, self.case_size)

    @cached_property
    def next_visit(self) -> npt.NDArray[np.int64]:
        """Day number on which each shop will order next, by its weekday."""
        return next_visit(self.weekday, self.as_of_day)

    @cached_property
    def ordering(self) -> npt.NDArray[np.bool_]:
        """Shops that have ordered anything."""
        return np.diff(self.habits.start) > 0

    def members(self, group: int) -> npt.NDArray[np.int64]:
        """Ordering shops of a group; group 0 is everyone."""
        own = True if group == 0 else self.groups.of_shop == group
        return np.flatnonzero(self.ordering & own)

    def shops(self, at: npt.NDArray[np.integer]) -> Shops:
        """The shops at some positions, as they are."""
        return Shops(at, self.habits.of(at))

    def matrix(self, habits: Habits, values: npt.NDArray[np.number]) -> sp.csr_array:
        """One value a row of `habits` as a shops x products matrix."""
        return habits.matrix(values, len(self.product_ids))

    def orders(self, habits: Habits, half_life: float = FOREVER) -> sp.csr_array:
        """log(1 + orders), each order halved per half-life: shops x products."""
        return self.matrix(habits, np.log1p(habits.counts(half_life)))

    def _cells(self, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        cells = np.zeros((self.shape[1], self.shape[0]), dtype=bool)
        cells[self.habits.product[rows], self.habits.shop[rows]] = True
        return cells


def _strings(values: pd.Series[str]) -> npt.NDArray[np.str_]:
    return np.array(values.fillna("").astype(str).tolist(), dtype=np.str_)
