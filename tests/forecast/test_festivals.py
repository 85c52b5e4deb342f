"""Festivals move; what was learned of them moves along."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.forecast.festivals import FestivalSettings, Shape, features, festival_effect, learn
from smartreco.forecast.forecaster import forecast
from tests.forecast.panels import MONDAY, panel_of

WEEKS, AHEAD = 100, 8
# 40 and 46 weeks apart: a season of 52 weeks would be wrong each time
FEASTS = [(3, "Feast"), (19, "Feast"), (41, "Feast"), (59, "Feast"), (77, "Feast"), (105, "Feast")]


def calendar() -> pd.DataFrame:
    days = [MONDAY + 7 * week + 3 for week, _ in FEASTS]
    return pd.DataFrame({"festival": [name for _, name in FEASTS], "day": pd.to_datetime(days)})


def rising(strength: float, seed: int, lead: float = 11.0) -> np.ndarray:
    """Forty series at 50 a week that shops stock up on before the feast, and order less after."""
    weeks = MONDAY + 7 * np.arange(WEEKS + AHEAD)
    x = features(calendar(), weeks, Shape(lead, 8.0, 10.0), FestivalSettings())
    level = 50 * (1 + x @ np.array([strength, -0.3 * strength]))
    return np.random.default_rng(seed).normal(level, 4, size=(40, WEEKS + AHEAD)).clip(0)


@pytest.mark.parametrize("lead", [3.0, 11.0, 20.0])
def test_days_of_stocking_up_are_learned(lead: float) -> None:
    panel = panel_of(rising(0.8, 1, lead)[:, :WEEKS], calendar=calendar())
    found = learn(panel)
    assert found.shape.lead == lead
    assert found.kept > 0.8


def test_a_feast_to_come_raises_the_forecast_in_its_weeks() -> None:
    values = rising(0.8, 2)
    told = forecast(panel_of(values[:, :WEEKS], calendar=calendar()), AHEAD)
    untold = forecast(panel_of(values[:, :WEEKS]), AHEAD)
    came = values[:, WEEKS:]
    assert ((told.mean - came) ** 2).mean() < 0.5 * ((untold.mean - came) ** 2).mean()
    peak = int(came.mean(axis=0).argmax())
    assert told.parts.festival[:, peak].mean() > 15
    assert not untold.parts.festival.any()


def test_dates_without_an_effect_are_not_believed() -> None:
    values = np.random.default_rng(3).normal(50, 8, size=(40, WEEKS))
    found = festival_effect(panel_of(values, calendar=calendar()), AHEAD)
    assert np.abs(found).mean() < 0.5


def test_a_feast_seen_once_is_not_believed() -> None:
    once = calendar().iloc[[2, 5]]
    values = rising(0.8, 4)[:, :WEEKS]
    assert np.abs(festival_effect(panel_of(values, calendar=once), AHEAD)).max() < 0.5


def test_without_a_calendar_nothing_happens() -> None:
    values = rising(0.8, 5)[:, :WEEKS]
    empty = calendar().iloc[:0]
    assert not festival_effect(panel_of(values), AHEAD).any()
    assert not festival_effect(panel_of(values, calendar=empty), AHEAD).any()


def test_an_effect_grows_with_its_series() -> None:
    values = rising(0.8, 6)[:, :WEEKS]
    mixed = np.concatenate([values[:20], 10 * values[20:]])
    found = np.abs(festival_effect(panel_of(mixed, calendar=calendar()), AHEAD)[:, WEEKS:])
    assert found[20:].mean() == pytest.approx(10 * found[:20].mean(), rel=0.1)
