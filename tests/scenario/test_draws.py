"""Draws follow the forecast: its mean, its bands, its sums; they are looked up, never in turn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartreco.scenario.draws import Draws, pieces
from smartreco.scenario.errors_together import lasting
from smartreco.scenario.market_parts import Together
from smartreco.scenario.world import week_numbers
from tests.scenario.markets import learned, uncertain

WEEKS = np.arange(100, 104)


def test_draws_have_the_mean_and_the_band_of_the_forecast() -> None:
    market, draws = uncertain(), Draws(3, 4000)
    luck = draws.luck(market.goods, WEEKS, market.together)
    assert luck.total().mean() == pytest.approx(0.0, abs=0.03)
    assert luck.total().std() == pytest.approx(1.0, abs=0.03)
    made = pieces(market, np.arange(len(market)), luck)
    assert made.mean(axis=2) == pytest.approx(market.mean)
    low, high = np.quantile(made, [0.1, 0.9], axis=2)
    scale = market.quantiles.mean(axis=2) / market.mean
    assert low == pytest.approx(market.quantiles[:, :, 1], rel=0.12)
    assert high == pytest.approx(market.quantiles[:, :, 3], rel=0.12)
    assert (scale > 0).all()


def test_errors_go_together_as_told() -> None:
    goods = uncertain().goods
    told = Together(everywhere=0.2, category=0.3, product=0.4, common=0.6)
    luck = Draws(5, 20000).luck(goods, WEEKS, told).total()
    tea, chai, soap = luck[0], luck[1], luck[2]

    def along(one: np.ndarray, other: np.ndarray) -> float:
        return float((one * other).mean())

    assert along(tea[0], chai[0]) == pytest.approx(0.5, abs=0.03)
    assert along(tea[0], soap[0]) == pytest.approx(0.2, abs=0.03)
    assert along(tea[0], tea[3]) == pytest.approx(0.5 * 0.6 + 0.5 * 0.4, abs=0.03)
    assert along(tea[0], soap[3]) == pytest.approx(0.2 * 0.6, abs=0.03)


def test_fewer_draws_are_the_first_of_many() -> None:
    market = uncertain()
    few, many = (Draws(9, count).slopes(market.response, market.goods) for count in (10, 50))
    assert np.array_equal(few, many[:, :, :10])


def test_elasticities_are_drawn_as_they_are_believed() -> None:
    market = learned()
    drawn = Draws(2, 4000).slopes(market.response, market.goods)[:, 0]
    own = market.response
    steep = own.mean[:, 0] < -1.2
    spread = np.sqrt((own.shared[:, 0] ** 2).sum(axis=1) + (own.apart[:, 0] ** 2).sum(axis=1))
    middle = np.median(drawn, axis=1)
    assert middle[steep] == pytest.approx(own.mean[steep, 0], abs=0.1)
    width = np.quantile(drawn, 0.75, axis=1) - np.quantile(drawn, 0.25, axis=1)
    # Quartiles of Student's t with 12 degrees of freedom lie 1.39 apart.
    assert width[steep] == pytest.approx(1.39 * spread[steep], rel=0.15)
    assert (drawn <= 0).all()


def test_what_lasts_is_told_from_what_passes() -> None:
    rng = np.random.default_rng(1)
    passing = 50 + 10 * rng.normal(size=(200, 80))
    walk = 200 + np.cumsum(10 * rng.normal(size=(200, 80)), axis=1)
    assert lasting(passing) < 0.25
    assert lasting(walk) > 0.5
    assert lasting(np.ones((3, 80))) == 0.0


def test_weeks_keep_their_number_however_far_one_looks() -> None:
    market = uncertain()
    assert np.array_equal(week_numbers(market)[:2], week_numbers(market.until(2)))
    assert np.array_equal(
        Draws(1, 8).luck(replace(market.goods), week_numbers(market)[:2], market.together).total(),
        Draws(1, 8).luck(market.goods, week_numbers(market), market.together).total()[:, :2],
    )
