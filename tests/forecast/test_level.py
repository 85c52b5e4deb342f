"""The level in closed forms, against plain loops that do what the words say."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.tsa.holtwinters import SimpleExpSmoothing

from smartreco.forecast.level import USUAL, LevelSettings, levels, start_level, weigh, weigh_few
from smartreco.forecast.scale import step_scale
from smartreco.forecast.smoothing import RATES, Smoothed, moving_mean, smooth
from smartreco.forecast.theta import half_slope
from tests.forecast.panels import panel_of, shops

HORIZON, WEEKS = 4, 40


@pytest.fixture
def demand() -> np.ndarray:
    values = shops(np.random.default_rng(3), 6, WEEKS)
    values[0, 0] = 7.0  # sold from the first week on
    values[5, :25] = 0  # began late
    values[4, :6] = [0.5, 90, 0, 200, 1, 150]  # a wild start, which is not to count
    return values


def smoothed_by_hand(series: np.ndarray, begin: int, start: float, rate: float) -> list[float]:
    level, found = start, []
    for week, sold in enumerate(series):
        seen = week - begin + (begin == 0)
        if seen > 0:
            level += max(rate, 1 / seen) * (sold - level)
        found.append(level)
    return found


def after_the_first(values: np.ndarray, begins: np.ndarray) -> float:
    """Sales of the weeks after first sales over those first sales."""
    late = [(row, week) for row, week in enumerate(begins) if week > 0]
    first = sum(values[row, week] for row, week in late)
    return min(sum(values[row, week + 1] for row, week in late) / first, 1.0)


def test_every_rate_smooths_as_it_says_and_is_judged_on_what_came(demand: np.ndarray) -> None:
    begins = panel_of(demand).begins
    share = after_the_first(demand, begins)
    found = smooth(demand, begins, HORIZON, WEEKS)
    for row, series in enumerate(demand):
        start = series[begins[row]] * (share if begins[row] else 1.0)
        first = min(begins[row] + 6, WEEKS - HORIZON - 3)
        for at, rate in enumerate(RATES):
            level = smoothed_by_hand(series, int(begins[row]), start, float(rate))
            assert found.level[:, at, row] == pytest.approx(level)
            losses = [
                (series[week + step] - level[week]) ** 2
                for week in range(first, WEEKS - HORIZON)
                for step in range(1, HORIZON + 1)
            ]
            assert found.error[row, at] == pytest.approx(np.mean(losses))
            assert found.counts[row] * HORIZON == len(losses)


@pytest.mark.parametrize("rate", [0.1, 0.3])
def test_a_rate_ends_where_statsmodels_ends(rate: float) -> None:
    series = np.random.default_rng(5).poisson(30, 120).astype(float)
    theirs = SimpleExpSmoothing(series, initialization_method="known", initial_level=30.0)
    expected = theirs.fit(smoothing_level=rate, optimized=False).forecast(1)[0]
    found = smooth(series[None, :], np.array([0]), HORIZON, WEEKS)
    ours = found.level[-1, int(np.flatnonzero(rate == RATES)[0]), 0]
    assert ours == pytest.approx(expected, rel=1e-4)  # the start is forgotten


def test_the_slowest_rate_is_the_mean_of_all_weeks_but_a_first_sale() -> None:
    series = np.array([[0.0, 0, 90, 4, 0, 8, 0], [2.0, 4, 6, 8, 10, 12, 14]])
    found = smooth(series, np.array([2, 0]), 2, WEEKS)
    assert found.level[-1, 0].tolist() == pytest.approx([3.0, 8.0])
    assert found.level[-1, -1].tolist() == [0.0, 14.0]  # the fastest is the last week


def test_a_far_off_week_is_held_in_but_judged_as_it_came() -> None:
    series = np.full((1, 30), 10.0)
    series[0, 20] = 500.0
    told = smooth(series, np.array([0]), HORIZON, WEEKS, np.array([6.0]))
    untold = smooth(series, np.array([0]), HORIZON, WEEKS)
    assert told.heard[0, 20] == 16.0
    assert told.heard[0, 19] == untold.heard[0, 19] == 10.0
    assert told.level[-1, 0, 0] < 10.5 < untold.level[-1, 0, 0]
    assert told.error[0, 0] > 490**2 / 30


def test_what_lasts_is_believed_from_its_third_week_on() -> None:
    series = np.full((1, 30), 10.0)
    series[0, 20:] = 500.0
    found = smooth(series, np.array([0]), HORIZON, WEEKS, np.array([6.0]))
    assert found.heard[0, 20:24].tolist() == pytest.approx([16.0, 16.6, 500.0, 500.0])


def test_a_young_series_is_not_held_in() -> None:
    series = np.array([[0.0] * 20 + [1, 100, 100, 100, 100, 100]])
    found = smooth(series, np.array([20]), 2, WEEKS, np.array([2.0]))
    assert found.level[-1, 0, 0] == pytest.approx(100.0)


def test_half_slope_is_half_of_least_squares(demand: np.ndarray) -> None:
    begins = panel_of(demand).begins
    found = half_slope(demand, begins)
    for at, series in enumerate(demand):
        for week in range(WEEKS):
            age = week - begins[at] + 1
            wanted = 0.0
            if age >= 8:
                wanted = np.polyfit(np.arange(age), series[begins[at] : week + 1], 1)[0] / 2
            assert found[at, week] == pytest.approx(wanted, abs=1e-9)


def test_weights_are_inverse_errors_pulled_to_the_pool_and_to_what_is_usual() -> None:
    rng = np.random.default_rng(4)
    error, counts = rng.uniform(1, 3, size=(5, len(RATES))), np.array([20, 20, 10, 2, 0])
    pools, settings = np.array([0, 0, 0, 1, 1]), LevelSettings()
    found = weigh(Smoothed(np.empty(0), np.empty(0), error, counts), pools, settings)
    own = error / error.mean(axis=1, keepdims=True)
    for row in range(5):
        typical, most = (own[:3].mean(axis=0), 20) if pools[row] == 0 else (USUAL, 2)
        typical = (most * typical + 40 * USUAL) / (most + 40)
        pulled = (counts[row] * own[row] + 30 * typical) / (counts[row] + 30)
        assert found[row] == pytest.approx(pulled**-16.0 / (pulled**-16.0).sum(), rel=1e-6)


def test_few_series_are_weighed_half_as_usual_and_half_by_their_own_next_weeks(
    demand: np.ndarray,
) -> None:
    begins = panel_of(demand).begins
    level = smooth(demand, begins, HORIZON, WEEKS).level
    found = weigh_few(demand, begins, level, LevelSettings())
    for row, series in enumerate(demand):
        first = begins[row] + 6
        error = np.array(
            [
                np.sum((series[first:] - level[first - 1 : -1, at, row]) ** 2)
                for at in range(len(RATES))
            ]
        )
        own, usual = error**-8.0, USUAL**-8.0
        wanted = 0.5 * own / own.sum() + 0.5 * usual / usual.sum()
        assert found[row] == pytest.approx(wanted, rel=1e-6)


def test_series_of_a_small_level_learn_nothing_from_each_other() -> None:
    rng = np.random.default_rng(6)
    steady = 50 + rng.normal(size=(9, WEEKS))
    climbing = 50 + np.cumsum(rng.normal(1.0, 1.0, size=(1, WEEKS)), axis=1)
    begins, pool = np.zeros(10, dtype=int), np.zeros(10, dtype=int)
    both = np.concatenate([steady, climbing])
    few = np.ones(10, dtype=bool)
    among = levels(both, begins, np.full(10, 99.0), pool, 8, few=few).weights
    alone = levels(climbing, begins[:1], np.full(1, 99.0), pool[:1], 8, few=few[:1]).weights
    assert among[9] == pytest.approx(alone[0])
    learned = [
        levels(some, np.zeros(len(some), dtype=int), np.full(len(some), 99.0),
               np.zeros(len(some), dtype=int), 8).weights[-1]
        for some in (both, climbing)
    ]  # fmt: skip
    assert learned[0] != pytest.approx(learned[1])


def test_the_forecast_is_the_weighted_level_and_part_of_the_drift(demand: np.ndarray) -> None:
    begins = panel_of(demand).begins
    unit = step_scale(demand, np.ones_like(demand, dtype=bool), demand.mean(axis=1))
    found = levels(demand, begins, unit, np.zeros(6, dtype=int), HORIZON)
    smoothed = smooth(demand, begins, HORIZON, 52, 2.0 * unit)
    drift = 0.25 * half_slope(smoothed.heard, begins)
    for row in range(6):
        seen = max(WEEKS - 1 - begins[row] + (begins[row] == 0), 1)
        rates = np.maximum(RATES, 1 / seen)
        trail = min(found.weights[row] @ ((1 - rates) / rates), 10)
        level = found.weights[row] @ smoothed.level[-1, :, row]
        for step in (1, 3):
            expected = level + drift[row, -1] * (trail + step)
            assert found.ahead(WEEKS - 1, step)[row] == pytest.approx(expected)


def test_a_flat_series_is_forecast_flat_and_a_line_goes_on() -> None:
    demand = np.stack([np.full(60, 5.0), np.arange(60.0)])
    found = levels(demand, np.zeros(2, dtype=int), np.ones(2), np.zeros(2, dtype=int), 8)
    assert found.ahead(59, 8)[0] == pytest.approx(5.0)
    assert found.ahead(59, 8)[1] > found.ahead(59, 1)[1] > 45


def test_weeks_before_the_first_sale_do_not_lower_the_level() -> None:
    late = np.zeros((1, WEEKS))
    late[0, 25:] = 9.0
    found = levels(late, np.array([25]), np.ones(1), np.zeros(1, dtype=int), 4)
    assert found.ahead(WEEKS - 1, 1)[0] == pytest.approx(9.0, rel=1e-6)


def test_means_of_few_weeks_are_means_of_what_there_is() -> None:
    values = np.array([[0.0, 3.0, 5.0, 1.0]])
    assert start_level(values, np.array([1]), 2)[0] == 4.0
    assert moving_mean(values, 3)[0].tolist() == pytest.approx([0.0, 1.5, 8 / 3, 3.0])
