"""What the shop buys anyway: how often lately, and whether it is time again.

Own frequency is the bar that sophisticated models of repeat orders often miss
(Li et al. 2023, "A next basket recommendation reality check"). One half-life
does not fit all products, so the habit sums the log of order counts at several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt

from smartreco.recommend.habits import FOREVER, HALF_LIVES, Habits
from smartreco.recommend.history import History, day_of
from smartreco.recommend.market import Market
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words
from smartreco.recommend.shops import Shops

HABIT, DUE = 0, 1
NAMES = np.array(["habit", "due"])
ENOUGH_FOR_RHYTHM = 3  # orders: two intervals of its own before a rhythm is claimed


@dataclass(frozen=True)
class RepurchaseSettings:
    """How own purchases count."""

    due: float = 0.5
    """Score of a product whose usual interval has just passed, beside its habit."""


@dataclass(frozen=True)
class Repurchase(Scorer[RepurchaseSettings]):
    """Score = habit + due; 0 for what the shop never bought."""

    name: ClassVar[str] = "repurchase"
    settings: RepurchaseSettings

    @classmethod
    def fit(cls, market: Market, history: History, settings: RepurchaseSettings) -> Self:
        """Nothing to learn: the habits hold it all."""
        return cls(market, settings)

    def score(self, shops: Shops) -> Scores:
        """Sum of both parts, scattered over the products."""
        parts = self._parts(shops.habits).sum(axis=1)
        return shops.habits.dense(parts, self.market.shape[1])

    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """Two rows: habit and due."""
        row = shops.habits.row_of(products)
        values = np.zeros((2, len(products)))
        values[:, row >= 0] = self._parts(shops.habits)[row[row >= 0]].T
        return (Part("own", np.array([HABIT, DUE]), NAMES, values),)

    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """How often, when last, how regularly."""
        return [
            Words("repurchase.never", {}) if at < 0 else _sentence(shops.habits, int(at))
            for at in shops.habits.row_of(products)
        ]

    def _parts(self, habits: Habits) -> npt.NDArray[np.float64]:
        """Habit and due of each row of the table."""
        logs = [np.log1p(habits.counts(half_life)) for half_life in (*HALF_LIVES, FOREVER)]
        elapsed = self.market.as_of_day - habits.last
        return np.column_stack(
            [sum(logs), self.settings.due * dueness(elapsed / habits.cadence, habits.times)]
        )


def dueness(
    elapsed: npt.NDArray[np.floating], times: npt.NDArray[np.integer]
) -> npt.NDArray[np.float64]:
    """How due a product is, from the days since its last order over its usual interval.

    ``r * exp(1 - r)`` rises to 1 when the interval has just passed and fades
    again: a product not ordered for many intervals has been given up. Where the
    rhythm rests on few orders it says less: ``1 - 1 / times``.
    """
    known = np.nan_to_num(elapsed, nan=0.0, posinf=0.0)
    return np.asarray(known * np.exp(1 - known) * (1 - 1 / times), dtype=np.float64)


def _sentence(habits: Habits, at: int) -> Words:
    times, last = int(habits.times[at]), day_of(int(habits.last[at]))
    if times < ENOUGH_FOR_RHYTHM:
        return Words("repurchase.bought", {"times": times, "last": last})
    cadence = max(1, round(float(habits.cadence[at])))
    return Words("repurchase.rhythm", {"times": times, "last": last, "cadence": cadence})
