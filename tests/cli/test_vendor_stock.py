"""The command ``vendor stock``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smartreco.workspace.vendor.listing.stock import STOCK
from tests.cli.conftest import Run


def test_what_to_bring_in_is_shown_first_with_what_it_rests_on(trading: Run) -> None:
    answer = trading("vendor", "stock", "--vendor", "v1")
    assert answer.code == 0, answer.err
    assert "95% service over 14 days" in answer.out
    assert "Your lead time is not known" in answer.out
    assert next(iter(STOCK.tables)) == "outlook"


@pytest.mark.parametrize("table", list(STOCK.tables))
def test_every_table_is_written(trading: Run, tmp_path: Path, table: str) -> None:
    out = tmp_path / "t.csv"
    answer = trading("vendor", "stock", "--vendor", "v1", "--show", table, "--out", out)
    assert answer.code == 0, answer.err
    assert len(pd.read_csv(out))
    figures = pd.read_csv(out)
    if table == "service":
        assert figures.set_index("figure").loc["lost_value", "now"] == 25.0


@pytest.mark.parametrize("table", list(STOCK.tables))
def test_a_vendor_with_nothing_gets_an_answer(trading: Run, table: str) -> None:
    answer = trading("vendor", "stock", "--vendor", "v4", "--show", table)
    assert answer.code == 0, answer.err


def test_a_vendor_who_is_not_there_is_said_in_one_sentence(trading: Run) -> None:
    answer = trading("vendor", "stock", "--vendor", "nobody")
    assert answer.code == 2
    assert len(answer.err.strip().splitlines()) == 1
