"""A user's mistake gets one sentence, exit code 2, and changes nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Run

Break = Callable[[pd.DataFrame], pd.DataFrame]

HOLD = """
import sys, duckdb
held = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
"""


def state(run: Run) -> str:
    """What the store answers about its data."""
    return run("recommend", "--all", "--list", "reorder").out


def one_sentence(err: str) -> bool:
    lines = [line for line in err.strip().splitlines() if line.strip()]
    return len(lines) == 1 and "Traceback" not in err


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda o: o.drop(columns="product_id"), "product_id"),
        (lambda o: o.iloc[:0], "row"),
        (lambda o: o.assign(ordered_at=["9999-01-01", *o.ordered_at.astype(str)[1:]]), "9999"),
        (lambda o: o.assign(unit_price=[-5.0, *o.unit_price[1:]]), "price"),
    ],
    ids=["missing column", "no rows", "a date in the year 9999", "a negative price"],
)
def test_a_bad_orders_file_changes_nothing(
    filled: Run, orders: pd.DataFrame, tmp_path: Path, damage: Break, words: str
) -> None:
    before = state(filled)
    path = tmp_path / "bad.csv"
    damage(orders).to_csv(path, index=False)
    answer = filled("import", "--replace", "--orders", path)
    assert answer.code == 2
    assert one_sentence(answer.err)
    assert words in answer.err
    assert state(filled) == before


@pytest.mark.parametrize("name", ["empty.csv", "empty.parquet", "empty.xlsx"])
def test_an_empty_file_is_named(filled: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    answer = filled("import", "--replace", "--orders", path)
    assert answer.code == 2
    assert one_sentence(answer.err)
    assert name in answer.err


def test_a_file_that_is_no_parquet_is_named(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    path.write_text("order_id,retailer_id\n1,2\n")
    answer = filled("import", "--orders", path)
    assert answer.code == 2
    assert one_sentence(answer.err)
    assert "Parquet" in answer.err


def test_an_unknown_retailer_is_named(filled: Run) -> None:
    answer = filled("recommend", "--retailer", "nobody", "--list", "all")
    assert answer.code == 2
    assert one_sentence(answer.err)
    assert "nobody" in answer.err


def test_a_locked_store_is_named_with_its_holder(filled: Run, db: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(db)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        answer = filled("fit")
        holder.communicate("\n")
    assert answer.code == 2
    assert one_sentence(answer.err)
    assert str(holder.pid) in answer.err


def test_an_empty_store_says_how_to_fill_it(run: Run) -> None:
    for words in (["fit"], ["recommend", "--all"]):
        answer = run(*words)
        assert answer.code == 2
        assert one_sentence(answer.err)
        assert "demo" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ["recommend", "--all", "-k", "0"],
        ["recommend", "--all", "--list", "wishes"],
        ["recommend"],
        ["recommend", "--all", "--out", "lists.docx"],
        ["recommend", "--all", "--out", "/nowhere/at/all/lists.csv"],
        ["import"],
        ["demo", "--retailers", "minus one"],
        ["dance"],
        [],
    ],
    ids=" ".join,
)
def test_a_wrong_option_gets_one_sentence(run: Run, words: list[str]) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert one_sentence(answer.err)


def test_a_defect_of_ours_is_logged_and_shows_no_traceback(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("smartreco.cli.fit.opened", broken)
    answer = run("fit")
    assert answer.code == 1
    assert one_sentence(answer.err)
    assert "a defect" in (db.parent / "smartreco-errors.log").read_text()
