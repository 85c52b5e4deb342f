"""The judging of shops to win counts what came, and what lay between limits."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks import white_space as bench
from smartreco.workspace.vendor.reach_views import Span80
from smartreco.workspace.vendor.reach_white import NOTHING_LEFT, nothing

PLACE = {"region": "North", "city": None, "segment": "kirana"}


def pairs() -> pd.DataFrame:
    """Four shops, the largest first, and two products of which the first is bought more."""
    rows = [
        {"retailer_id": f"r{shop}", "product_id": f"p{good}", **PLACE, "named": shop != 4,
         "size": 100.0 / shop, "buyers": 10 / good, "came": 5.0 if (shop, good) in came else 0.0}
        for shop in (1, 2, 3, 4) for good in (1, 2) for came in [{(1, 2), (3, 1), (4, 1)}]
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_a_list_is_judged_by_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "FIRST", 3)
    told = nothing(NOTHING_LEFT)
    ours = pd.DataFrame({"retailer_id": ["r3", "r1", "r2"], "product_id": ["p1", "p2", "p1"]})
    object.__setattr__(told, "rows", ours)
    found = bench.hits(told, pairs())
    assert found["ours"] == pytest.approx(2 / 3)
    assert found["by size"] == pytest.approx(1 / 3)  # r1 p1, r1 p2, r2 p1
    assert found["one each"] == pytest.approx(1 / 3)  # r1 p1, r2 p1, r3 p1


def test_limits_are_held_against_all_that_came() -> None:
    told = nothing(NOTHING_LEFT)
    frame = pd.DataFrame([{**PLACE, "low": 10.0, "high": 20.0}])
    for name, value in (
        ("regions", frame), ("cells", frame.assign(high=14.0)), ("total", Span80(15, 16, 20)),
    ):  # fmt: skip
        object.__setattr__(told, name, value)
    assert bench.covered(told, pairs()) == {"region": [True], "cell": [False], "vendor": [False]}


@pytest.mark.full
def test_a_world_is_judged_from_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    small = {"retailers": 60, "products": 80, "vendors": 3, "months": 14}
    made = bench.SyntheticSettings
    monkeypatch.setattr(bench, "SyntheticSettings", lambda **given: made(**small, **given))
    found = bench.judged(3, bench.ENDS[0])
    assert len(found) == 3
    assert found[["ours", "by size"]].to_numpy().min() >= 0
    assert (found["region in"] <= found["region of"]).all()
    assert "Times as many" in bench.words(found)
