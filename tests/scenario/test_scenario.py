"""A scenario survives being written down, and says what is wrong with one that cannot be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from smartreco.errors import InputError
from smartreco.scenario.levers.registry import lever_from_dict
from smartreco.scenario.scenario import Scenario
from tests.scenario.test_lever_contract import EXAMPLES


def test_a_scenario_is_itself_again_after_json() -> None:
    levers = tuple(lever_from_dict({"kind": kind, **one}) for kind, one in EXAMPLES.items())
    scenario = Scenario("All at once", levers, horizon=6, seed=9, draws=100)
    assert Scenario.from_dict(json.loads(json.dumps(scenario.to_dict()))) == scenario


def test_only_the_name_is_needed() -> None:
    assert Scenario.from_dict({"name": "Nothing"}) == Scenario("Nothing")


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"name": " "},
        {"name": "x", "horizon": 0},
        {"name": "x", "horizon": "8"},
        {"name": "x", "draws": 3},
        {"name": "x", "seed": -1},
        {"name": "x", "mood": "good"},
        {"name": "x", "levers": {"kind": "price"}},
        {"name": "x", "levers": ["price"]},
        {"name": "x", "levers": [{"change": 0.1}]},
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(plain: dict[str, Any]) -> None:
    with pytest.raises(InputError) as refused:
        Scenario.from_dict(plain)
    assert refused.value.action
