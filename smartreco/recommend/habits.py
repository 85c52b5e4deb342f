"""What a shop's purchases of a product amount to: one row per shop and product it bought.

Millions of order lines become this much smaller table once; every scorer, the
quantities and the reasons read it. A question about one shop reads only that
shop's rows, and "what if it had never bought X" is the table without a row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.columns import CASE_SIZE, CATEGORY
from smartreco.recommend.cadence import usual_interval
from smartreco.recommend.history import History
from smartreco.recommend.quantity import usual_quantity
from smartreco.recommend.runs import ranges, run_starts

IntArray = npt.NDArray[np.integer]
FloatArray = npt.NDArray[np.floating]

HALF_LIVES: Final = (20.0, 60.0, 180.0)
"""Days after which a purchase counts half in the columns of `Habits.recent`."""

FOREVER: Final = float("inf")
"""The half-life at which every purchase counts whole."""


@dataclass(frozen=True)
class Habits:
    """Shop x product rows, sorted by shop, then product.

    Attributes
    ----------
    start
        Rows of shop u are ``start[u]:start[u + 1]``.
    product
        Position of the product.
    times
        Days on which the shop ordered it.
    recent
        Rows x `HALF_LIVES`: the same, each day halved per half-life of age.
    first, last
        Day numbers of the first and the latest order.
    cadence
        Usual days between two orders (`cadence.usual_interval`); NaN where unknown.
    quantity
        Usual pieces of one order, whole cases where the shop buys in cases.
    """

    start: npt.NDArray[np.int64]
    product: npt.NDArray[np.int32]
    times: npt.NDArray[np.int32]
    recent: npt.NDArray[np.float32]
    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    cadence: npt.NDArray[np.float32]
    quantity: npt.NDArray[np.int32]

    @classmethod
    def of_history(cls, history: History) -> Habits:
        """Sum up every purchase before ``history.as_of``."""
        shop, product, day = history.arrays()
        bounds = run_starts(shop, product)
        first, size = bounds[:-1], np.diff(bounds)
        age = history.as_of_day - day
        ages = np.arange(int(age.max(initial=0)) + 1)  # few: a day is looked up, not worked out
        recent = np.empty((len(first), len(HALF_LIVES)), dtype=np.float32)
        for column, half_life in enumerate(HALF_LIVES):
            recent[:, column] = _sums(np.exp2(-ages / half_life)[age], first)
        shops, _ = history.shape
        category, case = history.products[CATEGORY], history.products[CASE_SIZE]
        return cls(
            start=np.searchsorted(shop[first], np.arange(shops + 1)).astype(np.int64),
            product=product[first],
            times=size.astype(np.int32),
            recent=recent,
            first=day[first],
            last=day[bounds[1:] - 1],
            cadence=usual_interval(shop, product, day, bounds, category.factorize()[0]),
            quantity=usual_quantity(
                history.quantities, bounds, case.to_numpy(dtype=np.int64)[product[first]]
            ),
        )

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def shop(self) -> npt.NDArray[np.int64]:
        """Shop of each row."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.start))

    def counts(self, half_life: float) -> npt.NDArray[np.float64]:
        """Orders of each row, each halved per `half_life` days of age."""
        if half_life == FOREVER:
            return self.times.astype(np.float64)
        return self.recent[:, HALF_LIVES.index(half_life)].astype(np.float64)

    def of(self, shops: IntArray) -> Habits:
        """The rows of some shops, which become shops 0, 1, ... in that order."""
        if len(shops) == 1:  # by far the most frequent question: a view, not a copy
            first, stop = self.start[shops[0]], self.start[shops[0] + 1]
            one = self._rows(slice(first, stop))
            return replace(one, start=np.array([0, stop - first], dtype=np.int64))
        rows = ranges(self.start[shops], self.start[shops + 1])
        size = self.start[shops + 1] - self.start[shops]
        start = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
        return replace(self._rows(rows), start=start)

    def without(self, products: IntArray) -> Habits:
        """As if no shop had ever ordered these products."""
        keep = ~np.isin(self.product, products)
        before = np.concatenate(([0], np.cumsum(keep)))
        return replace(self._rows(np.flatnonzero(keep)), start=before[self.start])

    def matrix(self, values: npt.NDArray[np.number], products: int) -> sp.csr_array:
        """One value a row as a sparse shops x products matrix."""
        return sp.csr_array(
            (values, self.product, self.start), shape=(len(self), products), copy=False
        )

    def dense(self, values: FloatArray, products: int) -> npt.NDArray[np.float64]:
        """One value a row as a dense shops x products matrix, 0 elsewhere."""
        matrix = np.zeros((len(self), products))
        matrix[self.shop, self.product] = values
        return matrix

    def bought(self, products: int) -> npt.NDArray[np.bool_]:
        """Shops x products: whether the shop has ever ordered it."""
        mask = np.zeros((len(self), products), dtype=bool)
        mask[self.shop, self.product] = True
        return mask

    def row_of(self, products: IntArray) -> npt.NDArray[np.int64]:
        """Row of each product in the table of one shop; -1 where it never ordered it."""
        if not len(self.product):
            return np.full(len(products), -1, dtype=np.int64)
        row = np.minimum(np.searchsorted(self.product, products), len(self.product) - 1)
        return np.where(self.product[row] == products, row, -1)

    def _rows(self, rows: IntArray | slice) -> Habits:
        """A selection of rows, with the bounds of the shops still to be set."""
        return Habits(
            self.start, self.product[rows], self.times[rows], self.recent[rows],
            self.first[rows], self.last[rows], self.cadence[rows], self.quantity[rows],
        )  # fmt: skip


def _sums(values: FloatArray, first: IntArray) -> FloatArray:
    return np.add.reduceat(values, first) if len(first) else np.zeros(0)
