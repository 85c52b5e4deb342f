"""A launch is compared with what is like it, nearest in price first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartreco.scenario.launching import LIKES, courses, likely_shops, likes, spread, starts
from tests.scenario.markets import certain, learned


def test_likes_are_of_the_shelf_nearest_in_price() -> None:
    market = learned()
    category = str(market.categories[0])
    rows = likes(market, category, "", 500.0)
    assert 0 < len(rows) <= LIKES
    assert (market.goods.category[rows] == category).all()
    apart = np.abs(np.log(market.price[rows]) - np.log(500.0))
    known = apart[np.isfinite(apart)]
    assert (np.diff(known) >= 0).all()


def test_a_shelf_of_few_products_is_compared_with_its_category() -> None:
    market = certain()
    assert sorted(likes(market, "Food", "hot", 100.0)) == [0, 1]
    assert list(likes(market, "Nothing", "hot", 100.0)) == []


def test_a_course_begins_low_and_reaches_what_a_like_product_sells() -> None:
    market = certain()
    found = courses(market, np.array([0, 1]), 4)
    assert (np.diff(found, axis=1) >= 0).all()
    assert (found[:, 0] < 0.5 * market.mean[:2, 0]).all()
    assert (found <= market.mean[:2]).all()


def test_what_launches_sold_beside_their_like_is_learned() -> None:
    market = certain()
    demand = market.panel.demand.copy()
    demand[0] = 0.0
    assumed = starts(replace(market, panel=replace(market.panel, values=demand)), 4)
    assert assumed == pytest.approx(0.3 + 0.7 * np.arange(4) / 8)
    first = demand.shape[1] - 6
    demand[0, first:] = 0.01 * demand[1, first:]
    seen = starts(replace(market, panel=replace(market.panel, values=demand)), 4)
    # One launch beside the eight that the assumption is worth.
    assert seen == pytest.approx((0.01 + 8 * assumed) / 9, rel=1e-6)


def test_alike_courses_need_no_spread_and_unlike_ones_do() -> None:
    assert spread(np.ones((5, 4))) == 0.0
    assert spread(np.array([[1.0], [10.0], [100.0], [1000.0]])) > 0.5


def test_shops_that_buy_more_of_what_is_like_it_come_first() -> None:
    found = likely_shops(learned(), np.arange(20))
    assert found
    assert all(0 < one.likelihood <= 1 for one in found)
    assert [one.likelihood for one in found] == sorted(
        (one.likelihood for one in found), reverse=True
    )
