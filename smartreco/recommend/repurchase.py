"""What the shop buys anyway: its habit, whether it is time again, and whether the product holds.

Own frequency is the bar that sophisticated models of repeat orders often miss
(Li et al. 2023, "A next basket recommendation reality check"). Three things go
beyond it. One half-life does not fit all products, so orders count at several.
A product has a rhythm, so time since the last order counts against the usual
interval. And products differ: some are ordered again by nearly everyone, some are
seasonal and over, which a product's own repeat share and present sales tell (the
time-aware item weighting of Romanov et al. 2023, TAIW, in additive form).

The score is a log-odds: of ordering the product again, over that of an average
product never ordered. `repeating.learn_repurchase` learns it on the inner cut.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import ClassVar, Final, Self

import numpy as np
import numpy.typing as npt

from smartreco.recommend.habits import FOREVER, HALF_LIVES, Habits
from smartreco.recommend.history import History, day_of
from smartreco.recommend.market import Market
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words
from smartreco.recommend.shops import Shops

Floats = npt.NDArray[np.float64]

HABIT, DUE, PRODUCT = 0, 1, 2
NAMES: Final = np.array(["habit", "due", "product"])
ENOUGH_FOR_RHYTHM = 3  # orders: two intervals of its own before a rhythm is claimed
PRIOR_BUYERS = 5.0  # that a product's repeat share is drawn to the mean with
LONGEST_WAIT = 20.0  # intervals without an order: beyond, a habit is equally over


@dataclass(frozen=True)
class RepurchaseSettings:
    """Log-odds that each of these adds; defaults are good on real wholesale orders."""

    bought: float = 2.5
    """Having ordered it at all, over an average product never ordered."""

    lately: float = 0.2
    """A unit of log(1 + orders), each order halved per 20 days of age; then 60, 180, never."""

    recent: float = 0.8
    season: float = 0.2
    ever: float = 1.0

    due: float = 0.3
    """A product whose usual interval ends by the next visit (`dueness`)."""

    again: float = 0.5
    """A unit of log share of its buyers who ordered the product more than once."""

    now: float = 0.4
    """A unit of log(orders by all shops), halved per 20 days; then 180."""

    volume: float = -0.1

    buyers: float = -0.15
    """A unit of log(shops that ever ordered the product)."""

    @classmethod
    def of(cls, coefficients: Floats) -> Self:
        """In the order of the fields."""
        return cls(*map(float, coefficients))

    @property
    def coefficients(self) -> Floats:
        """All of them, in the order of the fields."""
        return np.array(astuple(self), dtype=np.float64)


OWN = (
    6  # coefficients that are multiplied with the shop's own orders; the others with the product's
)


@dataclass(frozen=True)
class Repurchase(Scorer[RepurchaseSettings]):
    """Score = habit + due + product; 0 for what the shop never bought.

    Attributes
    ----------
    product_
        Products x 4: log repeat share, log orders lately and in a season, log buyers;
        each less its mean over all pairs of shop and product.
    """

    name: ClassVar[str] = "repurchase"
    settings: RepurchaseSettings
    product_: Floats

    @classmethod
    def fit(cls, market: Market, history: History, settings: RepurchaseSettings) -> Self:
        """Sum up how each product is ordered; everything else is in the habits."""
        return cls(market, settings, _products(market))

    def score(self, shops: Shops) -> Scores:
        """Sum of the parts, scattered over the products."""
        parts = self._parts(shops).sum(axis=1)
        return shops.habits.dense(parts, self.market.shape[1])

    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """Three rows: habit, due and product."""
        row = shops.habits.row_of(products)
        values = np.zeros((len(NAMES), len(products)))
        values[:, row >= 0] = self._parts(shops)[row[row >= 0]].T
        return (Part("own", np.array([HABIT, DUE, PRODUCT]), NAMES, values),)

    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """How often, when last, how regularly."""
        return [
            Words("repurchase.never", {}) if at < 0 else _sentence(shops.habits, int(at))
            for at in shops.habits.row_of(products)
        ]

    def features(self, shops: Shops) -> Floats:
        """What the coefficients are multiplied with: rows of the shops' habits x coefficients."""
        habits = shops.habits
        wait = self.market.next_visit[shops.at][habits.shop] - habits.last
        logs = [np.log1p(habits.counts(half_life)) for half_life in (*HALF_LIVES, FOREVER)]
        due = dueness(wait / habits.cadence, habits.times)
        return np.column_stack(
            [np.ones(len(habits.product)), *logs, due, self.product_[habits.product]]
        )

    def _parts(self, shops: Shops) -> Floats:
        """Habit, due and product of each row of the habits."""
        return shops.once("repurchase parts", lambda: self._added(shops), self)

    def _added(self, shops: Shops) -> Floats:
        features, adds = self.features(shops), self.settings.coefficients
        return np.column_stack(
            [
                features[:, : OWN - 1] @ adds[: OWN - 1],
                features[:, OWN - 1] * adds[OWN - 1],
                features[:, OWN:] @ adds[OWN:],
            ]
        )


def dueness(
    elapsed: npt.NDArray[np.floating], times: npt.NDArray[np.integer]
) -> npt.NDArray[np.float64]:
    """How due a product is, from the days since its last order over its usual interval.

    ``r * exp(1 - r)`` rises to 1 when the interval has just passed and fades
    again: a product not ordered for many intervals has been given up. Where the
    rhythm rests on few orders it says less: ``1 - 1 / times``.
    """
    known = np.minimum(np.nan_to_num(elapsed, nan=0.0, posinf=0.0), LONGEST_WAIT)
    return np.asarray(known * np.exp(1 - known) * (1 - 1 / times), dtype=np.float64)


def _products(market: Market) -> Floats:
    """The features of `Repurchase.product_`."""
    habits, products = market.habits, market.shape[1]
    buyers = np.bincount(habits.product, minlength=products)
    repeated = np.bincount(habits.product, habits.times > 1, minlength=products)
    lately, season = (
        np.bincount(habits.product, habits.counts(half_life), minlength=products)
        for half_life in (HALF_LIVES[0], HALF_LIVES[-1])
    )
    mean = repeated.sum() / max(buyers.sum(), 1)
    again = (repeated + PRIOR_BUYERS * max(mean, 0.01)) / (buyers + PRIOR_BUYERS)
    found = np.column_stack(
        [np.log(again), np.log(lately + 0.5), np.log(season + 0.5), np.log1p(buyers)]
    )
    return np.asarray(found - buyers @ found / max(buyers.sum(), 1))


def _sentence(habits: Habits, at: int) -> Words:
    times, last = int(habits.times[at]), day_of(int(habits.last[at]))
    if times < ENOUGH_FOR_RHYTHM:
        return Words("repurchase.bought", {"times": times, "last": last})
    cadence = max(1, round(float(habits.cadence[at])))
    return Words("repurchase.rhythm", {"times": times, "last": last, "cadence": cadence})
