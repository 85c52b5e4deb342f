"""Learning curves are kept whole and found by their number."""

from __future__ import annotations

from datetime import datetime

import pytest

from smartreco.store import Store, learning_curves
from smartreco.store.learning_curves import CurveRow

NOW = datetime(2026, 5, 12, 14, 5)


def row(number: int, version: int | None = None, result: object = None) -> CurveRow:
    return CurveRow(number, NOW, 3, version, 10, "ana", 20.5, {"points": result or []})


def test_a_curve_comes_back_as_it_went(store: Store) -> None:
    with store.cursor() as cursor:
        assert learning_curves.next_number(cursor) == 1
        assert learning_curves.numbers(cursor) == []
    for one in (row(1), row(2, version=4, result=[{"ndcg": 0.5}])):
        store.write(lambda cursor, one=one: learning_curves.add(cursor, one))
    with store.cursor() as cursor:
        assert learning_curves.numbers(cursor) == [(2, 4, 10), (1, None, 10)]
        assert learning_curves.read(cursor, 2) == row(2, version=4, result=[{"ndcg": 0.5}])
        assert learning_curves.read(cursor, 3) is None
        assert learning_curves.next_number(cursor) == 3


def test_a_result_that_is_not_json_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON"):
        store.write(lambda cursor: learning_curves.add(cursor, row(1, result=float("nan"))))
