"""One protocol for all sets: who is left in, and where the past ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from smartreco.columns import ORDERED_AT, PRODUCT, PRODUCT_ID, QUANTITY, RETAILER, RETAILER_ID
from smartreco.entities import ListName
from smartreco.measures.splits import time_cut
from smartreco.recommend.history import DAY, History, day_of

TRAIN_SHARE = 0.8  # of the lines lie before the cut
SOON = 28  # days that a stated probability speaks of

IntArray = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Prepared:
    """A history and the day at which it is cut.

    Attributes
    ----------
    history
        All orders of the products that enough retailers bought.
    cut
        First day of the test.
    """

    history: History
    cut: date

    @cached_property
    def training(self) -> History:
        """All that a model may know."""
        return self.history.before(self.cut)

    @cached_property
    def shops(self) -> IntArray:
        """Positions of the retailers that are judged: those that ordered before the cut."""
        return np.unique(self.training.arrays()[0])

    @cached_property
    def bought(self) -> sp.csr_array:
        """Judged retailers x products: 1 where ordered before the cut."""
        return _cells(self.training)[self.shops]

    def relevant(self, name: ListName, days: int | None = None) -> sp.csr_array:
        """Judged retailers x products: ordered after the cut among what the list may hold."""
        day = self.history.purchases[DAY].to_numpy()
        after = day >= self.training.as_of_day
        if days is not None:
            after &= day < self.training.as_of_day + days
        test = self.history.purchases[after]
        parts = (self.history.retailers, self.history.products, test, self.history.as_of)
        later = _cells(History(*parts))[self.shops]
        again = sp.csr_array(later.multiply(self.bought))
        found = {ListName.ALL: later, ListName.REORDER: again, ListName.DISCOVER: later - again}
        chosen = sp.csr_array(found[name])
        chosen.eliminate_zeros()
        return chosen


def prepare(
    orders: pd.DataFrame, products: pd.DataFrame, retailers: pd.DataFrame, buyers: int
) -> Prepared:
    """Keep products with enough buyers and cut at 80 % of the lines.

    Parameters
    ----------
    orders
        One row a line: retailer_id, product_id, ordered_at, quantity.
    products, retailers
        As in `History`, any order of rows, those without orders included.
    buyers
        Fewest retailers that must have bought a product, before or after the cut.
    """
    many = orders.groupby(PRODUCT_ID)[RETAILER_ID].nunique()
    lines = orders[orders[PRODUCT_ID].isin(many[many >= buyers].index)]
    products = products[products[PRODUCT_ID].isin(lines[PRODUCT_ID])].reset_index(drop=True)
    retailers = retailers[retailers[RETAILER_ID].isin(lines[RETAILER_ID])].reset_index(drop=True)
    purchases = pd.DataFrame(
        {
            RETAILER: pd.Index(retailers[RETAILER_ID]).get_indexer(lines[RETAILER_ID]),
            PRODUCT: pd.Index(products[PRODUCT_ID]).get_indexer(lines[PRODUCT_ID]),
            DAY: lines[ORDERED_AT].to_numpy().astype("datetime64[D]").astype(np.int64),
            QUANTITY: lines[QUANTITY].to_numpy(dtype=np.float32),
        }
    ).astype({RETAILER: "int32", PRODUCT: "int32", DAY: "int32"})
    cut = time_cut(purchases[DAY].to_numpy(), TRAIN_SHARE)
    last = int(purchases[DAY].max())
    purchases = purchases.groupby([RETAILER, PRODUCT, DAY], as_index=False)[[QUANTITY]].sum()
    history = History(retailers, products, purchases, day_of(last) + timedelta(days=1))
    return Prepared(history, day_of(cut))


def _cells(history: History) -> sp.csr_array:
    shop, product, _ = history.arrays()
    cells = sp.csr_array((np.ones(len(shop)), (shop, product)), shape=history.shape)
    cells.sum_duplicates()
    cells.data[:] = 1.0
    return cells
