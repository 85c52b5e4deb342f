"""What the products of a category have in common: means and spreads of the slopes.

A product's own prices tell little; a category's together tell much. The means and
spreads found here are the prior of each product's fit (empirical Bayes, Morris 1983).

All slopes of a category are found together, not the price's alone: how much a promotion
is noticed is as unsure as how much its price works, and the two mistakes go together in
every product of the category. Taken one by one, the category's price slope would seem
far surer than it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.price_fit import Told

#: Standard deviations between products that are considered.
SPREADS: Final = np.geomspace(0.05, 2.5, 40)
#: By which all measured variances may still be too small or too large.
FACTORS: Final = np.geomspace(0.8, 1.25, 5)
#: Log-normal belief about that standard deviation: its middle, and its spread in logs.
BELIEF: Final = 0.35
BELIEF_SPREAD: Final = 0.4
FEWEST: Final = 3  # products, below which no spread is measured
MOST: Final = 1500  # products, the surest, that a spread is measured on
NO_NEWS: Final = 25.0  # variance of a measured slope, from which on it tells nothing
BOUNDS: Final = (-15.0, 12.0)
APART_PRICE: Final = 0.7  # standard deviation of the price's slope between categories
APART: Final = 0.2  # and of any other slope
VAGUE: Final = 0.25  # precision of the belief that slopes of all categories are about nought


@dataclass(frozen=True, slots=True)
class Common:
    """What is common to each category.

    Attributes
    ----------
    mean, covariance
        Categories x slopes, and how sure they are: categories x slopes x slopes.
    spread
        Standard deviation between products of one category, of each slope.
    """

    mean: Floats
    covariance: Floats
    spread: Floats


def common(told: Told, spread: Floats, usable: Mask, code: Ints) -> Common:
    """Means of the categories by generalised least squares, pulled to the mean of all.

    Parameters
    ----------
    spread
        Standard deviation between products of a category, of each slope.
    usable
        Products whose own fit tells something.
    code
        Category of each product, from 0; one without a usable product is as all are.
    """
    k = len(spread)
    information, pull = _between(told, np.diag(spread**-2.0))
    categories = int(code.max()) + 1
    sums, pulls = np.zeros((categories, k, k)), np.zeros((categories, k))
    np.add.at(sums, code[usable], information[usable])
    np.add.at(pulls, code[usable], pull[usable])
    like = np.diag(np.array([APART_PRICE] + [APART] * (k - 1)) ** -2.0)
    of_all, pull_of_all = _between(Told(sums, pulls), like)
    doubt = np.linalg.inv(of_all.sum(axis=0) + VAGUE * np.eye(k))
    everyone = doubt @ pull_of_all.sum(axis=0)
    own = np.linalg.inv(sums + like)
    leaning = own @ like
    mean = np.einsum("ckl,cl->ck", own, pulls + like @ everyone)
    return Common(mean, own + leaning @ doubt @ leaning.transpose(0, 2, 1), spread)


def posterior(told: Told, known: Common, code: Ints) -> tuple[Floats, Floats]:
    """Each product's slopes and their variances, its category being believed.

    A slope leans on the category's mean the more, the less its own weeks tell; by as much
    it carries the mean's own uncertainty.
    """
    belief = np.diag(known.spread**-2.0)
    made = np.linalg.inv(told.information + belief)
    pull = told.pull + known.mean[code] @ belief
    leaning = made @ belief
    shared = np.einsum("nik,nkl,nil->ni", leaning, known.covariance[code], leaning)
    return np.einsum("nkl,nl->nk", made, pull), np.einsum("nkk->nk", made) + shared


def spreads(told: Told, mean: Floats, spread: Floats, usable: Mask, code: Ints) -> Floats:
    """Standard deviation between products of one category, of each slope.

    Parameters
    ----------
    mean, spread
        What was believed so far: products x slopes, and of each slope.
    """
    found = np.full(len(spread), BELIEF)
    for at in range(len(spread)):
        value, variance = told.alone(at, mean, spread)
        rows = np.flatnonzero(usable & np.isfinite(value) & (variance < NO_NEWS))
        if len(rows) >= FEWEST:
            rows = rows[np.argsort(variance[rows], kind="stable")[:MOST]]
            clipped = np.clip(value[rows], *BOUNDS)
            found[at] = np.sqrt(between_products(clipped, variance[rows], code[rows]))
    return found


def between_products(values: Floats, variances: Floats, code: Ints) -> float:
    """Variance of true values within categories: the median of what the data leave possible.

    Where measuring errors are far larger than differences, the likeliest spread is often
    nought and intervals would be far too narrow: so products are believed to differ by a
    few tenths until they say otherwise (a belief that keeps off nought, as in Chung,
    Rabe-Hesketh et al. 2013). An error of a few per cent in `variances` would pass for a
    difference: so a factor common to all of them is unknown as well. The category means
    are integrated out (restricted likelihood).
    """
    factor, spread = (grid.ravel() for grid in np.meshgrid(FACTORS, SPREADS))
    total = variances[None, :] * factor[:, None] + spread[:, None] ** 2
    weight = 1 / total
    member = np.eye(int(code.max()) + 1)[code]
    sums = np.maximum(weight @ member, 1e-300)
    left = values[None, :] - ((weight * values) @ member / sums) @ member.T
    logs = -0.5 * (np.log(total) + weight * left**2).sum(axis=1)
    logs -= 0.5 * np.where(sums > 1e-300, np.log(sums), 0.0).sum(axis=1)
    logs -= 0.5 * (np.log(spread / BELIEF) / BELIEF_SPREAD) ** 2
    chance = np.exp(logs - logs.max()).reshape(len(SPREADS), -1).sum(axis=1)
    return float(np.interp(0.5, np.cumsum(chance) / chance.sum(), SPREADS) ** 2)


def _between(told: Told, belief: Floats) -> tuple[Floats, Floats]:
    """What is told of the mean that slopes spread around: (V + 1 / belief)^-1, and its pull.

    Written with the information so that slopes nothing is told of do no harm.
    """
    share = told.information @ np.linalg.inv(told.information + belief)
    return (
        told.information - share @ told.information,
        told.pull - np.einsum("nkl,nl->nk", share, told.pull),
    )
