"""Quantities of products taken up, where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.vendors.uptake import Goods, learn


def world(seed: int, taken: int) -> tuple[Goods, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Pieces = typical x shop factor x noise, twice as many in category 1."""
    rng = np.random.default_rng(seed)
    products, shops = 80, 100
    goods = Goods(
        rng.integers(2, 40, products).astype(float), rng.uniform(1, 50, products),
        rng.integers(0, 2, products), rng.integers(0, 4, products),
    )  # fmt: skip
    size = np.exp(rng.normal(8, 1, shops))
    shop, product = rng.integers(0, shops, taken), rng.integers(0, products, taken)
    pieces = goods.typical[product] * np.sqrt(size[shop] / 3000) * (1 + goods.category[product])
    return goods, size, shop, product, pieces * np.exp(rng.normal(0, 0.3, taken))


def test_what_makes_quantities_is_found() -> None:
    goods, size, shop, product, pieces = world(1, 3000)
    found = learn(shop, product, pieces, size, goods)
    expected = found.by_shop[shop] * found.by_product[product]
    assert np.corrcoef(np.log(expected), np.log(pieces))[0, 1] > 0.9
    value = goods.price[product]
    assert (expected * value).sum() == pytest.approx((pieces * value).sum())
    ratio = pieces / expected
    assert ((ratio >= found.low) & (ratio <= found.high)).mean() == pytest.approx(0.8, abs=0.01)
    assert 0.03 < found.spread < 0.3


def test_few_take_ups_give_a_mean_and_wide_limits() -> None:
    goods, size, shop, product, pieces = world(2, 5)
    found = learn(shop, product, pieces, size, goods)
    assert set(found.by_shop) == {1.0}
    assert (found.low, found.high) == (0.4, 2.0)
    nothing = learn(shop[:0], product[:0], pieces[:0], size, goods)
    assert np.array_equal(nothing.by_product, goods.typical)
