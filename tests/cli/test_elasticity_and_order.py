"""The commands ``elasticity`` and ``order``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smartreco.cli.main import parser
from tests.cli.conftest import Run


def test_elasticities_are_written_with_the_columns_promised(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "e.csv"
    answer = filled("elasticity", "--all", "--out", out)
    assert answer.code == 0, answer.err
    found = pd.read_csv(out)
    assert list(found.columns)[:5] == ["product_id", "elasticity", "low", "high", "n_prices"]
    assert set(found["product_id"]) == {"rice", "tea", "dal"}
    assert set(found["basis"]) == {"category"}  # no price of theirs ever moved
    assert "3 of 3 products" in answer.out


def test_one_product_is_shown_and_an_unknown_one_refused(filled: Run) -> None:
    assert "rice" in filled("elasticity", "--id", "rice").out
    answer = filled("elasticity", "--id", "gold")
    assert answer.code == 2
    assert "'gold'" in answer.err
    assert filled("elasticity").code == 2


def test_an_order_is_written_with_the_columns_promised(filled: Run, tmp_path: Path) -> None:
    out = tmp_path / "order.csv"
    answer = filled("order", "--retailer", "shop-1", "--budget", "700", "--out", out)
    assert answer.code == 0, answer.err
    found = pd.read_csv(out)
    columns = ["product_id", "quantity", "cases", "unit_price", "value", "reason"]
    assert list(found.columns) == columns
    assert found["value"].sum() <= 700
    assert "candidates" in answer.out


@pytest.mark.parametrize(
    "wrong", [("--retailer", "nobody"), ("--retailer", "shop-1", "--service", "2"),
              ("--retailer", "shop-1", "--budget", "-1")],
)  # fmt: skip
def test_a_mistake_is_answered_with_one_sentence(filled: Run, wrong: tuple[str, ...]) -> None:
    answer = filled("order", *wrong)
    assert answer.code == 2
    assert len(answer.err.strip().splitlines()) >= 1
    assert "Traceback" not in answer.err


def test_an_empty_store_says_what_to_do(run: Run) -> None:
    answer = run("elasticity", "--all")
    assert answer.code == 2
    assert "import" in answer.err


def test_the_help_of_all_commands_can_be_shown() -> None:
    shown = parser().format_help()
    assert "elasticity" in shown
    assert "%(" not in shown
