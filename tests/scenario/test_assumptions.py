"""Assumptions move within what was learned, on the same draws, and are marked where moved."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from smartreco.errors import InputError
from smartreco.scenario.assumptions import Assumptions
from smartreco.scenario.effects import FlagKind
from smartreco.scenario.levers.registry import lever_from_dict
from smartreco.scenario.outcome import Compared, Measure, Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from smartreco.scenario.words import TEMPLATES
from tests.scenario.markets import learned, uncertain

CUT = {"kind": "price", "category": "Food", "change": -0.1}
PROMOTED = {"kind": "promotion", "category": "Food", "depth": 0.2}
EMPTY = {"kind": "stock_out", "products": ["P0"]}
NAMES = [one.name for one in fields(Assumptions)]


def played(*levers: dict[str, object], **moved: float) -> Outcome:
    made = tuple(lever_from_dict(one) for one in levers)
    asked = Scenario("A question", made, 4, seed=3, assumptions=Assumptions(**moved))
    return simulate(uncertain(), asked)


def units(outcome: Outcome) -> Compared:
    return outcome.of(Measure.UNITS)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_differs_without_levers_whatever_is_assumed(name: str) -> None:
    for one in played(**{name: 0.9}).measures:
        assert (one.compared.difference, one.compared.low, one.compared.high) == (0, 0, 0)


@pytest.mark.parametrize(
    ("lever", "name", "more"),
    [
        (CUT, "response", True), (PROMOTED, "promotion", True), (EMPTY, "substitution", True),
        (CUT, "substitution", False), (CUT, "demand", True), (EMPTY, "demand", False),
    ],
)  # fmt: skip
def test_an_assumption_moves_the_difference_its_own_way_and_narrows_its_band(
    lever: dict[str, object], name: str, more: bool
) -> None:
    usual = played(lever)
    low, high = (played(lever, **{name: place}) for place in (0.1, 0.9))
    found = [units(one).difference for one in (low, usual, high)]
    assert found == sorted(found, reverse=not more)
    assert found[0] != found[2]
    middle = units(played(lever, **{name: 0.5}))
    assert middle.high - middle.low <= 1.05 * (units(usual).high - units(usual).low)


def test_only_what_is_about_the_world_moves_today() -> None:
    usual = units(played(CUT)).baseline
    assert units(played(CUT, response=0.9, substitution=0.1)).baseline == usual
    assert units(played(CUT, demand=0.9)).baseline > usual
    assert units(played(CUT, demand=0.1)).baseline < usual


def test_the_ends_of_the_tornado_are_those_of_the_sliders() -> None:
    bars = {
        one.cause[0].template: (one.units_low, one.units_high) for one in played(CUT).contributions
    }
    for name in ("demand", "response", "substitution"):
        ends = [played(CUT, **{name: place}).contributions[0] for place in (0.1, 0.9)]
        # A hundred draws in both: the same, but for rounding in the place.
        assert bars[f"cause.{name}"] == pytest.approx([one.units_low for one in ends], rel=1e-3)


def test_what_is_assumed_has_its_range_its_source_and_its_mark() -> None:
    found = played(PROMOTED, response=0.9)
    by = {one.name: one for one in found.assumed}
    assert set(by) == {"demand", "response", "promotion", "substitution"}
    for one in by.values():
        assert one.low != one.high
        assert min(one.low, one.high) <= one.middle <= max(one.low, one.high)
        for name in (f"cause.{one.name}", f"moved.{one.name}", one.source.template):
            assert name in TEMPLATES
    assert by["response"].value == by["response"].high
    assert by["promotion"].value == by["promotion"].middle
    marked = [one for one in found.flags if one.kind is FlagKind.MOVED]
    assert [one.sentence.template for one in marked] == ["moved.response"]
    assert not [one for one in played(PROMOTED).flags if one.kind is FlagKind.MOVED]


def test_a_launch_can_be_held_at_the_end_of_what_like_products_sell() -> None:
    market = learned()
    category = str(market.categories[0])
    lever = lever_from_dict({"kind": "launch", "name": "New", "category": category, "price": 100.0})
    sold = [
        simulate(
            market, Scenario("x", (lever,), 8, assumptions=Assumptions(launch=place))
        ).of(Measure.UNITS).difference
        for place in (0.3, 0.6, 0.9)
    ]  # fmt: skip
    assert sold[0] < sold[1] < sold[2]


def test_assumptions_are_themselves_again_and_refused_in_words() -> None:
    moved = Scenario("x", assumptions=Assumptions(response=0.9, launch=0.2))
    assert Scenario.from_dict(moved.to_dict()) == moved
    assert "assumptions" not in replace(moved, assumptions=Assumptions()).to_dict()
    for wrong in ({"mood": 0.5}, {"response": 2}, {"response": "high"}, {"demand": np.nan}, [0.5]):
        with pytest.raises(InputError) as refused:
            Scenario.from_dict({"name": "x", "assumptions": wrong})
        assert refused.value.action
