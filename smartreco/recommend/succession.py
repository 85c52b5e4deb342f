"""What shops take up after the products they already have: the order of first purchases.

EASE knows what is bought by the same shops, and not which came first. Discovery asks
just that: given what a shop has today, what will it buy for the first time? So the
past is cut at `WINDOWS` days; at each cut ``X`` holds what a shop had, ``Y`` what it
bought for the first time afterwards, and ridge regression gives the products x products
weights ``B = (XᵀX + λI)⁻¹ R`` with ``R`` the mean of ``XᵀY`` over the cuts, later cuts
counting more. It is linear in what the shop has, so each purchase carries its addend.

The sum over cuts needs one pass: with ``C`` the running sum of the cuts' weights, a
product bought in window a and another in a later window b add ``C_b - C_a``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final, Self

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.sparse as sp

from smartreco.language import Percent
from smartreco.recommend.ease.solving import gram_of
from smartreco.recommend.habits import Habits
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words
from smartreco.recommend.shops import Shops

Dense = npt.NDArray[np.float32]

DAYS: Final = 14  # between two cuts
WINDOWS: Final = 12  # latest cuts that are looked at
READ_OFF: Final = 2_000_000  # cells of scores that are kept rather than summed up: 16 MB
ROWS_AT_ONCE: Final = 128  # rows of B that are summed in one go, so that they stay in the cache


@dataclass(frozen=True)
class SuccessionSettings:
    """Of the regression; `tuning` chooses the half-life where data allow."""

    ridge: float = 2000.0
    """λ: how many shops' worth of evidence a weight is held against."""

    half_life: float = 60.0
    """Days after which a cut counts half: what follows what changes with the season."""

    damping: float = 0.0
    """Power of a product's buyers that its score is divided by (`damping`)."""

    products: int = 3000
    """Products with most buyers that take part: bounds time by its cube, memory by its square."""


@dataclass(frozen=True)
class Succession(Scorer[SuccessionSettings]):
    """Weighted sum over what each shop has; 0 for what it has already.

    Attributes
    ----------
    covered_
        Positions of the products that take part, ascending.
    weights_
        B: covered products (had) x covered products (taken up next).
    """

    name: ClassVar[str] = "succession"
    settings: SuccessionSettings
    covered_: npt.NDArray[np.int64]
    weights_: Dense

    @classmethod
    def fit(cls, market: Market, history: History, settings: SuccessionSettings) -> Self:
        """Solve for the weights from the first day of each pair of shop and product."""
        return cls.of_market(market, settings)

    @classmethod
    def of_market(cls, market: Market, settings: SuccessionSettings) -> Self:
        """The same without the history."""
        buyers = market.buyer_counts
        most = np.argsort(-buyers, kind="stable")[: settings.products]
        covered = np.sort(most[buyers[most] > 0])
        pairs = _columns(market.habits, covered, market.shape[1])
        followed = _followed(pairs, market.as_of_day, settings.half_life)
        if len(covered):
            gram = gram_of(_had(pairs), np.float32)
            gram[np.diag_indices_from(gram)] += settings.ridge
            followed = scipy.linalg.solve(
                gram, followed, assume_a="pos", lower=True, overwrite_a=True, overwrite_b=True,
                check_finite=False,
            )  # fmt: skip
        return cls(market, settings, covered, np.ascontiguousarray(followed))

    def score(self, shops: Shops) -> Scores:
        """Sum of the weights of what each shop has."""
        habits = shops.habits
        known = None if shops.changed else self._fitted
        found = self._summed(habits) if known is None else known[shops.at]
        scores = np.zeros((len(shops), self.market.shape[1]))
        scores[:, self.covered_] = found * self._damping[self.covered_]
        scores[habits.shop, habits.product] = 0.0
        return scores

    def _summed(self, habits: Habits) -> Scores:
        """Shops x covered, also of what a shop has already."""
        at = self._place[habits.product]
        inside = np.flatnonzero(at >= 0)
        before = np.concatenate(([0], np.cumsum(at >= 0)))
        return _sums(before[habits.start], at[inside], np.ones(len(inside)), self.weights_)

    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """One row a covered product that the shop has."""
        given = shops.habits.product[self._place[shops.habits.product] >= 0]
        place = self._place[products]
        values = self.weights_[np.ix_(self._place[given], np.maximum(place, 0))].astype(np.float64)
        values *= self._damping[products]
        new = (place >= 0) & (shops.habits.row_of(products) < 0)
        values[:, ~new] = 0.0
        return (Part("product", given, self.market.product_ids[given], values),)

    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """The purchase that speaks loudest, and how many of its buyers took this up later."""
        (part,) = parts
        if not len(part.keys):
            return [Words("succession.nothing", {})] * len(products)
        loudest = part.keys[np.argmax(part.values, axis=0)]
        upwards = part.values.sum(axis=0) > 0
        had, took = self.market.first_orders(loudest), self.market.first_orders(products)
        had[:, shops.at[0]] = 0  # others, not the shop itself
        later = ((had > 0) & (took > had)).sum(axis=1)
        free = ((had > 0) & ((took == 0) | (took > had))).sum(axis=1)
        return [
            _sentence(str(self.market.product_names[given]), int(many), int(shops), bool(up))
            for given, many, shops, up in zip(loudest, later, free, upwards, strict=True)
        ]

    @cached_property
    def _damping(self) -> npt.NDArray[np.float64]:
        return self.market.damping(self.settings.damping)

    @cached_property
    def _place(self) -> npt.NDArray[np.int64]:
        return _places(self.covered_, self.market.shape[1])

    @cached_property
    def _fitted(self) -> Scores | None:
        """Scores of the shops as they were fitted, shops x covered; None where they are many.

        Then they have few products each, and a sum is quick.
        """
        habits = self.market.habits
        if len(habits) * len(self.covered_) > READ_OFF:
            return None
        return self._summed(habits)


def _sentence(product: str, later: int, free: int, upwards: bool) -> Words:
    if not upwards:
        return Words("succession.against", {})
    if not later:
        return Words("succession.pattern", {"product": product})
    share = Percent(later / free)
    return Words("succession.followed", {"product": product, "share": share, "shops": free})


def _places(covered: IntArray, products: int) -> npt.NDArray[np.int64]:
    """Row of each product among the covered ones; -1 where it is not."""
    place = np.full(products, -1, dtype=np.int64)
    place[covered] = np.arange(len(covered))
    return place


def _columns(habits: Habits, covered: IntArray, products: int) -> sp.csr_array:
    """First day of each pair with a covered product: shops x covered."""
    at = _places(covered, products)[habits.product]
    inside = at >= 0
    start = np.concatenate(([0], np.cumsum(inside)))[habits.start]
    return sp.csr_array(
        (habits.first[inside].astype(np.float32), at[inside], start),
        shape=(len(habits), len(covered)),
    )


def _had(pairs: sp.csr_array) -> sp.csr_array:
    """1 for each pair."""
    ones = np.ones_like(pairs.data)
    return sp.csr_array((ones, pairs.indices, pairs.indptr), shape=pairs.shape)


def _followed(pairs: sp.csr_array, as_of_day: int, half_life: float) -> Dense:
    """R: how often the second product was first bought after a cut by shops that had the first.

    Window 0 lies before all cuts, window w between cut w and the next.
    """
    window = np.maximum(WINDOWS - (as_of_day - 1 - pairs.data.astype(np.int64)) // DAYS, 0)
    age = (WINDOWS + 1 - np.arange(1, WINDOWS + 1)) * DAYS
    weight = np.concatenate(([0.0], np.exp2(-age / half_life)))
    running = np.cumsum(weight / weight.sum())
    shape = pairs.shape
    shop = np.repeat(np.arange(shape[0]), np.diff(pairs.indptr))
    found = np.zeros((shape[1], shape[1]), dtype=np.float32)
    for b in range(1, WINDOWS + 1):
        new, had = window == b, window < b
        gain = (running[b] - running[window[had]]).astype(np.float32)
        before = sp.csr_array((gain, (pairs.indices[had], shop[had])), shape=shape[::-1])
        ones = np.ones(int(new.sum()), dtype=np.float32)
        after = sp.csr_array((ones, (shop[new], pairs.indices[new])), shape=shape)
        found += (before @ after).toarray()
    return found


def _sums(start: IntArray, rows: IntArray, had: Scores, weights: Dense) -> Scores:
    """Sums of rows of B for each shop, in double precision."""
    if len(start) == 2:
        found = np.zeros((1, weights.shape[1]))
        for first in range(0, len(rows), ROWS_AT_ONCE):
            some = slice(first, first + ROWS_AT_ONCE)
            found[0] += had[some] @ weights[rows[some]].astype(np.float64)
        return found
    left = sp.csr_array((had, rows, start), shape=(len(start) - 1, len(weights)))
    return np.asarray(left @ weights.astype(np.float64))
