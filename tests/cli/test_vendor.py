"""The command ``vendor``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smartreco.workspace.vendor.listing.registry import LISTINGS
from tests.cli.conftest import Run


def test_the_headline_is_shown_first_with_its_times(trading: Run) -> None:
    answer = trading("vendor", "demand", "--vendor", "v1")
    assert answer.code == 0, answer.err
    assert "1,145.00" in answer.out
    assert "26 full weeks from" in answer.out


@pytest.mark.parametrize("table", list(LISTINGS[0].tables))
def test_every_table_is_written(trading: Run, tmp_path: Path, table: str) -> None:
    out = tmp_path / "t.csv"
    answer = trading("vendor", "demand", "--vendor", "v1", "--show", table, "--out", out)
    assert answer.code == 0, answer.err
    assert len(pd.read_csv(out))


def test_filters_reach_the_figures(trading: Run, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    words = ("--region", "North", "South", "--category", "tea", "--price-high", "3.5")
    assert trading("vendor", "demand", "--vendor", "v1", *words, "--out", out).code == 0
    assert pd.read_csv(out).set_index("figure").loc["value", "now"] == 625.0
    answer = trading("vendor", "demand", "--vendor", "v1", "--region", "West", "--show", "shops")
    assert "Nothing in this view" in answer.out


@pytest.mark.parametrize(
    "wrong", [("--vendor", "nobody"), ("--vendor", "v1", "--since", "soon"),
              ("--vendor", "v1", "--since", "2030-01-01"), ("--vendor", "v1", "--out", "a.txt")],
)  # fmt: skip
def test_a_mistake_is_answered_with_one_sentence(trading: Run, wrong: tuple[str, ...]) -> None:
    answer = trading("vendor", "demand", *wrong)
    assert answer.code == 2
    assert len(answer.err.strip().splitlines()) == 1
    assert "Traceback" not in answer.err
