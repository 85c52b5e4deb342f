"""Overlap counts are right, and no pool tells of fewer than five shops."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.vendors.overlap import LEFT_OUT, buyers, pools, together, whole
from smartreco.vendors.partition import FEWEST


@pytest.mark.parametrize("seed", range(30))
def test_a_pool_holds_none_or_five_buyers_and_none_or_five_others(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cell = np.sort(rng.integers(0, 12, 120))
    region = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])[cell]
    mine = rng.random(120) < rng.random()
    pool = pools(cell, region, mine)
    for one in np.unique(pool[pool != LEFT_OUT]):
        for some in (mine[pool == one], ~mine[pool == one]):
            assert some.sum() == 0 or some.sum() >= FEWEST
    choice = np.isin(cell, rng.choice(12, 5, replace=False))
    other = np.isin(cell, rng.choice(12, 6, replace=False))
    for some in (mine, ~mine):  # two choices differ by no shop, or by five of one kind
        gone = (whole(pool, choice) & ~whole(pool, other) & some).sum()
        assert gone == 0 or gone >= FEWEST


def test_few_buyers_of_a_region_wait_for_those_of_others() -> None:
    cell, region = np.repeat([0, 1], 10), np.repeat([0, 1], 10)
    mine = np.zeros(20, dtype=bool)
    mine[[0, 1, 10, 11, 12]] = True
    assert set(pools(cell, region, mine)) == {pools(cell, region, mine)[0]} != {LEFT_OUT}
    mine[10] = False
    assert set(pools(cell, region, mine)) == {LEFT_OUT}


def test_every_shop_is_counted_once() -> None:
    mine = np.array([1, 1, 0, 0, 0, 1], dtype=bool)
    others = np.array([1, 0, 1, 0, 1, 1], dtype=bool)
    shown = np.array([1, 1, 1, 1, 1, 0], dtype=bool)
    found = buyers(mine, others, shown, np.ones(6, dtype=bool))
    assert found == {
        "mine_only": 1, "both": 1, "others_only": 2, "nobody": 1, "universe": 5, "left_out": 1,
    }  # fmt: skip


def test_products_bought_together_beyond_chance_are_found() -> None:
    shop = np.r_[np.arange(10), np.arange(10), np.arange(10, 20), np.arange(20)]
    product = np.r_[np.zeros(10), np.ones(10), np.full(10, 2), np.full(20, 3)].astype(int)
    found = together(shop, product, 4)
    assert found[["product", "other"]].to_numpy().tolist() == [[0, 1]]  # all buy product 3
    only = found.iloc[0]
    assert (only["both"], only["buyers"], only["support"]) == (10, 20, 0.5)
    assert (only["lift"], only["confidence"]) == (2.0, 1.0)
    assert together(shop, product, 4, focus=1)["other"].tolist() == [0]
    assert together(shop[:0], product[:0], 4).empty
