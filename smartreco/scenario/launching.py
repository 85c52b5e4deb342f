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
from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.smoothing import moving_mean
from smartreco.scenario.market import Market

LIKES: Final = 20  # most products that a launch is compared with
FEWEST_LIKE: Final = 4  # of a sub-category, below which the whole category is compared with
FEWEST: Final = 8  # launches seen that weigh as much as the assumption of a slow start
YEAR: Final = 52
SLOW_START: Final = 8  # weeks that a new product needs to be known, where no launch was seen
FIRST: Final = 0.3  # of what it sells later, in its first week
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
    panel = market.panel
    demand, T = panel.demand[rows], panel.weeks
    first = (demand > 0).argmax(axis=1)
    new = (first > 0) & (first + weeks <= T)
    usual = _usual(market, rows)
    start = _starts(demand, first, new, usual, weeks)
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


def _starts(demand: Floats, first: Ints, new: Mask, usual: Floats, weeks: int) -> Floats:
    """How far a product is known, week by week: learned from launches seen, else assumed."""
    week = np.arange(weeks)
    assumed = np.clip(FIRST + (1 - FIRST) * week / SLOW_START, 0.0, 1.0)
    if new.sum() < FEWEST:
        return np.asarray(assumed)
    level = moving_mean(demand, YEAR)[:, -1]
    at = first[new][:, None] + week
    seen = np.take_along_axis(demand[new], at, axis=1).sum(axis=0)
    share = seen / max(float(np.where(usual > 0, usual, level)[new].sum()), 1e-9)
    trust = new.sum() / (new.sum() + FEWEST)
    return np.asarray(np.clip(trust * share + (1 - trust) * assumed, 0.05, 1.5))


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
