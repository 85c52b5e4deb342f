"""Festivals move; what was learned of them moves along."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.forecast.festival_shapes import Shape, apart
from smartreco.forecast.festivals import festival_effect, learn
from smartreco.forecast.forecaster import forecast
from smartreco.forecast.panel import Panel
from tests.forecast.panels import MONDAY, panel_of

WEEKS, AHEAD = 100, 8
# 40 and 46 weeks apart: a season of 52 weeks would be wrong each time
FEASTS = [(3, "Feast"), (19, "Feast"), (41, "Feast"), (59, "Feast"), (77, "Feast"), (105, "Feast")]


def calendar(feasts: list[tuple[int, str]] = FEASTS) -> pd.DataFrame:
    days = [MONDAY + 7 * week + 3 for week, _ in feasts]
    return pd.DataFrame({"festival": [name for _, name in feasts], "day": pd.to_datetime(days)})


def nearness(dates: pd.DataFrame, lead: float = 11.0) -> np.ndarray:
    weeks = MONDAY + 7 * np.arange(WEEKS + AHEAD)
    return apart(dates, weeks).features(Shape(lead, 8.0, 10.0, 0.3))


def rising(strength: float, seed: int, lead: float = 11.0) -> np.ndarray:
    """Forty series at 50 a week that shops stock up on before the feast, and order less after."""
    level = 50 * np.exp(nearness(calendar(), lead) @ np.array([strength]))
    return np.random.default_rng(seed).normal(level, 4, size=(40, WEEKS + AHEAD)).clip(0)


@pytest.mark.parametrize("lead", [3.0, 11.0, 20.0])
def test_days_and_strength_of_stocking_up_are_learned(lead: float) -> None:
    found = learn(panel_of(rising(0.6, 1, lead)[:, :WEEKS], calendar=calendar()))
    assert found is not None
    assert found.shape.lead == lead
    assert found.strength[0] == pytest.approx(0.6, abs=0.05)


def test_a_feast_to_come_raises_the_forecast_in_its_weeks() -> None:
    values = rising(0.6, 2)
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


def test_a_feast_seen_once_is_believed_where_nothing_else_moves() -> None:
    once = calendar([FEASTS[2], FEASTS[5]])
    level = 50 * np.exp(0.6 * nearness(once)[:, 0])
    values = np.random.default_rng(4).normal(level, 4, size=(40, WEEKS + AHEAD))
    found = festival_effect(panel_of(values[:, :WEEKS], calendar=once), AHEAD)[:, WEEKS:]
    true = (level - 50)[WEEKS:]
    assert found.max(axis=1).mean() == pytest.approx(true.max(), rel=0.2)


def test_what_chance_does_to_festivals_is_shrunk() -> None:
    dates = calendar([(w, f"{w % 39}") for w in (8, 15, 22, 30, 47, 54, 61, 69, 86, 93)])
    x = nearness(dates)[:WEEKS]
    beside = np.column_stack([x, np.ones(WEEKS)])
    shrunk, unshrunk = [], []
    for seed in range(10):
        shock = np.random.default_rng(seed).normal(0, 0.3, size=WEEKS)
        found = learn(panel_of(np.tile(50 * np.exp(shock), (10, 1)), calendar=dates))
        assert found is not None
        shrunk.append((found.strength**2).sum())
        unshrunk.append((np.linalg.lstsq(beside, shock, rcond=None)[0][:-1] ** 2).sum())
    assert np.median(shrunk) < 0.2 * np.median(unshrunk)


def test_a_feast_seen_once_shows_no_effect_in_its_own_weeks() -> None:
    once = calendar([FEASTS[2], FEASTS[5]])
    found = festival_effect(panel_of(rising(0.6, 4)[:, :WEEKS], calendar=once), AHEAD)
    assert np.abs(found[:, 30:45]).max() < 5


def test_festivals_within_a_month_share_what_came_between_them() -> None:
    dates = calendar([(20, "Big"), (23, "Small"), (68, "Small"), (73, "Big"), (48, "Other")])
    order = apart(dates, MONDAY + 7 * np.arange(2)).names.tolist()
    truth = np.array([{"Big": 0.6, "Small": 0.2, "Other": 0.3}[name] for name in order])
    level = 50 * np.exp(nearness(dates) @ truth)
    values = np.random.default_rng(5).normal(level, 4, size=(40, len(level)))
    found = learn(panel_of(values[:, :WEEKS], calendar=dates))
    assert found is not None
    assert found.strength == pytest.approx(truth, abs=0.08)


def test_a_festival_with_days_of_its_own_keeps_them() -> None:
    feasts = [(w, n) for n, weeks in (("A", (10, 60)), ("B", (25, 78)), ("Late", (42, 92)))
              for w in weeks]  # fmt: skip
    dates = calendar(feasts)
    early, late = nearness(dates, 11.0), nearness(dates, 3.0)
    level = 50 * np.exp(0.5 * (early[:, 0] + early[:, 1] + late[:, 2]))
    values = np.random.default_rng(6).normal(level, 4, size=(40, len(level)))
    found = learn(panel_of(values[:, :WEEKS], calendar=dates))
    assert found is not None
    assert found.leads == pytest.approx([11.0, 11.0, 3.0], abs=1.0)


def test_a_group_that_does_not_keep_the_feast_is_told_apart() -> None:
    values = rising(0.6, 7)[:, :WEEKS]
    values[30:] = np.random.default_rng(8).normal(50, 4, size=(10, WEEKS))
    made = panel_of(values, calendar=calendar())
    groups = np.array(["keeps"] * 30 + ["does not"] * 10)
    panel = Panel(
        made.values, made.ids, made.levels, groups, made.starts, made.missing, made.calendar
    )
    ahead = festival_effect(panel, AHEAD)[:, WEEKS:].max(axis=1)
    assert ahead[:30].mean() > 25
    assert ahead[30:].mean() < 0.3 * ahead[:30].mean()


def test_the_rhythm_of_large_shops_is_not_taken_for_a_festival() -> None:
    rng = np.random.default_rng(9)
    dates = calendar([(12, "A"), (33, "B"), (55, "A"), (80, "B"), (103, "A")])
    level = np.exp(0.3 * nearness(dates).sum(axis=1))
    size = np.append(np.full(50, 20.0), [900.0, 700.0])
    every = np.append(rng.integers(1, 3, size=50), [4, 6])
    comes = (np.arange(WEEKS + AHEAD)[None, :] + rng.integers(0, 6, 52)[:, None]) % every[:, None]
    values = size[:, None] * level * (comes == 0) * rng.gamma(10, 0.1, size=comes.shape)
    found = learn(panel_of(values[:, :WEEKS], calendar=dates))
    assert found is not None
    assert found.strength == pytest.approx([0.3, 0.3], abs=0.1)


def test_what_came_in_a_part_of_the_past_does_not_change_its_own_effect() -> None:
    dates = calendar([(20, "Feast"), (55, "Feast"), (93, "Feast")])
    values = 50 * np.exp(0.6 * nearness(dates)[:, :1].T) + np.zeros((40, 1))
    values += np.random.default_rng(10).normal(0, 3, size=values.shape)
    last_part = values[:, :WEEKS].copy()
    last_part[:, 84:] = 50.0
    was, now = (
        festival_effect(panel_of(one, calendar=dates), AHEAD)[:, 91].mean()
        for one in (values[:, :WEEKS], last_part)
    )
    assert was > 20
    assert now == pytest.approx(was, rel=0.15)


def test_without_a_calendar_nothing_happens() -> None:
    values = rising(0.6, 5)[:, :WEEKS]
    empty = calendar().iloc[:0]
    assert learn(panel_of(values)) is None
    assert not festival_effect(panel_of(values), AHEAD).any()
    assert not festival_effect(panel_of(values, calendar=empty), AHEAD).any()


def test_an_effect_grows_with_its_series() -> None:
    values = rising(0.6, 6)[:, :WEEKS]
    mixed = np.concatenate([values[:20], 10 * values[20:]])
    found = np.abs(festival_effect(panel_of(mixed, calendar=calendar()), AHEAD)[:, WEEKS:])
    assert found[20:].mean() == pytest.approx(10 * found[:20].mean(), rel=0.1)


def test_a_short_past_with_empty_series_is_not_an_error() -> None:
    values = rising(0.6, 11)[:, :12]
    values[:5] = 0.0
    found = festival_effect(panel_of(values, calendar=calendar()), AHEAD)
    assert np.isfinite(found).all()
    assert not found[:5].any()
