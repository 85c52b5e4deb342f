"""The grading of forecasts and elasticities runs on a small world and tells figures that can be."""

from __future__ import annotations

import pytest

from benchmarks import truth
from smartreco.dataset.synthetic import SyntheticData, SyntheticSettings, generate
from smartreco.forecast.panel import Level


@pytest.fixture(scope="module")
def data() -> SyntheticData:
    return generate(SyntheticSettings(retailers=40, products=60, vendors=6, months=18, seed=9))


def test_every_method_is_graded_at_every_level(data: SyntheticData) -> None:
    found = truth.forecasts(data)
    methods = {name for name, _ in found}
    assert {"SmartReco", "prices left out", "told: all three"} <= methods
    assert len(found) == len(methods) * len(Level.__members__) - len(methods)  # pairs are not
    assert all(beside_seer > 1 for _, beside_seer, _ in found.values())
    told, plain = found["told: all three", "product"][0], found["prices left out", "product"][0]
    assert told < plain
    lines = truth.table({key: [figures] for key, figures in found.items()})
    assert lines[2].startswith("| SmartReco | ")


def test_elasticities_are_graded(data: SyntheticData) -> None:
    rows = truth.price_rows(data)
    assert rows["units"].sum() == data.clean.orders["quantity"].sum()
    inside, width, error = truth.coverage(data)
    assert 0.5 <= inside <= 1
    assert 0 < error < width
    assert truth.shares("x", [(0.9, 1.0, 0.2), (0.8, 1.2, 0.3)]).count("|") == 7
