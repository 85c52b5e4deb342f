"""What the products of a category have in common: mean and spread of a coefficient.

A product's own prices tell little; a category's together tell much. The means and
spreads found here are the prior of each product's fit (empirical Bayes, Morris 1983).
Where even all products together hardly tell how far they differ, the likeliest spread is
often nought and intervals would be far too narrow: so the spread is the median of what
the data leave possible (Gelman 2006, "Prior distributions for variance parameters").
"""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.price_jackknife import variance

#: Standard deviations between products that are considered.
SPREADS: Final = np.geomspace(0.05, 2.5, 40)
#: By which all measured variances may be too small or too large.
FACTORS: Final = np.geomspace(0.6, 2.4, 13)
#: Of the half-normal belief about that standard deviation.
BELIEF: Final = 0.5
FEWEST: Final = 3  # products, below which a category is as all are
NO_NEWS: Final = 25.0  # variance of a measured value, from which on it tells nothing
BOUNDS: Final = (-15.0, 12.0)


def by_category(
    values: Floats, variances: Floats, usable: Mask, code: Ints, without: Floats
) -> tuple[Floats, Floats, Floats]:
    """Mean, variance of the mean and variance between products, of each product's category.

    Parameters
    ----------
    values, variances
        Measured, and how uncertain: products x coefficients.
    usable
        Products whose own fit tells something.
    code
        Category of each product, from 0.
    without
        The first coefficient without each block of weeks (blocks x products). Products of
        a category share their weeks, so that its mean is less sure than the products'
        number says; this shows by how much.
    """
    made = np.zeros((3, *values.shape))
    for at in range(values.shape[1]):
        value, variance = np.clip(values[:, at], *BOUNDS), variances[:, at]
        told = usable & np.isfinite(values[:, at]) & (variance < NO_NEWS)
        if told.sum() < FEWEST:
            made[:, :, at] = np.array([0.0, 1.0, BELIEF**2])[:, None]
            continue
        between = between_products(value[told], variance[told], code[told])
        left = np.clip(without, *BOUNDS) if at == 0 else value[None, :]
        mean, uncertain = _means(value, variance, told, code, between, left)
        made[0, :, at], made[1, :, at], made[2, :, at] = mean[code], uncertain[code], between
    return made[0], made[1], made[2]


def between_products(values: Floats, variances: Floats, code: Ints) -> float:
    """Variance of true values within categories: the median of what the data leave possible.

    Where measuring errors are far larger than differences, an error of a few per cent in
    `variances` would pass for a difference: so a factor common to all of them is unknown
    as well. The category means are integrated out (restricted likelihood).
    """
    factor, spread = (grid.ravel() for grid in np.meshgrid(FACTORS, SPREADS))
    total = variances[None, :] * factor[:, None] + spread[:, None] ** 2
    weight = 1 / total
    member = np.eye(int(code.max()) + 1)[code]
    sums = np.maximum(weight @ member, 1e-300)
    left = values[None, :] - ((weight * values) @ member / sums) @ member.T
    logs = -0.5 * (np.log(total) + weight * left**2).sum(axis=1)
    logs -= 0.5 * np.where(sums > 1e-300, np.log(sums), 0.0).sum(axis=1)
    logs -= 0.5 * (spread / BELIEF) ** 2
    chance = np.exp(logs - logs.max()).reshape(len(SPREADS), -1).sum(axis=1)
    chance *= np.gradient(SPREADS)
    return float(np.interp(0.5, np.cumsum(chance) / chance.sum(), SPREADS) ** 2)


def _means(
    values: Floats, variances: Floats, told: Mask, code: Ints, between: float, without: Floats
) -> tuple[Floats, Floats]:
    """Mean of each category and its variance, pulled to the mean of all categories."""
    weight = np.where(told, 1 / (variances + between), 0.0)
    member = np.eye(int(code.max()) + 1)[code] * weight[:, None]
    total = np.maximum(member.sum(axis=0), 1e-12)
    own, everyone = values @ member / total, float((weight * values).sum() / weight.sum())
    unsure = np.maximum(1 / total, variance(without @ member / total, own))
    known = (member > 0).sum(axis=0) >= FEWEST
    if not known.any():
        return np.full(len(own), everyone), np.full(len(own), 1 / weight.sum() + BELIEF**2)
    surplus = float(((own - everyone) ** 2 - unsure)[known].mean())
    apart = max(surplus, BELIEF**2)  # categories do differ, also where few show it
    trust = np.where(known, 1 / unsure, 0.0)
    return (trust * own + everyone / apart) / (trust + 1 / apart), 1 / (trust + 1 / apart)
