"""What every shop might take up, worked out once for all vendors.

The model scores all shops; chances, quantities and their spread are learned on windows before
the last known day, each foretold from the one before it, as the coming one is. The last window
that anybody might judge it by lies ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from smartreco.columns import CATEGORY, QUANTITY, REGION, VENDOR
from smartreco.recommend import first_orders
from smartreco.recommend.first_orders import Chances, candidates_of
from smartreco.recommend.history import DAY, History, day_of
from smartreco.recommend.model import Model
from smartreco.recommend.refitting import refit_model
from smartreco.vendors import uptake as uptakes
from smartreco.vendors.uptake import Goods, Uptake
from smartreco.vendors.white_space import Spread, Sums, learn_spread, pair_sums

HORIZON_WEEKS: Final = 8
"""Weeks looked ahead: two to four orders of a shop, so that a first order has its chance,
and short enough that three such windows lie within half a year and are alike."""

WINDOW_DAYS: Final = 7 * HORIZON_WEEKS
MOST_WINDOWS: Final = 3  # one to learn chances, and one before each that errors are learned on
FEWEST_DAYS: Final = 2 * WINDOW_DAYS  # of orders before the earliest window
PRODUCTS_AT_ONCE: Final = 512  # bounds memory at a few blocks of all shops x this

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WhiteBook:
    """Chances of all shops and products.

    Attributes
    ----------
    as_of
        First day that is not known.
    retailer_ids, product_ids
        Of the rows and columns.
    chance
        Shops x products, float16: of an order within the horizon; 0 of pairs that are bought.
    uptake
        Pieces where a product is taken up, in the order of the same.
    spread
        How far sums may be off.
    windows
        Past windows that it was learned from.
    """

    as_of: date
    retailer_ids: npt.NDArray[np.str_]
    product_ids: npt.NDArray[np.str_]
    chance: npt.NDArray[np.float16]
    uptake: Uptake
    spread: Spread
    windows: int


def make_book(
    model: Model, history: History, size: Floats, price: Floats, rng: np.random.Generator
) -> WhiteBook | None:
    """Score all shops and learn what scores are worth.

    Parameters
    ----------
    model, history
        Of the same shops, products and last day.
    size
        What each shop counts with, currency.
    price
        Of each product, currency a piece; NaN where unknown.

    Returns
    -------
    None where the data are too short, or too little was taken up, to learn from.
    """
    goods = _goods(model, history, price)
    region = pd.factorize(history.retailers[REGION])[0].astype(np.int64) + 1
    learned: tuple[Chances, Uptake] | None = None
    taken: list[pd.DataFrame] = []
    foretold: list[tuple[Sums, Floats]] = []
    windows = 0
    for cut, later in _windows(history):
        then = refit_model(history.before(day_of(cut)), model, rng=rng)
        found = candidates_of(then, WINDOW_DAYS)
        if learned is not None:
            foretold += _judged(learned, found, later, goods, region)
        chances = first_orders.learn(found, later, rng)
        if chances is None:
            continue
        windows += 1
        taken.append(_taken(chances.of(found), later))
        rows = pd.concat(taken)
        learned = chances, uptakes.learn(
            rows["shop"].to_numpy(), rows["product"].to_numpy(), rows["pieces"].to_numpy(),
            size, goods,
        )  # fmt: skip
    if learned is None:
        return None
    market = model.market
    chance = learned[0].of(candidates_of(model, WINDOW_DAYS))
    chance[:, ~(price > 0)] = 0.0
    return WhiteBook(
        day_of(market.as_of_day), market.retailer_ids, market.product_ids,
        chance.astype(np.float16), learned[1], learn_spread(foretold), windows,
    )  # fmt: skip


def _windows(history: History) -> Iterator[tuple[int, sp.csr_array]]:
    """First days of past windows, the earliest first, with the pieces that were ordered in them."""
    day = history.purchases[DAY].to_numpy()
    first, end = int(day.min(initial=history.as_of_day)), history.as_of_day
    many = min(MOST_WINDOWS, (end - first - FEWEST_DAYS) // WINDOW_DAYS)
    shop, product, _ = history.arrays()
    for back in range(many, 0, -1):
        cut = end - back * WINDOW_DAYS
        inside = (day >= cut) & (day < cut + WINDOW_DAYS)
        cells = (shop[inside], product[inside])
        pieces = history.purchases[QUANTITY].to_numpy(dtype=float)[inside]
        yield cut, sp.csr_array(sp.coo_array((pieces, cells), shape=history.shape))


def _goods(model: Model, history: History, price: Floats) -> Goods:
    products = history.products
    known = np.where(price > 0, price, 1.0)
    return Goods(
        model.market.typical_quantity.astype(float), known,
        pd.factorize(products[CATEGORY])[0].astype(np.int64) + 1,
        pd.factorize(products[VENDOR])[0].astype(np.int64) + 1,
    )  # fmt: skip


def _taken(chance: npt.NDArray[np.float32], later: sp.csr_array) -> pd.DataFrame:
    """Pairs that were taken up: columns shop, product, pieces."""
    shop, product = later.nonzero()
    pieces = np.asarray(later[shop, product]).ravel()
    new = chance[shop, product] > 0
    return pd.DataFrame(
        {"shop": shop[new], "product": product[new], "pieces": pieces[new]}
    ).astype({"shop": np.int64, "product": np.int64})  # fmt: skip


def _judged(
    learned: tuple[Chances, Uptake], found: first_orders.Candidates, later: sp.csr_array,
    goods: Goods, region: Ints,
) -> list[tuple[Sums, Floats]]:  # fmt: skip
    """A window foretold from the ones before it, beside what came: by vendor and region, all."""
    chances, uptake = learned
    chance = chances.of(found)
    vendors, regions = int(goods.vendor.max()) + 1, int(region.max()) + 1
    cells = regions * vendors
    parts = np.zeros((3, cells))
    for start in range(0, chance.shape[1], PRODUCTS_AT_ONCE):
        some = slice(start, start + PRODUCTS_AT_ONCE)
        value = uptake.by_shop[:, None] * (uptake.by_product * goods.price)[some]
        sums = pair_sums(chance[:, some].astype(float), value, uptake.spread, region, regions)
        cell = (np.arange(regions)[:, None] * vendors + goods.vendor[some]).ravel()
        for part, one in zip(parts, sums, strict=True):
            part += np.bincount(cell, one.ravel(), minlength=cells)
    rows = _taken(chance, later)
    at = region[rows["shop"]] * vendors + goods.vendor[rows["product"]]
    came = np.bincount(at, rows["pieces"] * goods.price[rows["product"]], minlength=cells)
    fine, vendor, whole = Sums(*parts), np.arange(cells) % vendors, np.zeros(cells, dtype=np.int64)
    return [
        (
            fine.joined(group, many),
            np.asarray(np.bincount(group, came, minlength=many), dtype=float),
        )
        for group, many in ((np.arange(cells), cells), (vendor, vendors), (whole, 1))
    ]
