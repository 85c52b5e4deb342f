"""Bands hold what they promise, on series they were not made from."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.forecast.arrays import Floats, Ints
from smartreco.forecast.error_pools import Judged
from smartreco.forecast.forecaster import forecast
from smartreco.forecast.quantiles import PROBABILITIES, quantiles
from tests.forecast.panels import panel_of

WEEKS = 90


def bands_of(
    values: Floats, observed: np.ndarray | None = None, few: bool = False, horizon: int = 3
) -> Floats:
    """Bands around a known mean: the forecaster is right on average."""
    mean = values.mean(axis=1, keepdims=True)
    seen = np.ones(values.shape, dtype=bool) if observed is None else observed
    zeros = np.zeros(len(values), dtype=np.int64)
    judged = Judged(values, seen, zeros, values.std(axis=1) + 1e-9, zeros, zeros + few > 0)

    def past(weeks: Ints, step: int) -> Floats:
        return np.repeat(mean, len(weeks), axis=1)

    return quantiles(judged, past, np.repeat(mean, horizon, axis=1))


@pytest.mark.parametrize("kind", ["normal", "poisson", "rare"])
def test_bands_cover_what_they_say(kind: str) -> None:
    rng = np.random.default_rng(7)
    level = rng.uniform(20, 60, size=(300, 1))
    draw = {
        "normal": lambda w: np.maximum(rng.normal(level, 6, size=(300, w)), 0),
        "poisson": lambda w: rng.poisson(level, size=(300, w)).astype(float),
        "rare": lambda w: rng.poisson(level, size=(300, w)) * (rng.uniform(size=(300, w)) < 0.4),
    }[kind]
    bands = bands_of(draw(WEEKS))[:, [0], :]
    came = draw(400)
    inside_80 = ((came >= bands[:, :, 1]) & (came <= bands[:, :, 3])).mean()
    inside_95 = ((came >= bands[:, :, 0]) & (came <= bands[:, :, 4])).mean()
    assert 0.77 <= inside_80 <= (0.92 if kind == "rare" else 0.85)  # zeros lie inside whole
    assert 0.92 <= inside_95 <= 0.98


def test_quantiles_of_like_series_are_the_pools() -> None:
    """With the same errors everywhere, the band is the quantile of those errors."""
    cycle = np.tile([-4.0, -2, -1, 0, 0, 1, 2, 4], 12)[:WEEKS]
    values = 100 + np.repeat(cycle[None, :], 60, axis=0)
    found = bands_of(values)[0, 0]
    assert found[2] == pytest.approx(100, abs=0.6)
    assert found[1] == pytest.approx(96.5, abs=1.2)
    assert found[3] == pytest.approx(103.5, abs=1.2)


def test_weeks_without_stock_do_not_widen_a_band() -> None:
    rng = np.random.default_rng(8)
    values = rng.normal(50, 3, size=(40, WEEKS))
    out = rng.uniform(size=values.shape) < 0.15
    empty = np.where(out, 0.0, values)
    told = bands_of(empty, ~out)
    untold = bands_of(empty)
    width = told[:, 0, 4] - told[:, 0, 0]
    assert width.mean() < 16
    assert width.mean() < 0.5 * (untold[:, 0, 4] - untold[:, 0, 0]).mean()


def test_series_that_never_erred_still_have_their_five_quantiles() -> None:
    values = np.zeros((5, WEEKS))
    values[:, 3] = 5.0
    found = forecast(panel_of(values), 3).quantiles
    assert found.shape == (5, 3, len(PROBABILITIES))
    assert np.isfinite(found).all()


def test_steps_between_the_measured_ones_lie_on_a_line() -> None:
    """Errors grow with the square of the step, so that a line and a curve can be told apart."""
    rng = np.random.default_rng(9)
    noise = rng.normal(size=(60, WEEKS))
    values = 1000 + noise
    zeros = np.zeros(60, dtype=np.int64)
    judged = Judged(values, np.ones(values.shape, dtype=bool), zeros, np.ones(60), zeros, zeros > 0)

    def past(weeks: Ints, step: int) -> Floats:
        return values[:, weeks + step] - step**2 * noise[:, weeks + step]

    bands = quantiles(judged, past, np.full((60, 8), 1000.0))
    width = bands[:, :, 3] - bands[:, :, 1]
    assert width[:, 5] == pytest.approx((width[:, 3] + width[:, 7]) / 2)
    assert (width[:, 5] > 1.05 * width[0, 3]).all()


def test_errors_that_go_together_widen_a_band() -> None:
    rng = np.random.default_rng(10)
    free = rng.normal(size=(60, WEEKS))
    together = np.repeat(rng.normal(size=(60, WEEKS // 9)), 9, axis=1)
    relative = []
    for noise in (free, together):
        values = 100 + noise / noise.std(axis=1, keepdims=True)
        bands = bands_of(values)[:, 0]
        relative.append((bands[:, 3] - bands[:, 1]).mean())
    assert relative[1] > 1.04 * relative[0]


def test_errors_that_share_weeks_count_once_where_series_are_few() -> None:
    values = 100 + np.random.default_rng(12).normal(size=(60, 40))
    width = {}
    for few in (False, True):
        bands = bands_of(values, few=few, horizon=8)
        width[few] = (bands[:, :, 4] - bands[:, :, 0]).mean(axis=0)
    assert width[True][0] == pytest.approx(width[False][0])  # a week ahead none are shared
    worth = 32 - 8 + 12  # origins with eight weeks after them, and the pool's pull
    wanted = np.sqrt((1 + 2 / (worth / 8)) / (1 + 2 / worth))
    assert width[True][7] / width[False][7] == pytest.approx(wanted, rel=0.02)


def test_a_level_of_its_own_pool_has_its_own_width_and_small_levels_share() -> None:
    rng = np.random.default_rng(11)
    calm, wild = rng.normal(100, 1, size=(40, 30)), rng.normal(100, 10, size=(40, 30))
    values = np.concatenate([calm, wild, calm[:2], wild[:2]])
    pools = np.repeat([0, 1, -1], [40, 40, 4])
    seen, zeros = np.ones(values.shape, dtype=bool), np.zeros(84, dtype=np.int64)

    def past(weeks: Ints, step: int) -> Floats:
        return np.full((84, len(weeks)), 100.0)

    judged = Judged(values, seen, zeros, np.ones(84), pools, zeros > 0)
    bands = quantiles(judged, past, np.full((84, 1), 100.0))[:, 0]
    width = bands[:, 3] - bands[:, 1]
    assert 2 < width[:40].mean() < 4
    assert 20 < width[40:80].mean() < 32
    assert width[80:82].mean() > 1.5 * width[:40].mean()  # wild ones are in the pool they share
