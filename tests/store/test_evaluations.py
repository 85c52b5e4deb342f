"""Evaluations are kept in order and found by split and length."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from smartreco.store import Store, evaluations, migrations
from smartreco.store.evaluations import EvaluationRow

NOW = datetime(2026, 5, 12, 14, 5)


def row(number: int, split: str, k: int, **changes: object) -> EvaluationRow:
    plain = {
        "number": number, "evaluated_at": NOW, "data_version": 3, "model_version": None,
        "split": split, "k": k, "username": "ana", "seconds": 1.5, "result": {"lists": [number]},
    }  # fmt: skip
    return EvaluationRow(**(plain | changes))  # type: ignore[arg-type]


def keep(store: Store, *rows: EvaluationRow) -> None:
    for one in rows:
        store.write(lambda cursor, one=one: evaluations.add(cursor, one))


def test_a_run_comes_back_as_it_went(store: Store) -> None:
    kept = row(1, "time", 10, model_version=4, result={"ndcg": 0.5, "words": "ü", "none": None})
    keep(store, kept)
    with store.cursor() as cursor:
        assert evaluations.latest(cursor, "time") == kept
        assert evaluations.every(cursor) == [kept]


def test_the_newest_of_a_split_and_a_length_is_found(store: Store) -> None:
    keep(store, row(1, "time", 10), row(2, "time", 5), row(3, "random", 10))
    with store.cursor() as cursor:

        def number(split: str, k: int | None = None) -> int | None:
            found = evaluations.latest(cursor, split, k)
            return None if found is None else found.number

        assert number("time") == 2
        assert number("time", 10) == 1
        assert number("random") == 3
        assert number("random", 5) is None
        assert [one.number for one in evaluations.every(cursor)] == [3, 2, 1]
        assert evaluations.next_number(cursor) == 4


def test_an_empty_store_holds_none(store: Store) -> None:
    with store.cursor() as cursor:
        assert evaluations.latest(cursor, "time") is None
        assert evaluations.every(cursor) == []
        assert evaluations.next_number(cursor) == 1


def test_heads_say_all_but_the_figures_and_one_is_read_by_its_number(store: Store) -> None:
    keep(store, row(1, "time", 10), row(2, "random", 5, blend_version=3))
    with store.cursor() as cursor:
        newest, oldest = evaluations.heads(cursor)
        assert (newest.number, newest.split, newest.k, newest.blend_version) == (2, "random", 5, 3)
        assert (oldest.number, oldest.blend_version, oldest.evaluated_at) == (1, None, NOW)
        assert evaluations.read(cursor, 2) == row(2, "random", 5, blend_version=3)
        assert evaluations.read(cursor, 3) is None


def test_a_run_of_before_there_were_versions_is_one_without(tmp_path: Path) -> None:
    """Schema 4 wrote nine columns; what it wrote is read by the present one."""
    connection = duckdb.connect(str(tmp_path / "old.duckdb"))
    before = tmp_path / "schema"
    before.mkdir()
    shutil.copy(migrations.SCHEMA / "004_evaluations.sql", before)
    migrations.migrate(connection, before)
    connection.execute(
        "INSERT INTO evaluations VALUES "
        "(1, TIMESTAMP '2026-05-12 14:05:00', 3, NULL, 'time', 10, 'ana', 1.5, '{\"lists\": [1]}')"
    )
    shutil.copy(migrations.SCHEMA / "011_scoreboard.sql", before)
    assert migrations.migrate(connection, before) == [11]
    assert evaluations.latest(connection.cursor(), "time") == row(1, "time", 10)
    connection.close()


def test_a_result_that_is_not_json_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON"):
        keep(store, row(1, "time", 10, result={"ndcg": float("nan")}))
    with store.cursor() as cursor:
        assert evaluations.every(cursor) == []
