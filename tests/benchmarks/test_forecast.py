"""The protocol of the forecast benchmark: who is judged, on what, and what the tables say."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from benchmarks.forecasts.bars import Cells, bars
from benchmarks.forecasts.demand import Demand, weekly
from benchmarks.forecasts.ours import SERVED, SINGLE, guarantees, rows_of, served, single
from benchmarks.forecasts.peers import FEWEST_WEEKS, Made, long
from benchmarks.forecasts.protocol import HORIZON, earlier_origins, judged, origins
from benchmarks.forecasts.scoring import cells, measured, truth
from benchmarks.forecasts.speed import OURS, OURS_WITH_CALENDAR, with_calendar
from benchmarks.forecasts.table import section
from tests.forecast.panels import panel_of

WEEKS = 30


@pytest.fixture(scope="module")
def demand() -> Demand:
    """Twelve products, six shops, thirty full weeks from a Monday, and days of half weeks."""
    rng = np.random.default_rng(2)
    first = pd.Timestamp("2024-01-01")
    days = pd.date_range(first - timedelta(days=3), first + timedelta(days=7 * WEEKS + 2))
    lines = pd.MultiIndex.from_product([days, [f"p{at}" for at in range(12)]]).to_frame(index=False)
    lines.columns = ["ordered_at", "product_id"]
    lines["retailer_id"] = [f"r{at}" for at in rng.integers(0, 6, len(lines))]
    lines["quantity"] = rng.poisson(3, len(lines))
    products = pd.DataFrame({"product_id": [f"p{at}" for at in range(12)]})
    products["category"] = ["x", "y"] * 6
    products["vendor_id"] = ["v", "w", None] * 4
    products["list_price"] = 1.0
    retailers = pd.DataFrame({"retailer_id": [f"r{at}" for at in range(6)], "region": None})
    return weekly(lines, products, retailers)


def test_only_full_weeks_and_levels_that_tell_series_apart_are_there(demand: Demand) -> None:
    panel = demand.panel
    assert panel.starts[0] == np.datetime64("2024-01-01")
    assert panel.weeks == WEEKS
    names, many = np.unique(panel.levels, return_counts=True)
    assert dict(zip(names.tolist(), many.tolist(), strict=True)) == {
        "category": 2, "product": 12, "retailer": 6, "total": 1, "vendor": 3,
    }  # fmt: skip
    total = panel.values[panel.levels == "total"][0]
    for level in names:
        assert panel.values[panel.levels == level].sum(axis=0) == pytest.approx(total)


def test_settings_are_chosen_on_weeks_before_all_that_is_reported() -> None:
    reported, earlier = origins(104), earlier_origins(104)
    assert len(reported) >= 4
    assert reported[-1] + HORIZON == 104
    assert earlier[-1] + HORIZON <= reported[0]


def test_large_levels_are_judged_by_half_of_their_best_and_half_by_lot() -> None:
    values = np.arange(1.0, 101)[:, None] * np.ones((100, 20))
    values[:, 15:] = 100 * values[::-1, 15:]  # what comes after the first origin must not choose
    panel = panel_of(values)
    rows = judged(panel, 15, most=20)
    assert len(rows) == 20
    assert set(range(90, 100)) <= set(rows.tolist())
    assert (judged(panel, 15, most=20) == rows).all()
    assert len(judged(panel, 15, most=100)) == 100


def test_what_was_known_hides_later_weeks_and_series(demand: Demand) -> None:
    panel = demand.panel
    values = panel.values.copy()
    values[0, :20] = 0
    late = Demand(type(panel)(values, panel.ids, panel.levels, panel.groups, panel.starts),
                  demand.structure)  # fmt: skip
    known = late.known(20)
    assert known.panel.weeks == 20
    assert len(known.panel) == len(panel) - 1


def test_peers_get_a_series_from_its_first_sale_but_never_under_twelve_weeks() -> None:
    values = np.ones((2, 20))
    values[0, :5], values[1, :18] = 0, 0
    found = long(panel_of(values)).groupby("unique_id")["ds"].agg(["min", "size"])
    assert found["min"].tolist() == [5, 20 - FEWEST_WEEKS]
    assert found["size"].tolist() == [15, FEWEST_WEEKS]


def test_ours_keeps_its_guarantees_and_a_series_not_there_yet_is_zero(demand: Demand) -> None:
    known = demand.known(WEEKS - HORIZON)
    made = served(known)
    kept = guarantees(made, known)
    assert (kept.crossing, kept.negative, kept.missing) == (0, 0, 0)
    assert kept.gap < 1e-6
    assert guarantees(single(known), known).gap > 1e-6  # the check can fail
    rows = rows_of(made, np.array(["product", "product"]), np.array(["p1", "new"]), 0.5)
    place = int(np.flatnonzero((made.levels == "product") & (made.ids == "p1"))[0])
    assert rows.mean[0].tolist() == made.mean[place].tolist()
    assert not rows.mean[1].any()


def test_scores_are_those_of_the_forecasts_and_a_rare_series_is_not_judged() -> None:
    values = np.tile([1.0, 3.0], (3, 14))
    values[2, 3:] = 0  # sold in three weeks
    values[2, 0] = 0  # and now in two
    panel = panel_of(values)
    came = truth(panel, np.arange(3), 20, HORIZON)
    made = Made(np.full((3, HORIZON), 2.0), np.full((3, HORIZON, 5), np.nan), 0.0)
    found = measured(made, came)
    assert found[0, :2].tolist() == pytest.approx([0.5, 0.5])  # off by one, steps of two
    assert np.isnan(found[:, 2]).all()
    assert np.isnan(found[1]).all()  # no bands, no pinball


def figures(ours: float, ets: float, theta: float, inside: float = 0.8) -> dict[str, object]:
    levels = np.array(["product"] * 20)
    found = {}
    for name, rmsse in ((SERVED, ours), (SINGLE, ours), ("AutoETS", ets), ("AutoTheta", theta)):
        each = np.full((4, 20), rmsse)
        each[2], each[3] = inside, 0.95
        found[name] = [each]
    return {
        "cells": cells(found, levels, SERVED), "crossing": 0, "negative": 0, "missing": 0,
        "gap": 0.0,
    }  # fmt: skip


SECONDS = {OURS: 0.05, OURS_WITH_CALENDAR: 0.08, "AutoETS": 4.0}


def test_all_aims_hold_where_ours_is_clearly_ahead() -> None:
    found = bars({"iowa": figures(0.90, 1.0, 0.95)}, SECONDS)
    assert [holds for _, _, holds in found] == [True] * len(found)


@pytest.mark.parametrize(
    ("ours", "inside", "seconds", "failing"),
    [
        (0.96, 0.8, SECONDS, {"mean RMSSE", "RMSSE 5 %"}),
        (1.00, 0.8, SECONDS, {"mean RMSSE", "no cell more", "RMSSE 5 %", "pinball 3 %"}),
        (0.90, 0.7, SECONDS, {"80 % bands"}),
        (0.90, 0.8, SECONDS | {OURS_WITH_CALENDAR: 0.3}, {"1,000 series", "20 x"}),
    ],
)
def test_an_aim_that_is_missed_is_said_to_be_missed(
    ours: float, inside: float, seconds: dict[str, float], failing: set[str]
) -> None:
    found = bars({"iowa": figures(ours, 1.0, 0.95, inside)}, seconds)
    missed = {aim for aim, _, holds in found if not holds}
    assert len(missed) == len(failing)
    assert all(any(aim.startswith(start) for aim in missed) for start in failing)


def test_the_table_names_the_best_peer_and_what_is_missed() -> None:
    sets = {"iowa": figures(1.0, 1.0, 0.95)}
    words = section({"horizon": "8 weeks"}, sets, SECONDS)
    assert Cells(sets).best(("iowa", "product")) == "AutoTheta"
    assert "**0.950**" in words
    assert "| **no** |" in words


def test_a_calendar_covers_the_horizon() -> None:
    found = with_calendar(panel_of(np.ones((1, 20)))).calendar
    assert found is not None
    assert found["day"].max() > pd.Timestamp("2024-12-31")
