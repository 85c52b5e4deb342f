"""Products without a past of their own: what like products sold when they were new.

The first weeks of others from the same category, nearest in price, give the mean
and the bands; what the product has sold itself weighs in week by week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask, Texts
from smartreco.forecast.quantiles import PROBABILITIES


@dataclass(frozen=True, slots=True)
class NewcomerSettings:
    """Whom a newcomer is compared with.

    Attributes
    ----------
    new_weeks
        Weeks since the first sale up to which a product is a newcomer.
    likes
        Most products it is compared with.
    trust_after
        Own weeks at which own and others' sales weigh the same.
    """

    new_weeks: int = 6
    likes: int = 20
    trust_after: float = 4.0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Of each product: category, price (NaN: unknown), and the week of its first sale.

    As many as there are weeks: not sold yet; more: not there yet, and not forecast.
    """

    category: Texts
    price: Floats
    first: Ints


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Rows of the newcomers, their means (rows x horizon) and quantiles (rows x horizon x 5)."""

    rows: Ints
    mean: Floats
    quantiles: Floats


def newcomers(
    demand: Floats, catalogue: Catalogue, horizon: int, settings: NewcomerSettings | None = None
) -> Newcomers:
    """Forecast the products that are new; those nothing can be compared with get no row.

    Parameters
    ----------
    demand
        Products x weeks.
    """
    settings = settings or NewcomerSettings()
    T = demand.shape[1]
    age = T - catalogue.first
    found: list[tuple[int, Floats, Floats]] = []
    for row in np.flatnonzero((age >= 0) & (age < settings.new_weeks)):
        curves = _curves(demand, catalogue, int(row), int(age[row]) + horizon, settings)
        if curves is not None:
            found.append((int(row), *_one(demand[row], curves, int(age[row]), horizon, settings)))
    rows = np.array([row for row, _, _ in found], dtype=np.int64)
    if not found:
        return Newcomers(rows, np.zeros((0, horizon)), np.zeros((0, horizon, len(PROBABILITIES))))
    return Newcomers(rows, np.stack([m for _, m, _ in found]), np.stack([q for _, _, q in found]))


def _curves(
    demand: Floats, catalogue: Catalogue, row: int, weeks: int, settings: NewcomerSettings
) -> Floats | None:
    """First weeks of like products that are old enough: products x weeks; None where none is.

    Products sold from the panel's first week may be of any age, so they count only
    where no launch was seen.
    """
    T = demand.shape[1]
    same = catalogue.category == catalogue.category[row]
    same[row] = False
    old = same & (catalogue.first + weeks <= T) & (demand.sum(axis=1) > 0)
    launched = old & (catalogue.first > 0)
    like: Mask = launched if launched.any() else old
    if not like.any():
        return None
    chosen = _nearest(np.flatnonzero(like), catalogue.price, row, settings.likes)
    at = catalogue.first[chosen][:, None] + np.arange(weeks)
    return np.take_along_axis(demand[chosen], at, axis=1)


def _nearest(rows: Ints, price: Floats, row: int, most: int) -> Ints:
    """Nearest in the logarithm of price; unknown prices last."""
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(np.log(price[rows]) - np.log(price[row]))
    return rows[np.argsort(np.where(np.isfinite(apart), apart, np.inf), kind="stable")[:most]]


def _one(
    own: Floats, curves: Floats, age: int, horizon: int, settings: NewcomerSettings
) -> tuple[Floats, Floats]:
    """Mean and quantiles of the coming weeks, scaled to what was sold so far."""
    age = max(age, 0)
    coming = curves[:, age : age + horizon]
    mean = coming.mean(axis=0)
    quantiles = np.quantile(coming, PROBABILITIES, axis=0).T
    if age:
        theirs, sold = curves[:, :age].mean(), own[-age:].mean()
        trust = age / (age + settings.trust_after)
        factor = (1 - trust) + trust * sold / theirs if theirs > 0 else 1.0
        mean, quantiles = mean * factor, quantiles * factor
    return np.asarray(mean), np.asarray(np.sort(quantiles, axis=1))
