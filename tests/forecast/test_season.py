"""A season is believed as far as other years bear it out."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.forecast.season import other_years, season

WEEKS, AHEAD = 104, 8
WAVE = np.sin(2 * np.pi * np.arange(WEEKS + AHEAD) / 52)


def groups(n: int) -> np.ndarray:
    return np.repeat("all", n)


def test_under_a_year_and_ten_weeks_there_is_none() -> None:
    values = 10 + 5 * WAVE[None, :61]
    assert not season(values, groups(1), AHEAD).any()
    assert season(10 + 5 * WAVE[None, :62], groups(1), AHEAD).any()


def test_a_clear_season_goes_on() -> None:
    noise = np.random.default_rng(1).normal(0, 0.5, size=(20, WEEKS))
    found = season(50 + 20 * WAVE[None, :WEEKS] + noise, groups(20), AHEAD)
    wanted = 20 * WAVE[WEEKS:]
    assert np.abs(found[:, WEEKS:] - wanted).mean() < 2.0


def test_noise_is_not_taken_for_a_season() -> None:
    noise = np.random.default_rng(2).normal(50, 10, size=(60, WEEKS))
    found = season(noise, groups(60), AHEAD)
    assert np.abs(found[:, WEEKS:]).mean() < 1.0  # a naive season would say 8


def test_the_group_lends_its_season_to_a_noisy_series() -> None:
    rng = np.random.default_rng(3)
    wave = 10 * WAVE[None, :WEEKS]
    values = 50 + wave + rng.normal(0, 6, size=(40, WEEKS))
    found = season(values, groups(40), AHEAD)[:, WEEKS:]
    same_week = values[:, WEEKS - 52 : WEEKS - 52 + AHEAD] - values.mean(axis=1, keepdims=True)
    wanted = 10 * WAVE[WEEKS:]
    assert ((found - wanted) ** 2).mean() < 0.5 * ((same_week - wanted) ** 2).mean()


def test_the_last_week_of_one_series_does_not_explain_itself() -> None:
    """A peak without a like week in another year moves other weeks' season, not its own."""
    values = np.full((30, WEEKS), 20.0) + np.random.default_rng(4).normal(0, 1, (30, WEEKS))
    values[0, 80] += 200
    assert abs(season(values, groups(30), AHEAD)[0, 80]) < 10


def test_a_week_is_told_by_earlier_years_and_by_the_next_only_in_the_first() -> None:
    weeks = np.arange(156.0)[None, :]
    found, known = other_years(weeks, AHEAD, 0)
    assert found[0, 10] == 62  # nothing earlier: the next year's
    assert found[0, 60] == 8
    assert found[0, 110] == (58 + 6) / 2
    assert found[0, 156] == (104 + 52 + 0) / 3
    assert known.all()
    assert other_years(weeks, AHEAD, 1)[0][0, 60] == 9


def test_a_season_scales_with_its_series() -> None:
    values = 50 + 20 * WAVE[None, :WEEKS] + np.random.default_rng(5).normal(0, 3, (12, WEEKS))
    found = season(values, groups(12), AHEAD)
    assert season(7 * values, groups(12), AHEAD) == pytest.approx(7 * found)
