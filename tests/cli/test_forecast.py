"""Forecasts and their backtest by command."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Run

COLUMNS = ["level", "id", "period_start", "forecast", "q025", "q10", "q50", "q90", "q975"]


@pytest.mark.parametrize("ending", ["csv", "parquet", "json"])
def test_a_file_has_the_agreed_columns(filled: Run, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"f.{ending}"
    answer = filled("forecast", "--level", "product", "--all", "--horizon", "4", "--out", out)
    assert answer.code == 0, answer.err
    assert "12 rows" in answer.out
    frame = {"csv": pd.read_csv, "parquet": pd.read_parquet, "json": pd.read_json}[ending](out)
    assert list(frame.columns) == COLUMNS
    assert frame["id"].tolist() == [name for name in ("dal", "rice", "tea") for _ in range(4)]
    starts = frame["period_start"].astype(str).str[:10].tolist()[:4]
    assert starts == ["2026-04-20", "2026-04-27", "2026-05-04", "2026-05-11"]
    assert frame["forecast"].between(11, 25).all()  # 12 pieces a week; rice and tea in two shops


def test_a_table_is_printed_for_named_series(filled: Run) -> None:
    answer = filled("forecast", "--level", "retailer_product", "--id", "shop-1/rice", "shop-3/dal",
                    "--horizon", "2")  # fmt: skip
    assert answer.code == 0, answer.err
    assert answer.out.split()[:9] == COLUMNS
    assert answer.out.count("shop-1/rice") == 2
    assert "tea" not in answer.out


def test_days_begin_with_the_day_asked_from(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "days.csv"
    answer = filled("forecast", "--level", "total", "--horizon", "9", "--freq", "day",
                    "--as-of", "2026-04-15", "--out", out)  # fmt: skip
    assert answer.code == 0, answer.err
    frame = pd.read_csv(out)
    assert frame["period_start"].iloc[[0, -1]].tolist() == ["2026-04-15", "2026-04-23"]
    monday = pd.to_datetime(frame["period_start"]).dt.dayofweek == 0
    assert frame.loc[monday, "forecast"].item() > 50  # all orders come on Mondays
    assert frame.loc[~monday, "forecast"].max() < 1


def test_a_backtest_is_printed_and_written(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "b.json"
    answer = filled("backtest", "--level", "product", "--horizon", "2", "--origins", "2",
                    "--out", out)  # fmt: skip
    assert answer.code == 0, answer.err
    plain = json.loads(out.read_text(encoding="utf-8"))
    for score in plain["scores"]:
        assert score["method"] in answer.out
        assert f"{score['rmsse']:.3f}" in answer.out
    assert plain["origins"] == ["2026-04-06", "2026-04-13"] or len(plain["origins"]) == 2
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["forecast", "--level", "shelf"], "retailer_product"),
        (["forecast", "--level", "total", "--horizon", "0"], "from 1 to 366"),
        (["forecast", "--level", "total", "--horizon", "200"], "1 to 104 weeks"),
        (["forecast", "--level", "total", "--as-of", "May"], "YYYY-MM-DD"),
        (["forecast", "--level", "total", "--as-of", "2030-01-01"], "orders are known until"),
        (["forecast", "--level", "total", "--as-of", "2026-02-01"], "12 full weeks"),
        (["forecast", "--level", "product", "--id", "salt"], "'salt'"),
        (["forecast", "--level", "product", "--id", "rice", "--all"], "not allowed with"),
        (["forecast", "--level", "vendor"], "needs orders that tell it"),
        (["forecast", "--level", "total", "--out", "f.txt"], ".csv, .parquet or .json"),
        (["backtest", "--level", "total", "--out", "b.csv"], ".json"),
        (["backtest", "--level", "total", "--origins", "9"], "fewer origins"),
    ],
)
def test_a_mistake_gets_one_sentence(filled: Run, words: list[str], said: str) -> None:
    answer = filled(*words)
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_an_empty_store_says_how_to_fill_it(run: Run) -> None:
    for name in ("forecast", "backtest"):
        answer = run(name, "--level", "total")
        assert answer.code == 2
        assert "python -m smartreco demo" in answer.err
