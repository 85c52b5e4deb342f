"""How likely each shop is to order what it does not buy, over all pairs of shop and product.

The probabilities on lists (`probability`) are learned from the best offers of each list and
speak of four weeks. Whoever adds up all shops that might take a product needs the thousands
of unlikely ones right too: here chances are learned from every pair, on a past window that
has the length they speak of. A chance depends on the model's score, the shop's activity, and
how readily shops take up the product and the shop takes up products.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.recommend.habits import Habits
from smartreco.recommend.logistic import fit_coefficients, logistic
from smartreco.recommend.market import Market
from smartreco.recommend.model import Model
from smartreco.recommend.probability import shop_features

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

LAPSED_DAYS: Final = 182
"""Days without an order after which a shop counts as not buying a product any more."""

MOST_SAMPLED: Final = 200_000  # pairs without an order that chances are learned from
FEWEST_TAKERS: Final = 20  # pairs with one, below which nothing is learned
SHOPS_AT_ONCE: Final = 128  # scored in one go: bounds memory
PRIOR: Final = 5.0  # take-ups that a rate is shrunk by to the mean
RIDGE: Final = 1.0


@dataclass(frozen=True)
class Candidates:
    """Pairs of shop and product that are not bought, with what their chance depends on.

    Attributes
    ----------
    score
        Shops x products, float32: of pairs never bought; NaN where bought, where the product
        is not on offer, and of shops that never ordered anything.
    shop_signals, product_signals
        Shops x 6 and products x 2.
    lapsed_shop, lapsed_product
        Pairs bought once, but not for `LAPSED_DAYS`.
    lapsed_signals
        Of each of them: score as a repeat order, log of orders, log of days since the last.
    """

    score: npt.NDArray[np.float32]
    shop_signals: Floats
    product_signals: Floats
    lapsed_shop: Ints
    lapsed_product: Ints
    lapsed_signals: Floats


@dataclass(frozen=True)
class Chances:
    """What was learned: constant, score (or what lapsed pairs have), shop, product."""

    never: Floats
    lapsed: Floats | None

    def of(self, candidates: Candidates) -> npt.NDArray[np.float32]:
        """Chance of an order in the window, shops x products; 0 where there is none to take."""
        found = np.zeros(candidates.score.shape, dtype=np.float32)
        shops = candidates.shop_signals.shape[1]
        by_shop = self.never[0] + candidates.shop_signals @ self.never[2 : 2 + shops]
        by_product = candidates.product_signals @ self.never[2 + shops :]
        for start in range(0, len(found), SHOPS_AT_ONCE):
            rows = slice(start, start + SHOPS_AT_ONCE)
            score = candidates.score[rows].astype(np.float64)
            chance = logistic(self.never[1] * score + by_shop[rows, None] + by_product)
            found[rows] = np.where(np.isnan(score), 0.0, chance)
        if self.lapsed is not None and len(candidates.lapsed_shop):
            at = candidates.lapsed_shop, candidates.lapsed_product
            found[at] = logistic(_lapsed_features(candidates) @ self.lapsed)
        return found


def candidates_of(model: Model, window_days: int) -> Candidates:
    """Score all shops of a model, block by block.

    Parameters
    ----------
    window_days
        Length of the window that is looked ahead; rates of take-up are of one as long before.
    """
    market = model.market
    score = np.full(market.shape, np.nan, dtype=np.float32)
    shop = np.zeros((market.shape[0], 6))
    lapsed: list[tuple[Ints, Ints, Floats]] = []
    for start in range(0, market.shape[0], SHOPS_AT_ONCE):
        rows = slice(start, min(start + SHOPS_AT_ONCE, market.shape[0]))
        block = model.shops(market.retailer_ids[rows].tolist())
        fresh = model.score(block, ListName.DISCOVER)
        mask = fresh.mask & market.ordering[rows, None]
        score[rows] = np.where(mask, fresh.totals, np.nan)
        shop[rows, :5] = shop_features(market.as_of_day, block.habits, fresh.totals, fresh.mask)
        at, product, signals = _lapsed(block.habits, market)
        again = model.score(block, ListName.REORDER).totals[at, product]
        lapsed.append((at + start, product, np.column_stack([again, signals])))
    by_shop, by_product = _rates(market, window_days)
    shop[:, 5] = by_shop
    return Candidates(
        score, shop, by_product, *(np.concatenate(part) for part in zip(*lapsed, strict=True))
    )


def learn(candidates: Candidates, later: sp.csr_array, rng: np.random.Generator) -> Chances | None:
    """Learn chances from what was ordered in the window after.

    Parameters
    ----------
    later
        Shops x products: pieces ordered in the window.

    Returns
    -------
    None where fewer than `FEWEST_TAKERS` pairs were taken up.

    Pairs without an order are sampled, and the constant put right for it (King and Zeng,
    "Logistic regression in rare events data", 2001).
    """
    taken = np.zeros(candidates.score.shape, dtype=bool)
    taken[later.nonzero()] = True
    some = ~np.isnan(candidates.score)
    yes = np.flatnonzero(some & taken)
    others = int(some.sum()) - len(yes)
    if len(yes) < FEWEST_TAKERS or not others:
        return None
    no = _sampled(some & ~taken, rng)
    never = _fit(_features(candidates, np.concatenate([yes, no])), len(yes))
    never[0] += np.log(len(no) / others)
    lapsed = None
    again = taken[candidates.lapsed_shop, candidates.lapsed_product]
    if again.sum() >= FEWEST_TAKERS:
        order = np.argsort(~again, kind="stable")
        lapsed = _fit(_lapsed_features(candidates)[order], int(again.sum()))
    return Chances(never, lapsed)


def _sampled(of: Mask, rng: np.random.Generator) -> Ints:
    """Cells that are true: all, or `MOST_SAMPLED` without listing tens of millions."""
    cells = of.ravel()
    if len(cells) <= 4 * MOST_SAMPLED:
        found = np.flatnonzero(cells)
        return rng.permutation(found)[:MOST_SAMPLED]
    drawn = rng.integers(0, len(cells), 4 * MOST_SAMPLED)
    return np.unique(drawn[cells[drawn]])[:: 1 + int(cells[drawn].sum()) // (2 * MOST_SAMPLED)]


def _fit(features: Floats, yes: int) -> Floats:
    """Coefficients, all features on one scale while the prior holds them near 0.

    The first `yes` rows were ordered, the others not.
    """
    outcome = np.arange(len(features)) < yes
    mean, scale = features.mean(axis=0), features.std(axis=0)
    mean[0], scale[scale < 1e-12] = 0.0, 1.0
    found = fit_coefficients((features - mean) / scale, outcome, strength=RIDGE) / scale
    found[0] -= found[1:] @ mean[1:]
    return np.asarray(found)


def _features(candidates: Candidates, at: Ints) -> Floats:
    shop, product = np.divmod(at, candidates.score.shape[1])
    return np.column_stack(
        [
            np.ones(len(at)), candidates.score[shop, product], candidates.shop_signals[shop],
            candidates.product_signals[product],
        ]
    )  # fmt: skip


def _lapsed_features(candidates: Candidates) -> Floats:
    return np.column_stack(
        [
            np.ones(len(candidates.lapsed_shop)), candidates.lapsed_signals,
            candidates.shop_signals[candidates.lapsed_shop],
            candidates.product_signals[candidates.lapsed_product],
        ]
    )  # fmt: skip


def _lapsed(habits: Habits, market: Market) -> tuple[Ints, Ints, Floats]:
    """Pairs of a block that are not bought any more, and what is known of them."""
    age = market.as_of_day - habits.last.astype(np.int64)
    rows = np.flatnonzero((age > LAPSED_DAYS) & market.active[habits.product])
    signals = np.column_stack([np.log1p(habits.times[rows]), np.log1p(age[rows])])
    return habits.shop[rows], habits.product[rows].astype(np.int64), signals


def _rates(market: Market, window_days: int) -> tuple[Floats, Floats]:
    """Logs of how readily shops took up new products, and products were taken up, lately.

    Of products also the log of the shops that lately bought them.
    """
    habits, (shops, products) = market.habits, market.shape
    new = habits.first >= market.as_of_day - window_days
    lately = habits.last >= market.as_of_day - window_days
    pairs = len(habits.product)
    mean = max(new.sum(), 1) / max(shops * products - pairs + new.sum(), 1)

    def rate(of: npt.NDArray[np.integer], many: int, could: int) -> Floats:
        taken = np.bincount(of[new], minlength=many)
        open_ = could - np.bincount(of, minlength=many) + taken
        return np.asarray(np.log((taken + PRIOR) / (open_ + PRIOR / mean)))

    by_product = np.column_stack(
        [
            rate(habits.product, products, shops),
            np.log1p(np.bincount(habits.product[lately], minlength=products)),
        ]
    )
    return rate(habits.shop, shops, products), by_product
