"""A grading counts what it says it counts, and can be stored and read."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartreco.errors import InputError
from smartreco.evaluation.scenario_grading import GRADED_AS, Case, Grading, Guess, grades
from smartreco.scenario.levers.registry import LEVERS


def guess(difference: float, low: float, high: float, truth: float, luck: float = 1.0) -> Guess:
    return Guess(difference, low, high, truth, expected=truth, luck=luck)


CASES = [
    Case("price", "one", 1, guess(10, 5, 15, 12), guess(-3, -5, -1, -4)),
    Case("price", "two", 1, guess(10, 5, 15, 20), guess(3, -1, 5, -9)),
    Case("exit", "three", 2, guess(-8, -9, -7, -7.5), guess(1, -1, 2, 0.5)),
    Case("exit", "four", 2, guess(-8, -9, -7, 1.5), guess(1, -1, 2, 0.5)),
]


PROMISED = ("price", "promotion", "stock-out", "exit", "launch")


def test_shares_are_counted_by_kind_and_over_all() -> None:
    found = {(one.kind, one.measure): one for one in grades(CASES)}
    assert list(found) == [
        (kind, measure) for kind in ("all", "price", "exit") for measure in ("units", "revenue")
    ]
    assert found["price", "units"].inside == 0.5
    assert found["all", "units"].inside == 0.5
    assert found["all", "units"].cases == 4
    assert found["all", "units"].with_sign == 3
    assert found["all", "units"].right_way == 1.0
    assert found["price", "revenue"].right_way == 0.5
    assert found["exit", "revenue"].right_way is None


def test_a_difference_within_luck_has_no_sign() -> None:
    assert not guess(1, 0, 2, 3, luck=2).has_sign
    assert guess(1, 0, 2, 5, luck=2).has_sign
    assert not Guess(1, 0, 2, truth=-9, expected=9, luck=1).has_sign


def test_a_grading_is_itself_again_after_its_file(tmp_path: Path) -> None:
    grading = Grading(
        "2026-01-05", (1, 2), {"retailers": 9, "products": 8, "vendors": 7}, 8, grades(CASES)
    )
    grading.save(tmp_path / "trust.json")
    assert Grading.load(tmp_path / "trust.json") == grading
    found = grading.of("price", "units")
    assert found is not None
    assert found.cases == 2
    assert grading.of("weather", "units") is None


@pytest.mark.parametrize("text", ["", "{}", '{"version": 9}', '{"version": 1, "grades": 3}'])
def test_a_file_of_another_kind_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "trust.json").write_text(text)
    with pytest.raises(InputError, match="version"):
        Grading.load(tmp_path / "trust.json")


def test_the_shipped_grading_holds_what_is_promised() -> None:
    shipped = Grading.shipped()
    for measure in ("units", "revenue"):
        found = shipped.of("all", measure)
        assert found is not None
        assert found.cases >= 60
        assert 0.7 <= found.inside <= 0.9
        assert found.right_way is not None
        assert found.right_way >= 0.9
        asked = [shipped.of(kind, measure) for kind in PROMISED]
        cases = sum(one.cases for one in asked if one)
        assert cases >= 60
        assert 0.7 <= sum(one.inside * one.cases for one in asked if one) / cases <= 0.9


def test_each_kind_that_counts_as_graded_was_graded() -> None:
    shipped = Grading.shipped()
    assert set(GRADED_AS) < set(LEVERS)
    assert set(PROMISED) <= set(GRADED_AS.values())
    assert all(shipped.of(kind, "units") for kind in GRADED_AS.values())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Grading.load(tmp_path / "nowhere.json")
