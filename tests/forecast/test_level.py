"""The level in closed forms, against plain loops that do what the words say."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.forecast.level import LevelSettings, judged, levels, start_level
from smartreco.forecast.scale import step_scale
from smartreco.forecast.smoothing import GRID, moving_mean, smooth
from smartreco.forecast.theta import half_slope, lag
from tests.forecast.panels import panel_of, shops

HORIZON = 4


@pytest.fixture
def demand() -> np.ndarray:
    values = shops(np.random.default_rng(3), 6, 40)
    values[5, :25] = 0  # began late
    values[4, :6] = [0.5, 90, 0, 200, 1, 150]  # a wild start, which is not to count
    return values


def smoothed_by_hand(series: np.ndarray, start: float, weight: float) -> list[float]:
    level, found = start, []
    for sold in series:
        level += weight * (sold - level)
        found.append(level)
    return found


def test_smoothing_takes_the_weight_that_looked_ahead_best(demand: np.ndarray) -> None:
    begins = panel_of(demand).begins
    start = start_level(demand, begins)
    known = np.arange(40)[None, :] >= begins[:, None]
    clean = np.where(known, demand, start[:, None])
    found = smooth(clean, start, begins, HORIZON)
    for at, series in enumerate(clean):
        losses = []
        for weight in GRID:
            level = smoothed_by_hand(series, start[at], weight)
            first = min(begins[at] + 6, 40 - HORIZON - 3)
            losses.append(
                sum(
                    (series[week + step] - level[week]) ** 2
                    for week in range(first, 40 - HORIZON)
                    for step in range(1, HORIZON + 1)
                )
            )
        best = GRID[int(np.argmin(losses))]
        assert found.weight[at] == best
        assert found.level[at] == pytest.approx(smoothed_by_hand(series, start[at], best))


def test_half_slope_is_half_of_least_squares(demand: np.ndarray) -> None:
    begins = panel_of(demand).begins
    found = half_slope(demand, begins)
    for at, series in enumerate(demand):
        for week in range(40):
            age = week - begins[at] + 1
            wanted = 0.0
            if age >= 8:
                wanted = np.polyfit(np.arange(age), series[begins[at] : week + 1], 1)[0] / 2
            assert found[at, week] == pytest.approx(wanted, abs=1e-9)


def test_weights_are_inverse_errors_to_the_fourth_pulled_to_the_pool(demand: np.ndarray) -> None:
    begins = panel_of(demand).begins
    unit = step_scale(demand, np.ones_like(demand, dtype=bool), demand.mean(axis=1))
    settings = LevelSettings()
    found = levels(demand, begins, unit, HORIZON, settings)
    start = start_level(demand, begins)
    clean = np.where(np.arange(40)[None, :] >= begins[:, None], demand, start[:, None])
    smoothed, drift = smooth(clean, start, begins, HORIZON), half_slope(clean, begins)
    trail = lag(smoothed.weight, begins, 40)
    mean = moving_mean(clean, 8)
    origins, counts = judged(40, HORIZON, begins, 52)
    errors = np.zeros((len(demand), 3))
    for at in range(len(demand)):
        for place, week in enumerate(origins):
            if counts[at, place]:
                for step in range(1, HORIZON + 1):
                    theta = smoothed.level[at, week] + drift[at, week] * (
                        trail[at, week] + step - 1
                    )
                    made = (smoothed.level[at, week], mean[at, week], theta)
                    errors[at] += [(clean[at, week + step] - one) ** 2 for one in made]
    count = counts.sum(axis=1, keepdims=True)
    scaled = errors / (count * HORIZON) / unit[:, None] ** 2
    pool = scaled.mean(axis=0)
    own = scaled / scaled.mean(axis=1, keepdims=True)
    raw = ((count * own + 15 * pool / pool.mean()) / (count + 15)) ** -4.0
    assert found.weights == pytest.approx(raw / raw.sum(axis=1, keepdims=True), rel=1e-6)
    assert found.weights.sum(axis=1) == pytest.approx(1)


def test_a_flat_series_is_forecast_flat_and_a_line_goes_on() -> None:
    flat, line = np.full(60, 5.0), np.arange(60.0)
    demand = np.stack([flat, line])
    unit = np.ones(2)
    found = levels(demand, np.zeros(2, dtype=int), unit, 8)
    assert found.ahead(59, 8)[0] == pytest.approx(5.0)
    assert 59 < found.ahead(59, 1)[1] <= 60.001
    assert found.ahead(59, 8)[1] > found.ahead(59, 1)[1]


def test_weeks_before_the_first_sale_do_not_lower_the_level() -> None:
    late = np.zeros((1, 40))
    late[0, 25:] = 9.0
    found = levels(late, np.array([25]), np.ones(1), 4)
    assert found.ahead(39, 1)[0] == pytest.approx(9.0, rel=1e-6)
