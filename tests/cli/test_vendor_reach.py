"""The command ``vendor reach``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smartreco.workspace.vendor.listing.reach import REACH
from tests.cli.conftest import Run
from tests.workspace.reach_world import make

WORDY = ("white-space", "white-space-cells", "white-space-products", "together")  # too few here


@pytest.fixture
def filled(run: Run, db: Path) -> Run:
    make(db).close()
    return run


def test_the_headline_is_shown_with_what_it_rests_on(filled: Run) -> None:
    answer = filled("vendor", "reach", "--vendor", "v1", "--category", "tea")
    assert answer.code == 0, answer.err
    assert "numeric" in answer.out
    assert "0.33" in answer.out
    assert "0.47" in answer.out
    assert "share of the 15 shops shown" in answer.out


@pytest.mark.parametrize("table", [name for name in REACH.tables if name not in WORDY])
def test_every_table_is_written(filled: Run, tmp_path: Path, table: str) -> None:
    out = tmp_path / "t.csv"
    answer = filled("vendor", "reach", "--vendor", "v1", "--show", table, "--out", out)
    assert answer.code == 0, answer.err
    assert len(pd.read_csv(out))


def test_a_list_that_cannot_be_learned_says_why(filled: Run) -> None:
    answer = filled("vendor", "reach", "--vendor", "v1", "--show", "white-space")
    assert answer.code == 0, answer.err
    assert "Nothing in this view" in answer.out
    assert "too few orders yet" in answer.out


def test_a_mistake_is_answered_with_one_sentence(filled: Run) -> None:
    answer = filled("vendor", "reach", "--vendor", "nobody")
    assert answer.code == 2
    assert len(answer.err.strip().splitlines()) == 1
