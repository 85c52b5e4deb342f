"""A backtest judges by what came, and lets nobody see it before."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.backtest import OURS, backtest
from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.panel import Panel
from smartreco.forecast.peers import PEERS
from tests.forecast.panels import panel_of, shops

RNG = np.random.default_rng(0)


def panel() -> Panel:
    return panel_of(shops(np.random.default_rng(1), 30, 60))


def test_origins_are_half_a_horizon_apart_and_end_a_horizon_before_the_end() -> None:
    seen: list[int] = []

    def make(known: Panel, horizon: int) -> Forecast:
        seen.append(known.weeks)
        return forecast(known, horizon)

    whole = panel()
    found = backtest(whole, 8, 3, RNG, make)
    assert seen == [44, 48, 52]
    assert found.origins == tuple(str(whole.starts[at]) for at in seen)


def test_errors_by_hand() -> None:
    """Training steps of 2 each week: the unit is 2. Naive says 12, what comes is 10 and 12."""
    series = np.array([10.0, 12.0] * 10 + [10.0, 12.0])
    found = backtest(panel_of([series]), 2, 1, RNG).of("product", "naive")
    assert found.rmsse == pytest.approx(np.sqrt((2**2 + 0) / 2) / 2)


def test_one_who_knew_would_have_no_error() -> None:
    whole = panel()

    def knowing(known: Panel, horizon: int) -> Forecast:
        made = forecast(known, horizon)
        came = whole.values[:, known.weeks : known.weeks + horizon]
        return type(made)(
            made.ids, made.levels, made.starts, came, np.repeat(came[:, :, None], 5, 2), made.parts
        )

    found = backtest(whole, 4, 2, RNG, knowing)
    ours = found.of("product")
    assert (ours.rmsse, ours.pinball, ours.covered_80, ours.covered_95) == (0, 0, 1, 1)
    less = found.of("product", "naive").less_rmsse
    assert less is not None
    assert less.high < 0


def test_peers_stand_beside_ours_on_each_level() -> None:
    values = shops(np.random.default_rng(3), 12, 50)
    levels = ["total"] + ["product"] * 11
    found = backtest(panel_of(values, levels), 4, 2, RNG)
    assert [(one.level, one.method) for one in found.scores] == [
        (level, name) for level in ("total", "product") for name in (OURS, *PEERS)
    ]
    only = backtest(panel_of(values, levels), 4, 2, RNG, level="total")
    assert {one.level for one in only.scores} == {"total"}


def test_series_with_hardly_a_sale_are_not_judged() -> None:
    values = shops(np.random.default_rng(4), 5, 40)
    values[0] = 0
    values[0, 5] = 3
    assert backtest(panel_of(values), 4, 2, RNG).of("product").series == 4


def test_weeks_without_stock_are_not_judged() -> None:
    values = shops(np.random.default_rng(5), 5, 40)
    out = np.zeros(values.shape, dtype=bool)
    out[2, 38] = True
    assert backtest(panel_of(values, missing=out), 4, 1, RNG).of("product").series == 4


def test_the_naive_season_wraps_a_long_horizon() -> None:
    values = np.tile(np.arange(52.0), 3)[None, :]
    past = PEERS["seasonal_naive"](panel_of(values), 60)
    last = np.array([155])
    assert past(last, 1)[0, 0] == 0
    assert past(last, 53)[0, 0] == 0
    assert past(last, 60)[0, 0] == 7


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="12 weeks before its first origin"):
        backtest(panel(), 8, 12, RNG)
    with pytest.raises(InputError, match="one origin"):
        backtest(panel(), 8, 0, RNG)
