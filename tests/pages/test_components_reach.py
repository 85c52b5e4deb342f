"""Charts of reach: valid, true to their figures, in words as well."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import pytest

from pages.components.charts.buyers import Buyers, buyers_bars, buyers_in_words
from pages.components.charts.cohorts import Kept, cohort_map, cohorts_in_words
from pages.components.charts.distribution import (
    Reach,
    ReachWeek,
    course_of_reach_in_words,
    distribution_dots,
    distribution_in_words,
    reach_course,
)
from pages.components.charts.expected import Expected, expected_bars, expected_in_words
from pages.components.charts.flows import Flow, flow_bars, flows_in_words
from pages.components.charts.vega import Spec
from smartreco.language import Language

ENGLISH = Language("en_US", "USD")
AMOUNTS = [
    Expected("north", "North", 900.0, 700.0, 1200.0, "7 shops"),
    Expected("", "other places", 100.0, 20.0, 300.0, "5 shops"),
]
PLACES = [Reach("North", 0.5, 0.75, "4 of 8 shops"), Reach("South", 0.25, None, "2 of 8 shops")]
WEEKS = [ReachWeek(date(2026, 1, 5), 0.5, 0.75), ReachWeek(date(2026, 1, 12), 0.55, None)]
CATEGORIES = [Buyers("Tea", 5, 10, 15, 20)]
COHORTS = [
    Kept("2025 Q1: 4 shops", 0, "2025 Q1", 4, 4),
    Kept("2025 Q1: 4 shops", 1, "2025 Q2", 4, 3),
]
FLOWS = [Flow("2025 Q2", 30, 4, 2, 3), Flow("2025 Q3", 33, 0, 0, 0)]


def every_chart() -> dict[str, Spec]:
    """One of each kind."""
    return {
        "expected": expected_bars(AMOUNTS, ENGLISH),
        "distribution": distribution_dots(PLACES, ENGLISH),
        "course": reach_course(WEEKS, ENGLISH),
        "buyers": buyers_bars(CATEGORIES, ENGLISH),
        "cohorts": cohort_map(COHORTS, ENGLISH),
        "flows": flow_bars(FLOWS, ENGLISH),
    }


@pytest.mark.parametrize("kind", every_chart())
def test_a_chart_is_valid_vega_lite_over_frames_that_are_there(kind: str) -> None:
    spec = every_chart()[kind]
    frames = spec.pop("datasets")
    alt.LayerChart.from_dict(spec)  # checks it against the schema
    used = {one["data"]["name"] for one in spec["layer"]}
    assert used == set(frames)
    assert all(len(frame) for frame in frames.values())


def rows(spec: Spec, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = spec["datasets"][name].to_dict("records")
    return found


def test_bars_of_what_is_expected_hold_amount_and_limits() -> None:
    drawn = rows(expected_bars(AMOUNTS, ENGLISH), "amounts")
    assert [(one["expected"], one["low"], one["high"]) for one in drawn] == [
        (900.0, 700.0, 1200.0), (100.0, 20.0, 300.0),
    ]  # fmt: skip
    assert len({one["words"] for one in drawn}) == 2


def test_a_place_without_a_weighted_share_has_one_dot_and_no_line() -> None:
    spec = distribution_dots(PLACES, ENGLISH)
    assert [one["label"] for one in rows(spec, "dots")] == ["North", "North", "South"]
    assert len(rows(spec, "between")) == 1


def test_parts_of_a_category_add_up_to_all_its_shops() -> None:
    drawn = rows(buyers_bars(CATEGORIES, ENGLISH), "buyers")
    assert sum(one["share"] for one in drawn) == pytest.approx(1.0)
    assert "30% of 50 shops" in drawn[0]["words"]


def test_lost_shops_hang_below_the_line_and_won_ones_stand_on_it() -> None:
    spec = flow_bars(FLOWS, ENGLISH)
    drawn = rows(spec, "flows")
    assert [one["shops"] for one in drawn if one["quarter"] == "2025 Q2"] == [4, 2, -3]
    assert [one["words"] for one in rows(spec, "above")] == ["+6"]
    assert [one["words"] for one in rows(spec, "below")] == ["−3"]


def test_a_listener_hears_the_figures() -> None:
    assert "North: $900" in expected_in_words(AMOUNTS, "Won", ENGLISH)
    assert "$700 – $1.2K" in expected_in_words(AMOUNTS, "Won", ENGLISH)
    assert "South: 25% share of shops" in distribution_in_words(PLACES, "Reach", ENGLISH)
    assert "12 Jan 2026: 55%" in course_of_reach_in_words(WEEKS, "Reach", ENGLISH)
    assert "from others only 15" in buyers_in_words(CATEGORIES, "Buyers", ENGLISH)
    assert "3 of 4 shops still buy in 2025 Q2" in cohorts_in_words(COHORTS, "Kept", ENGLISH)
    assert "30 stayed, 4 new, 2 came back, 3 lost" in flows_in_words(FLOWS, "Flows", ENGLISH)
