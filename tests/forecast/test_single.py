"""One series looked at closely: known series come apart as they were put together."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.errors import NotEnoughDataError
from smartreco.forecast.single import NAIVE, OURS, Ahead, Study, origins_of, study
from smartreco.forecast.single_models import ETS, FORMS, UCM, fit
from smartreco.forecast.single_parts import take_apart
from smartreco.forecast.single_residuals import diagnose

HORIZON = 8
WEEKS = 104


def year(height: float, weeks: int = WEEKS) -> np.ndarray:
    """Noise around 200 pieces, with a yearly wave."""
    noise = np.random.default_rng(5).normal(0, 10, weeks)
    return 200 + height * np.sin(2 * np.pi * np.arange(weeks) / 52) + noise


def perfect(demand: np.ndarray, cut: int) -> Ahead:
    """A forecast that knows what came."""
    came = demand[cut : cut + HORIZON]
    return Ahead(came, np.repeat(came[:, None], 5, axis=1))


def looked_at(demand: np.ndarray, observed: np.ndarray | None = None) -> Study:
    seen = np.ones(len(demand), bool) if observed is None else observed
    flat = Ahead(np.full(HORIZON, 200.0), np.full((HORIZON, 5), 200.0))
    then = [perfect(demand, cut) for cut in origins_of(len(demand), HORIZON)]
    return study(demand, seen, flat, then)


@pytest.fixture(scope="module")
def seasonal() -> Study:
    return looked_at(year(80))


def test_parts_add_up_to_the_series(seasonal: Study) -> None:
    parts = seasonal.components
    assert parts.season is not None
    np.testing.assert_allclose(parts.trend + parts.season + parts.rest, year(80))


def test_a_strong_season_is_told_from_chance(seasonal: Study) -> None:
    assert seasonal.components.method == "stl"
    assert (seasonal.components.season_strength or 0) > 0.9
    chance = take_apart(year(0), fit(UCM, year(0), HORIZON))
    assert (chance.season_strength or 0) < 0.2
    assert seasonal.forms[UCM] == "level and year"


def test_under_two_years_the_structural_model_takes_the_series_apart() -> None:
    demand = year(80, 80)
    parts = take_apart(demand, fit(UCM, demand, HORIZON))
    assert parts.method == "ucm"
    rest = parts.rest + parts.trend + (0 if parts.season is None else parts.season)
    np.testing.assert_allclose(rest, demand)


@pytest.mark.parametrize("model", [ETS, UCM])
def test_bands_never_cross_and_are_never_negative(model: str) -> None:
    demand = np.maximum(np.random.default_rng(1).normal(1, 4, 60), 0)
    for form in FORMS[model]:
        found = fit(model, demand, HORIZON, form)
        assert (found.quantiles >= 0).all()
        assert (np.diff(found.quantiles, axis=1) >= -1e-9).all()
        assert found.mean.shape == (HORIZON,)


def test_who_knows_the_future_has_no_error_and_stands_first(seasonal: Study) -> None:
    first, *others = seasonal.held_out
    assert first.method == OURS
    assert first.rmsse == pytest.approx(0)
    assert first.covered_80 == 1
    assert all(one.rmsse > 0 for one in others)
    assert {one.method for one in others} >= {ETS, UCM, NAIVE}


def test_an_error_on_held_out_weeks_can_be_checked_by_hand() -> None:
    demand = np.tile([10.0, 20.0], 30)
    naive = next(one for one in looked_at(demand).held_out if one.method == NAIVE)
    # the last week again is right every other week, and 10 off, one naive step, on the others
    assert naive.rmsse == pytest.approx(np.sqrt(0.5))
    assert naive.pinball is None


def test_nothing_after_an_origin_is_known_to_a_model() -> None:
    demand = year(0)
    other = demand.copy()
    other[origins_of(WEEKS, HORIZON)[0] :] += 500.0
    cut = origins_of(WEEKS, HORIZON)[0]
    one, two = (fit(ETS, series[:cut], HORIZON).mean for series in (demand, other))
    np.testing.assert_array_equal(one, two)


def test_weeks_without_stock_are_not_judged() -> None:
    demand = year(0)
    seen = np.ones(WEEKS, bool)
    seen[-3 * HORIZON :] = False
    assert looked_at(demand, seen).held_out == ()


@pytest.mark.parametrize(
    "demand", [np.ones(20), np.zeros(60), np.where(np.arange(60) % 6 == 0, 5.0, 0.0)]
)
def test_too_little_is_refused_with_what_was_found(demand: np.ndarray) -> None:
    with pytest.raises(NotEnoughDataError, match="weeks"):
        looked_at(demand)


def test_origins_leave_enough_to_fit_and_enough_to_judge() -> None:
    assert origins_of(30, 8) == ()
    for cut in origins_of(60, 8):
        assert 26 <= cut <= 52


def test_errors_that_follow_from_earlier_ones_are_found_out() -> None:
    rng = np.random.default_rng(2)
    white = rng.normal(0, 1, 200)
    walk = np.convolve(white, [1, 0.9, 0.8], mode="valid")
    calm, related = diagnose(white), diagnose(walk)
    assert calm is not None
    assert related is not None
    assert calm.related_p > 0.05 > related.related_p
    assert calm.normal_p > 0.05
    assert related.autocorrelation[0] > related.band


def test_bias_bursts_and_surprises_are_found_out() -> None:
    rng = np.random.default_rng(3)
    errors = rng.normal(0, 1, 200)
    errors[100] = 30
    found = diagnose(errors + 2)
    assert found is not None
    assert found.bias_p < 0.05
    assert found.normal_p < 0.05
    assert found.surprises.tolist()[0] == 100
    wild = diagnose(rng.normal(0, 1, 200) * np.repeat([1, 12, 1, 12], 50))
    assert wild is not None
    assert wild.steady_p < 0.05


def test_too_few_errors_are_not_judged() -> None:
    assert diagnose(np.ones(10)) is None
    assert diagnose(np.zeros(50)) is None
