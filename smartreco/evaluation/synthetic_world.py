"""A synthetic data set as the forecaster sees it, and what is true of the very same series.

Real orders never say what a forecast could have known at best. Here the demand that was to
be expected is known for each series and week, the coming ones among them, so that a
forecast is held against the best there can be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.synthetic import SyntheticData, Truth
from smartreco.forecast.arrays import Floats, Mask, Texts
from smartreco.forecast.coherent import Structure
from smartreco.forecast.held_back import with_held_back
from smartreco.forecast.linking import TOTAL_ID, groups, links
from smartreco.forecast.panel import Level, Panel

#: What the truth can be told of, or kept without.
CAUSES: Final = ("price", "festival", "season")
DAYS_A_WEEK: Final = 7


@dataclass(frozen=True)
class World:
    """One synthetic data set.

    Attributes
    ----------
    panel
        All levels but pairs, over the known weeks; weeks without stock are missing.
    structure
        How the series hang together.
    expected
        Demand to be expected with full shelves: series x (known and coming weeks).
    served
        The same with shelves as they were: what sales vary around.
    steady
        Demand to be expected by one who knows all of the generator but in which weeks each
        shop orders: every shop orders as often as it does, evenly; series x all weeks.
    price
        Log of the price for a piece, promotions taken off: products x all weeks, in the
        order of the panel's products.
    depth
        Share that a promotion takes off: products x all weeks.
    """

    panel: Panel
    structure: Structure
    expected: Floats
    served: Floats
    steady: Floats
    price: Floats
    depth: Floats

    @property
    def products(self) -> Mask:
        """Which series are products."""
        return np.asarray(self.panel.levels == Level.PRODUCT.value)


def world(data: SyntheticData) -> World:
    """Series of a data set with their truth."""
    truth, clean = data.truth, data.clean
    known = clean.products.sort_values(c.PRODUCT_ID)
    first = clean.orders.groupby(c.PRODUCT_ID)[c.ORDERED_AT].min()
    products = known[[c.PRODUCT_ID, c.CATEGORY, c.VENDOR_ID, c.LIST_PRICE, c.LAUNCHED_ON]].assign(
        first_week=known[c.PRODUCT_ID].map(first)
    )
    shops = clean.retailers[[c.RETAILER_ID, c.REGION]]
    ids, levels = _names(truth, products, shops)
    weeks = truth.timeline.weeks
    starts = np.datetime64(truth.timeline.start, "D") + DAYS_A_WEEK * np.arange(weeks)
    added = _Added(truth, products, shops, ids, levels)
    values = added.up(*_sold(data))
    missing = np.zeros(values.shape, dtype=bool)
    order = added.order
    missing[levels == Level.PRODUCT.value] = truth.stock_outs[order, :weeks]
    panel = Panel(
        values, ids, levels, groups(levels, ids, products, shops), starts, missing, clean.calendar
    )
    paid = truth.list_price * (1 - truth.depth)
    structure = Structure(links(products, shops), products)
    return World(
        with_held_back(panel, structure.links), structure,
        added.expected(truth, censored=False), added.expected(truth, censored=True),
        added.expected(_even(truth), censored=False),
        np.log(paid[order].astype(float)), truth.depth[order].astype(float),
    )  # fmt: skip


def without(data: SyntheticData, cause: str) -> SyntheticData:
    """The same data with a truth that knows nothing of one of `CAUSES`."""
    truth = data.truth
    if cause == "price":
        weeks = np.arange(truth.timeline.total) - truth.timeline.weeks / 2
        trend = np.exp(truth.products["trend"].to_numpy()[:, None] * weeks / 52)
        changed = replace(truth, level=trend.astype(np.float32))
    elif cause == "festival":
        profile = np.broadcast_to(truth.year_profile[None], truth.season.shape)
        changed = replace(truth, season=profile)
    else:
        changed = replace(truth, season=truth.season / truth.year_profile[None])
    return replace(data, truth=changed)


def _even(truth: Truth) -> Truth:
    """The truth with every shop's rhythm, and every category's, spread evenly over weeks."""
    opened = truth.visit > 0
    often = truth.visit.sum(axis=1) / np.maximum(opened.sum(axis=1), 1)
    return replace(
        truth, visit=(opened * often[:, None]).astype(np.float32), due=np.ones_like(truth.due)
    )


class _Added:
    """Adds products and shops up to the series of the panel."""

    def __init__(
        self, truth: Truth, products: pd.DataFrame, shops: pd.DataFrame, ids: Texts, levels: Texts
    ) -> None:
        named = pd.Index(truth.products[c.PRODUCT_ID])
        self.order = named.get_indexer(pd.Index(ids[levels == Level.PRODUCT.value]))
        self.members: list[tuple[str, Floats]] = []
        product, shop = named.to_numpy(), truth.retailers[c.RETAILER_ID].to_numpy()
        for level, what, of in (
            (Level.CATEGORY, c.CATEGORY, products.set_index(c.PRODUCT_ID)),
            (Level.VENDOR, c.VENDOR_ID, products.set_index(c.PRODUCT_ID)),
            (Level.REGION, c.REGION, shops.set_index(c.RETAILER_ID)),
        ):
            entity = shop if level is Level.REGION else product
            whole = of[what].reindex(entity).to_numpy()
            names = ids[levels == level.value]
            self.members.append((level.value, (names[:, None] == whole[None, :]).astype(float)))
        names = ids[levels == Level.RETAILER.value]
        self.shops = pd.Index(shop).get_indexer(pd.Index(names))
        self.levels = levels

    def up(self, by_product: Floats, by_shop: Floats) -> Floats:
        """All series from products x weeks and shops x weeks, in the truth's order."""
        made = np.zeros((len(self.levels), by_product.shape[1]))
        made[self.levels == Level.TOTAL.value] = by_product.sum(axis=0)
        made[self.levels == Level.PRODUCT.value] = by_product[self.order]
        made[self.levels == Level.RETAILER.value] = by_shop[self.shops]
        for level, member in self.members:
            source = by_shop if level == Level.REGION.value else by_product
            made[self.levels == level] = member @ source
        return made

    def expected(self, truth: Truth, censored: bool) -> Floats:
        """Of all series over all weeks."""
        weeks = range(truth.timeline.total)
        return self.up(
            truth.expected_demand(weeks, over="retailers", censored=censored).astype(float),
            truth.expected_demand(weeks, over="products", censored=censored).astype(float),
        )


def _names(truth: Truth, products: pd.DataFrame, shops: pd.DataFrame) -> tuple[Texts, Texts]:
    parts = {
        Level.TOTAL: np.array([TOTAL_ID]),
        Level.REGION: np.unique(shops[c.REGION].to_numpy(dtype=str)),
        Level.CATEGORY: np.unique(products[c.CATEGORY].to_numpy(dtype=str)),
        Level.VENDOR: np.unique(products[c.VENDOR_ID].to_numpy(dtype=str)),
        Level.RETAILER: np.unique(truth.retailers[c.RETAILER_ID].to_numpy(dtype=str)),
        Level.PRODUCT: np.unique(truth.products[c.PRODUCT_ID].to_numpy(dtype=str)),
    }
    ids = np.concatenate(list(parts.values()))
    return ids, np.concatenate([np.repeat(level.value, len(x)) for level, x in parts.items()])


def _sold(data: SyntheticData) -> tuple[Floats, Floats]:
    """Pieces sold: products x weeks and shops x weeks, in the truth's order."""
    truth, orders = data.truth, data.clean.orders
    start = np.datetime64(truth.timeline.start, "D")
    day = orders[c.ORDERED_AT].to_numpy().astype("datetime64[D]")
    week = (day - start).astype(np.int64) // DAYS_A_WEEK

    def added(column: str, entities: pd.Series[str]) -> Floats:
        row = pd.Index(entities).get_indexer(pd.Index(orders[column]))
        shape = len(entities), truth.timeline.weeks
        cell = row * shape[1] + week
        pieces = np.bincount(cell, orders[c.QUANTITY].to_numpy(dtype=float), shape[0] * shape[1])
        return np.asarray(pieces.reshape(shape))

    return (
        added(c.PRODUCT_ID, truth.products[c.PRODUCT_ID]),
        added(c.RETAILER_ID, truth.retailers[c.RETAILER_ID]),
    )
