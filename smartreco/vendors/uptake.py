"""How much a shop orders of a product it takes up, learned from products taken up before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEWEST: Final = 30  # take-ups below which only a mean is learned
GROUP_SHRINK: Final = 10.0  # take-ups that a category's or a vendor's own level is shrunk by
SLOPE_SHRINK: Final = 1.0
LIMITS: Final = (0.1, 0.9)  # of the 80 % limits
SPREAD_MOST: Final = 9.0  # of the squared variation: one shop that buys a lorry load


@dataclass(frozen=True)
class Goods:
    """What is known of products.

    Attributes
    ----------
    typical
        Pieces that a new buyer starts with.
    price
        Currency a piece, above 0.
    category, vendor
        Numbered from 0.
    """

    typical: Floats
    price: Floats
    category: Ints
    vendor: Ints

    def signals(self) -> Floats:
        """Products x 2."""
        return np.column_stack([np.log(np.maximum(self.typical, 1.0)), np.log(self.price)])


@dataclass(frozen=True)
class Uptake:
    """Pieces within the window at a shop that takes a product up, as shop x product factors.

    Attributes
    ----------
    by_shop, by_product
        Their product is the expected number of pieces.
    spread
        Squared variation of the value around it.
    low, high
        80 % limits of the value as shares of what is expected.
    taken
        Take-ups that it was learned from.
    """

    by_shop: Floats
    by_product: Floats
    spread: float
    low: float
    high: float
    taken: int


def learn(shop: Ints, product: Ints, pieces: Floats, size: Floats, goods: Goods) -> Uptake:
    """Learn from pairs that were taken up in a window.

    Log of pieces is linear in log of the typical first order, the price and the shop's size,
    with levels of categories and vendors that are shrunk to the whole; expected pieces are
    put right so that values sum to what they were.

    Parameters
    ----------
    shop, product, pieces
        A row a pair that was taken up: what it ordered over the window.
    size
        Of all shops, currency.
    """
    signals, large = goods.signals(), np.log1p(size)
    if len(shop) < FEWEST:
        return _mean(product, pieces, len(size), goods)
    slopes = np.column_stack([signals[product], large[shop]])
    middle = slopes.mean(axis=0)
    groups = int(goods.category.max()) + 1, int(goods.vendor.max()) + 1
    design = np.hstack(
        [
            np.ones((len(shop), 1)), slopes - middle,
            np.eye(groups[0])[goods.category[product]], np.eye(groups[1])[goods.vendor[product]],
        ]
    )  # fmt: skip
    held = np.r_[0.0, np.full(slopes.shape[1], SLOPE_SHRINK), np.full(sum(groups), GROUP_SHRINK)]
    found = np.linalg.solve(
        design.T @ design + np.diag(held + 1e-9), design.T @ np.log(np.maximum(pieces, 1.0))
    )
    slope, levels = found[1:4], found[4:]
    by_product = np.exp(
        found[0] + (signals - middle[:2]) @ slope[:2] + levels[: groups[0]][goods.category]
        + levels[groups[0] :][goods.vendor]
    )  # fmt: skip
    by_shop = np.exp((large - middle[2]) * slope[2])
    return _righted(by_shop, by_product, shop, product, pieces, goods.price)


def _mean(product: Ints, pieces: Floats, shops: int, goods: Goods) -> Uptake:
    """Too few to learn from: first orders as they usually are, times one factor."""
    usual = np.maximum(goods.typical, 1.0)
    each = (pieces.sum() + usual.mean()) / (usual[product].sum() + usual.mean())
    return Uptake(np.ones(shops), usual * each, 1.0, 0.4, 2.0, len(product))


def _righted(
    by_shop: Floats, by_product: Floats, shop: Ints, product: Ints, pieces: Floats, price: Floats
) -> Uptake:
    """Make expected values sum to what they were, and measure what is left."""
    expected, value = by_shop[shop] * by_product[product] * price[product], pieces * price[product]
    by_product = by_product * (value.sum() / expected.sum())
    expected = expected * (value.sum() / expected.sum())
    spread = ((value - expected) ** 2).sum() / (expected**2).sum()
    low, high = np.quantile(value / expected, LIMITS)
    return Uptake(
        by_shop, by_product, float(min(spread, SPREAD_MOST)), float(low), float(high), len(shop)
    )
