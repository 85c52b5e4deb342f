"""What a model may know and what it is judged by.

The honest question is "what will this shop order next?", so the past is cut at one
day for all shops and repeats stay in: what is bought every week is most of what a
shop orders. The random split is here because many papers report it. It shows a
model the future of the very shop it is asked about, so its figures are no promise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.columns import ACTIVE, PRODUCT
from smartreco.entities import ListName
from smartreco.errors import NotEnoughDataError
from smartreco.measures.splits import random_split, time_cut
from smartreco.recommend.history import DAY, History, day_of
from smartreco.recommend.trial import HORIZON

IntArray = npt.NDArray[np.integer]
TRAIN_SHARE = 0.8


class Split(StrEnum):
    """Ways to part what is known from what is asked."""

    TIME = "time"  # everything before one day
    RANDOM = "random"  # purchases drawn at random: leaks the future


@dataclass(frozen=True)
class Cut:
    """A history in two parts.

    Attributes
    ----------
    training
        All that a model may know; products and shops are those of the whole history.
    shops
        Positions of the shops that are judged: those with a purchase in `training`.
    bought, later
        Judged shops x products: 1 where bought in the training part, in the test part.
    soon
        The same as `later` for the first `HORIZON` days after a cut in time; None
        where the test window is shorter, or the split is random.
    test_purchases
        Purchases (retailer x product x day) in the test part.
    """

    split: Split
    training: History
    shops: IntArray
    bought: sp.csr_array
    later: sp.csr_array
    soon: sp.csr_array | None
    test_purchases: int

    @property
    def active(self) -> npt.NDArray[np.bool_]:
        """Products that a list may hold."""
        return self.training.products[ACTIVE].to_numpy(dtype=bool)

    def relevant(self, name: ListName) -> sp.csr_array:
        """What each judged shop ordered in the test part among what the list may hold."""
        offered = sp.csr_array(self.later.multiply(self.active[None, :]))
        again = sp.csr_array(offered.multiply(self.bought))
        match name:
            case ListName.REORDER:
                found = again
            case ListName.DISCOVER:
                found = sp.csr_array(offered - again)
            case ListName.ALL:
                found = offered
        found.eliminate_zeros()
        return found


def cut(history: History, split: Split, rng: np.random.Generator) -> Cut:
    """Part a history, `TRAIN_SHARE` of it for training.

    Rows are counted as they are, one a retailer x product x day: good enough, as few
    orders name a product twice. In the random split the model is asked on the
    history's last day, and never learns which purchases were held back.

    Raises
    ------
    NotEnoughDataError
        One of the two parts is empty, or no shop is in both.
    """
    day = history.purchases[DAY].to_numpy()
    if not len(day):
        raise _too_little("no orders")
    if split is Split.TIME:
        first = time_cut(day, TRAIN_SHARE)
        return _parted(history, split, day < first, history.before(day_of(first)))
    known = random_split(len(day), TRAIN_SHARE, rng)
    return _parted(history, split, known, replace(history, purchases=history.purchases[known]))


def with_buyers(history: History, fewest: int) -> History:
    """Only products that at least `fewest` shops ever bought: how papers thin a catalogue out.

    Buyers are counted over the whole history, also after the cut; 1 or less keeps all.
    """
    if fewest <= 1:
        return history
    shop, product, _ = history.arrays()
    pairs = np.unique(np.column_stack([shop, product]), axis=0)
    keep = np.bincount(pairs[:, 1], minlength=history.shape[1]) >= fewest
    position = np.cumsum(keep) - 1
    purchases = history.purchases[keep[product]]
    moved = position[purchases[PRODUCT].to_numpy()].astype(np.int32)
    return replace(
        history,
        products=history.products[keep].reset_index(drop=True),
        purchases=purchases.assign(**{PRODUCT: moved}),
    )


def knowing_only(parted: Cut, training: History) -> Cut:
    """The same question, asked of models that know less: ``training`` is a part of the cut's."""
    shop, product, _ = training.arrays()
    whole = np.ones(len(shop), dtype=bool)
    bought = _cells(shop, product, whole, training.shape)[parted.shops]
    return replace(parted, training=training, bought=bought)


def _parted(history: History, split: Split, known: npt.NDArray[np.bool_], training: History) -> Cut:
    shop, product, day = history.arrays()
    shops = np.unique(shop[known])
    window = history.as_of_day - training.as_of_day
    soon = ~known & (day < training.as_of_day + HORIZON)
    parted = Cut(
        split, training, shops,
        bought=_cells(shop, product, known, history.shape)[shops],
        later=_cells(shop, product, ~known, history.shape)[shops],
        soon=_cells(shop, product, soon, history.shape)[shops] if window >= HORIZON else None,
        test_purchases=int((~known).sum()),
    )  # fmt: skip
    if not len(shops) or not parted.later.nnz:
        raise _too_little("no shop that ordered before and after the cut")
    return parted


def _cells(
    shop: IntArray, product: IntArray, rows: npt.NDArray[np.bool_], shape: tuple[int, int]
) -> sp.csr_array:
    cells = sp.csr_array((np.ones(int(rows.sum())), (shop[rows], product[rows])), shape=shape)
    cells.sum_duplicates()
    cells.data[:] = 1.0
    return cells


def _too_little(found: str) -> NotEnoughDataError:
    return NotEnoughDataError(
        "an evaluation needs shops that ordered both before and after a cut", found,
        "import more orders",
    )  # fmt: skip
