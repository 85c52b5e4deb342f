"""What always holds of a forecast, whatever the panel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.forecaster import COLUMNS, FEWEST_WEEKS, few_in_level, forecast
from tests.forecast.panels import panel_of, shops

sold = st.one_of(st.just(0.0), st.integers(0, 50).map(float), st.floats(0, 1e6))
panels = st.integers(FEWEST_WEEKS, 70).flatmap(
    lambda weeks: st.integers(1, 6).flatmap(lambda n: arrays(float, (n, weeks), elements=sold))
)
few = settings(max_examples=40, deadline=None)


@few
@given(panels, st.integers(1, 9))
def test_quantiles_never_cross_nor_are_negative_or_missing(
    values: np.ndarray, horizon: int
) -> None:
    found = forecast(panel_of(values), horizon)
    assert found.mean.shape == (len(values), horizon)
    assert found.quantiles.shape == (len(values), horizon, 5)
    assert np.isfinite(found.mean).all()
    assert np.isfinite(found.quantiles).all()
    assert (found.mean >= 0).all()
    assert (found.quantiles >= 0).all()
    assert (np.diff(found.quantiles, axis=2) >= 0).all()


@few
@given(panels)
def test_parts_sum_to_the_forecast(values: np.ndarray) -> None:
    found = forecast(panel_of(values), 4)
    parts = found.parts
    total = parts.level + parts.trend + parts.season + parts.festival + parts.price
    assert (total == found.mean).all()
    assert (parts.level >= 0).all()


@pytest.mark.parametrize("weeks", [30, 90])
def test_a_series_ten_times_as_large_is_forecast_ten_times_as_high(weeks: int) -> None:
    values = shops(np.random.default_rng(5), 40, weeks)
    one, ten = forecast(panel_of(values), 6), forecast(panel_of(10 * values), 6)
    assert ten.mean == pytest.approx(10 * one.mean, rel=1e-6, abs=1e-6)
    assert ten.quantiles == pytest.approx(10 * one.quantiles, rel=1e-5, abs=1e-4)


def test_the_order_of_series_does_not_matter() -> None:
    values = shops(np.random.default_rng(6), 30, 80)
    turned = np.random.default_rng(1).permutation(30)
    found = forecast(panel_of(values), 5).mean
    assert forecast(panel_of(values[turned]), 5).mean == pytest.approx(found[turned])


def test_what_is_forecast_from_a_week_does_not_know_what_followed() -> None:
    values = shops(np.random.default_rng(7), 20, 90)
    other = values.copy()
    other[:, 70:] = 999.0
    ours, theirs = (forecast(panel_of(one).until(70), 8) for one in (values, other))
    assert (ours.mean == theirs.mean).all()
    assert (ours.quantiles == theirs.quantiles).all()


def test_an_empty_shelf_is_not_a_fall_in_demand() -> None:
    values = np.full((1, 40), 20.0) + np.random.default_rng(8).integers(-2, 3, (1, 40))
    values[0, -4:] = 0.0
    out = values == 0
    told = forecast(panel_of(values, missing=out), 4).mean
    untold = forecast(panel_of(values), 4).mean
    assert told.min() > 17
    assert untold.max() < told.min() - 3


def test_a_small_level_keeps_its_own_season_beside_many_noisy_series() -> None:
    rng = np.random.default_rng(9)
    wave = 300 * np.sin(2 * np.pi * np.arange(112) / 52)
    total = 1000 + wave + rng.normal(0, 20, 112)
    noisy = rng.poisson(5, size=(60, 104)).astype(float)
    values = np.concatenate([total[None, :104], noisy])
    found = forecast(panel_of(values, ["total", *["product"] * 60]), 8)
    assert np.abs(found.mean[0] - total[104:]).mean() < 80
    assert np.abs(found.parts.season[0]).max() > 100
    alone = forecast(panel_of(total[None, :104], "total"), 8)
    assert (found.parts.season[0] == alone.parts.season[0]).all()
    assert np.abs(found.parts.season[1:]).mean() < 0.5


def test_a_frame_has_a_row_a_series_and_week() -> None:
    frame = forecast(panel_of(shops(np.random.default_rng(1), 2, 20)), 3).frame()
    assert tuple(frame.columns) == COLUMNS
    assert frame["id"].tolist() == ["s0"] * 3 + ["s1"] * 3
    assert frame["period_start"].dt.dayofweek.eq(0).all()


def test_too_little_is_said_to_be_too_little() -> None:
    with pytest.raises(NotEnoughDataError, match="12 full weeks"):
        forecast(panel_of(np.ones((1, 11))), 4)
    with pytest.raises(InputError, match="horizon"):
        forecast(panel_of(np.ones((1, 20))), 0)


def test_levels_under_fifty_series_are_few() -> None:
    levels = np.repeat(["total", "category", "product"], [1, 49, 50])
    assert few_in_level(levels).tolist() == [True] * 50 + [False] * 50
