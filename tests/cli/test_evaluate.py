"""The scoreboard by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smartreco.entities import ListName
from smartreco.evaluation.scoreboard import Scoreboard
from tests.cli.conftest import Run


def test_the_scoreboard_is_printed_and_written(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "board.json"
    answer = filled("evaluate", "-k", "2", "--out", out)
    assert answer.code == 0, answer.err
    plain = json.loads(out.read_text(encoding="utf-8"))
    run_only = ("number", "evaluated_at", "data_version", "seconds")
    assert all(name in plain for name in run_only)
    board = Scoreboard.from_dict({k: v for k, v in plain.items() if k not in run_only})
    assert board.k == 2
    for name in ListName:
        assert name.value.upper() in answer.out
    words = "NDCG, precision, recall, MAP, hit rate, coverage, novelty, diversity, ours minus this"
    for word in [*words.split(", "), "own_frequency", "p95", "calibration"]:
        assert word in answer.out
    figure = board.of(ListName.REORDER).of("own_frequency").ndcg
    assert f"own_frequency {figure:.3f}" in " ".join(answer.out.split())
    assert not list(tmp_path.glob("*.part"))


def test_runs_are_numbered_in_the_store(filled: Run) -> None:
    assert "evaluation 1;" in filled("evaluate").out
    assert "evaluation 2;" in filled("evaluate").out


def test_little_data_are_said_to_be_little(filled: Run) -> None:
    answer = filled("evaluate")
    assert answer.code == 0, answer.err
    assert "fewer than 28 days lie after the cut" in answer.out
    assert "not enough data" in answer.out  # three shops make no segment


def test_a_random_split_says_that_it_leaks(filled: Run) -> None:
    assert "leaks the future" in filled("evaluate", "--split", "random").out
    assert "leaks the future" not in filled("evaluate", "--split", "time").out


def test_a_published_version_is_judged_by_its_number(filled: Run) -> None:
    assert filled("fit").code == 0
    assert "Kept as evaluation 1" in filled("evaluate", "--version", "1").out
    answer = filled("evaluate", "--version", "9")
    assert answer.code == 2
    assert "no version 9" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--version", "0"], "from 1 to"),
        (["--out", "board.csv"], ".json"),
        (["--out", "/nowhere/at/all/board.json"], "folder"),
        (["--split", "future"], "time"),
        (["-k", "0"], "from 1 to 500"),
    ],
)
def test_a_wrong_option_gets_one_sentence_and_measures_nothing(
    filled: Run, words: list[str], said: str
) -> None:
    answer = filled("evaluate", *words)
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_an_empty_store_says_how_to_fill_it(run: Run) -> None:
    answer = run("evaluate")
    assert answer.code == 2
    assert "demo" in answer.err


def test_one_day_of_orders_cannot_be_evaluated(run: Run, tmp_path: Path) -> None:
    orders = tmp_path / "day.csv"
    orders.write_text(
        "order_id,retailer_id,product_id,ordered_at,quantity,unit_price\n"
        + "".join(f"o{at},s{at},p{at},2026-01-05,1,2.0\n" for at in range(8))
    )
    assert run("import", "--orders", orders).code == 0
    answer = run("evaluate")
    assert answer.code == 2
    assert "before and after a cut" in answer.err
