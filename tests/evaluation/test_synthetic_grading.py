"""A forecast is graded against the truth, and the truth itself gets the best grade."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartreco.dataset.synthetic import SyntheticData, SyntheticSettings, generate
from smartreco.evaluation.synthetic_grading import grade
from smartreco.evaluation.synthetic_world import CAUSES, World, without, world
from smartreco.forecast.coherent import coherent
from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.hierarchy import sums
from smartreco.forecast.panel import Level

HORIZON = 6


@pytest.fixture(scope="module")
def data() -> SyntheticData:
    return generate(SyntheticSettings(retailers=40, products=60, vendors=6, months=18, seed=5))


@pytest.fixture(scope="module")
def made(data: SyntheticData) -> World:
    return world(data)


def known(part: str) -> object:
    """A forecaster that reads a part of the truth."""

    def make(told: World, horizon: int) -> Forecast:
        cut = told.panel.weeks
        true: np.ndarray = getattr(told, part)[:, cut : cut + horizon]
        return forecast(told.panel, horizon).moved_to(true, reconciled=True)

    return make


def test_sales_and_truth_add_up_alike(made: World) -> None:
    which = sums(made.panel.levels, made.panel.ids, made.structure.links)
    assert which.gap(made.panel.values) < 1e-6
    assert which.gap(made.expected) < 1e-2 * made.expected.max()
    total = made.panel.levels == Level.TOTAL.value
    sold, true = made.panel.values[total].sum(), made.served[total, : made.panel.weeks].sum()
    assert sold == pytest.approx(true, rel=0.2)
    assert (made.served <= made.expected + 1e-6).all()
    assert made.panel.missing is not None
    assert made.panel.missing.any()


def test_the_oracles_get_the_grades_of_oracles(made: World) -> None:
    cuts = [made.panel.weeks - HORIZON, made.panel.weeks]
    for one in grade(made, known("expected"), HORIZON, cuts):  # type: ignore[arg-type]
        assert one.ratio_to_seer == pytest.approx(1.0)
        assert one.ratio <= 1.0 + 1e-9
        assert one.bias == pytest.approx(0.0, abs=1e-9)
    for one in grade(made, known("steady"), HORIZON, cuts):  # type: ignore[arg-type]
        assert one.ratio == pytest.approx(1.0)
    ours = grade(made, lambda told, h: coherent(told.panel, told.structure, h), HORIZON, cuts)
    assert {one.level for one in ours} == set(made.panel.levels.tolist())
    assert all(one.ratio_to_seer > 1 for one in ours)


def test_a_forecast_twice_as_high_is_worse_and_biased(made: World) -> None:
    def doubled(told: World, horizon: int) -> Forecast:
        plain = forecast(told.panel, horizon)
        return replace(plain, mean=2 * plain.mean)

    cuts = [made.panel.weeks]
    plain = grade(made, lambda told, h: forecast(told.panel, h), HORIZON, cuts)
    for one, other in zip(plain, grade(made, doubled, HORIZON, cuts), strict=True):
        assert other.bias == pytest.approx(2 * one.bias + 1)
    with pytest.raises(ValueError, match="cuts lie in"):
        grade(made, doubled, HORIZON, [made.expected.shape[1]])


@pytest.mark.parametrize("cause", CAUSES)
def test_a_truth_without_a_cause_is_another(data: SyntheticData, made: World, cause: str) -> None:
    other = world(without(data, cause))
    assert other.expected.shape == made.expected.shape
    assert np.abs(other.expected - made.expected).max() > 0
    assert (other.panel.values == made.panel.values).all()
