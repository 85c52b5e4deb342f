"""What may be asked for over several weeks, from how past weeks were missed."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.stock.policy import Ahead
from smartreco.stock.running_out import days_until
from smartreco.stock.weeks_ahead import ahead_of_weeks, means_of_windows


def test_steady_demand_leaves_hardly_a_doubt() -> None:
    demand = np.full((3, 60), 10.0)
    expected = 10.0 * np.arange(1, 5)[None, :] * np.ones((3, 1))
    ahead = ahead_of_weeks(demand, expected)
    assert ahead.by_week.shape[:2] == (3, 4)
    assert np.allclose(ahead.by_week, expected[:, :, None], atol=1e-3)


def test_bands_widen_with_time_and_hold_what_comes() -> None:
    rng = np.random.default_rng(3)
    demand = rng.poisson(20.0, size=(40, 90)).astype(float)
    past, coming = demand[:, :80], demand[:, 80:84].sum(axis=1)
    expected = np.cumsum(np.full((40, 4), 20.0), axis=1)
    ahead = ahead_of_weeks(past, expected)
    low, high = ahead.over(28.0).at(0.1), ahead.over(28.0).at(0.9)
    assert 0.6 <= ((coming >= low) & (coming <= high)).mean() <= 0.95
    one = ahead.over(7.0)
    assert (high - low).mean() > 1.3 * (one.at(0.9) - one.at(0.1)).mean()


def test_a_product_that_is_new_takes_its_band_from_others() -> None:
    rng = np.random.default_rng(4)
    demand = rng.poisson(20.0, size=(30, 60)).astype(float)
    demand[0, :-2] = np.nan
    ahead = ahead_of_weeks(demand, np.full((30, 1), 20.0))
    assert np.isfinite(ahead.by_week).all()
    assert ahead.by_week[0, 0, -1] > 20.0


def test_too_short_a_past_still_gives_a_band() -> None:
    ahead = ahead_of_weeks(np.full((2, 1), np.nan), np.full((2, 3), 5.0))
    assert np.isfinite(ahead.by_week).all()
    assert ahead_of_weeks(np.zeros((0, 5)), np.zeros((0, 3))).by_week.shape[1] == 3


def test_means_of_windows_are_their_average() -> None:
    past = np.concatenate([np.zeros(51), [52.0]])[None, :]
    assert means_of_windows(past, 2).tolist() == [[(52 + 52 / 8 + 1) / 3] * 2]


def test_stock_that_is_to_last_more_surely_lasts_fewer_days() -> None:
    draws = np.linspace(1.0, 200.0, 200)[None, None, :]
    ahead = Ahead(np.concatenate([draws, 2 * draws], axis=1))
    days = [
        float(days_until(np.array([90.0]), np.zeros((1, 1)), ahead, share)[0])
        for share in (0.1, 0.5, 0.9)
    ]
    assert np.isnan(days[0])
    assert days[1] == pytest.approx(7 * 90 / 101)
    assert days[2] == pytest.approx(7 * 90 / 181)
