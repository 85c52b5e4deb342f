"""What a new product may sell, and to whom: the first weeks of others like it.

Each like product's start is one possible course, equally likely: a launch goes well or
badly in all of its weeks, so courses are kept whole. Their season is taken out and that of
the weeks ahead put in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco import columns as c
from smartreco.forecast.arrays import Floats, Ints
from smartreco.scenario.market import Market

LIKES: Final = 20  # most products that a launch is compared with
FEWEST_LIKE: Final = 4  # of a sub-category, below which the whole category is compared with
FEWEST: Final = 8  # launches seen that weigh as much as the assumption of a slow start
YEAR: Final = 52
SLOW_START: Final = 8  # weeks that a new product needs to be known, where no launch was seen
FIRST: Final = 0.3  # of what it sells later, in its first week
BEFORE: Final = 13  # weeks without a sale before a first one that is taken for a launch
MOST_LAUNCHES: Final = 60  # that are looked at, the latest
MOST_SHOPS: Final = 50
MOST_SPREAD: Final = 1.2  # in logs


@dataclass(frozen=True, slots=True)
class LikelyShop:
    """A shop that may take the new product.

    ``likelihood`` : share of like products that it bought lately; ``units`` : pieces a week
    of those that it bought.
    """

    retailer_id: str
    likelihood: float
    units: float


def likes(market: Market, category: str, subcategory: str, price: float) -> Ints:
    """Products to compare with, nearest in price first: of the sub-category, else the category.

    Parameters
    ----------
    subcategory
        "" : none.
    """
    inside = (market.panel.demand.sum(axis=1) > 0) & (market.goods.category == category)
    rows = np.flatnonzero(inside & (market.goods.subcategory == subcategory))
    if not subcategory or len(rows) < FEWEST_LIKE:
        rows = np.flatnonzero(inside)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(np.log(market.price[rows]) - np.log(price))
    order = np.argsort(np.where(np.isfinite(apart), apart, np.inf), kind="stable")
    return np.asarray(rows[order[:LIKES]])


def courses(market: Market, rows: Ints, weeks: int) -> Floats:
    """First weeks of like products at the season ahead: products x weeks.

    One that has been sold all along stands in with its usual weeks, slowed as new ones are.
    """
    usual = _usual(market, rows)
    start = starts(market, weeks)
    season = market.mean[rows][:, :weeks] / np.maximum(
        market.mean[rows][:, :weeks].mean(axis=1, keepdims=True), 1e-9
    )
    return np.asarray(usual[:, None] * season * start[None, :])


def spread(found: Floats) -> float:
    """Spread (log) around each of some courses, so that all together are a smooth distribution.

    The width is that of a kernel estimate (Silverman 1986, equation 3.28), at most `MOST_SPREAD`.
    """
    size = np.log(np.maximum(found.sum(axis=1), 1.0))
    return float(min(1.06 * size.std() * len(size) ** -0.2, MOST_SPREAD))


def _usual(market: Market, rows: Ints) -> Floats:
    """Pieces a week ahead of each, all weeks alike; of one that left, what it sold while there."""
    ahead = market.mean[rows].mean(axis=1)
    demand = market.panel.demand[rows]
    begun = (demand > 0).argmax(axis=1)[:, None] <= np.arange(demand.shape[1])
    while_there = (demand * begun).sum(axis=1) / np.maximum(begun.sum(axis=1), 1)
    gone = ahead < 0.1 * while_there
    return np.asarray(np.where(gone, while_there, ahead))


def starts(market: Market, weeks: int) -> Floats:
    """What a new product sells beside like ones, week by week: from launches seen, else assumed.

    Few shops know it at first, and many a new product never sells as the old ones do that
    stayed. Both are read off products that came while their like were there already.
    """
    assumed = np.clip(FIRST + (1 - FIRST) * np.arange(weeks) / SLOW_START, 0.0, 1.0)
    own, like = _launches(market, weeks)
    if not len(own):
        return np.asarray(assumed)
    # Each launch by its size, so that the largest shelf does not speak for all.
    size = 1 / np.maximum(own.sum(axis=1) + like.sum(axis=1), 1e-9)
    share = (size @ own) / np.maximum(size @ like, 1e-9)
    trust = len(own) / (len(own) + FEWEST)
    return np.asarray(np.clip(trust * share + (1 - trust) * assumed, 0.02, 1.5))


def _launches(market: Market, weeks: int) -> tuple[Floats, Floats]:
    """First weeks of products that were launched, and of their like in the same weeks."""
    demand, T = market.panel.demand, market.panel.weeks
    first = np.where((demand > 0).any(axis=1), (demand > 0).argmax(axis=1), T)
    new = np.flatnonzero((first >= BEFORE) & (first + weeks <= T))
    new = new[np.argsort(-first[new], kind="stable")[:MOST_LAUNCHES]]
    own, like = [], []
    for row in new:
        goods = market.goods
        near = likes(
            market, str(goods.category[row]), str(goods.subcategory[row]), float(market.price[row])
        )
        near = near[first[near] <= first[row] - BEFORE]
        if len(near):
            ahead = slice(int(first[row]), int(first[row]) + weeks)
            own.append(demand[row, ahead])
            like.append(demand[near, ahead].mean(axis=0))
    none = np.zeros((0, weeks))
    return (np.array(own), np.array(like)) if own else (none, none)


def likely_shops(market: Market, rows: Ints, most: int = MOST_SHOPS) -> tuple[LikelyShop, ...]:
    """Shops by how many of the like products they bought lately."""
    names = market.goods.ids[rows]
    bought = market.buyers[market.buyers[c.PRODUCT_ID].isin(names)]
    if bought.empty:
        return ()
    found = bought.groupby(c.RETAILER_ID)["units"].agg(["size", "sum"])
    found = found.sort_values(["size", "sum"], ascending=False, kind="stable").head(most)
    weeks = max(min(26, market.panel.weeks), 1)
    return tuple(
        LikelyShop(str(shop), float(size) / len(rows), float(units) / weeks / float(size))
        for shop, size, units in zip(found.index, found["size"], found["sum"], strict=True)
    )
