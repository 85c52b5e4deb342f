"""Days of a week sum to the week, by the weekdays a series is ordered on."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.forecast.daily import split, weekday_shares
from smartreco.forecast.forecaster import forecast
from tests.forecast.panels import panel_of


def mondays_and_thursdays(weeks: int) -> np.ndarray:
    """The first series orders on Mondays, the second 1 : 3 on Mondays and Thursdays."""
    days = np.zeros((2, weeks, 7))
    days[0, :, 0] = 12
    days[1, :, 0], days[1, :, 3] = 10, 30
    return days.reshape(2, -1)


def test_shares_by_hand() -> None:
    found = weekday_shares(mondays_and_thursdays(6), pull=4)
    pool = np.array([22, 0, 0, 30, 0, 0, 0]) / 52
    wanted = (6 * np.array([0.25, 0, 0, 0.75, 0, 0, 0]) + 4 * pool) / 10
    assert found[1] == pytest.approx(wanted)
    assert found.sum(axis=1) == pytest.approx([1, 1])


def test_a_series_without_orders_has_the_weekdays_of_all() -> None:
    daily = np.concatenate([mondays_and_thursdays(6), np.zeros((1, 42))])
    assert weekday_shares(daily)[2] == pytest.approx(np.array([22, 0, 0, 30, 0, 0, 0]) / 52)


def test_days_sum_to_their_week() -> None:
    daily = mondays_and_thursdays(40)
    panel = panel_of(daily.reshape(2, 40, 7).sum(axis=2))
    weekly = forecast(panel, 3)
    found = split(weekly, daily, weekly.starts[0], 21)
    assert found.mean.reshape(2, 3, 7).sum(axis=2) == pytest.approx(weekly.mean)
    assert found.parts.total() == pytest.approx(found.mean)
    assert (np.diff(found.quantiles, axis=2) >= 0).all()
    assert (found.quantiles >= 0).all()


def test_days_begin_where_they_are_asked_to() -> None:
    daily = mondays_and_thursdays(40)
    weekly = forecast(panel_of(daily.reshape(2, 40, 7).sum(axis=2)), 2)
    thursday = weekly.starts[0] + 3
    found = split(weekly, daily, thursday, 5)
    assert found.starts[0] == thursday
    assert found.mean.shape == (2, 5)
    assert found.mean[1].argmax() == 0


def test_a_days_band_holds_what_days_were() -> None:
    rng = np.random.default_rng(6)
    daily = rng.poisson(20, size=(30, 60, 7)).astype(float)
    weekly = forecast(panel_of(daily.sum(axis=2)), 1)
    bands = split(weekly, daily.reshape(30, -1), weekly.starts[0], 7).quantiles
    came = rng.poisson(20, size=(30, 7))
    inside = ((came >= bands[:, :, 1]) & (came <= bands[:, :, 3])).mean()
    assert 0.70 < inside < 0.92
