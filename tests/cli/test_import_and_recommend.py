"""The main job by command: real columns in, lists with reasons out."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Run

COLUMNS = ["retailer_id", "list", "rank", "product_id", "score", "probability", "reasons"]


def read(path: Path) -> pd.DataFrame:
    match path.suffix:
        case ".csv":
            return pd.read_csv(path, dtype={"retailer_id": str, "product_id": str})
        case ".parquet":
            return pd.read_parquet(path)
        case _:
            frame = pd.DataFrame(json.loads(path.read_text(encoding="utf-8")))
            return frame.assign(reasons=frame["reasons"].map(json.dumps))


@pytest.mark.parametrize("ending", ["csv", "parquet", "json"])
def test_lists_leave_in_the_contract_columns(filled: Run, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"lists.{ending}"
    answer = filled("recommend", "--all", "--list", "reorder", "-k", "2", "--out", out)
    assert answer.code == 0, answer.err
    frame = read(out)
    assert list(frame.columns) == COLUMNS
    assert set(frame["retailer_id"]) == {"shop-1", "shop-2", "shop-3"}
    assert (frame["list"] == "reorder").all()
    for row in frame.itertuples():
        reasons = json.loads(row.reasons)
        assert reasons
        assert all(set(r) == {"component", "contribution", "text", "evidence"} for r in reasons)
        assert sum(r["contribution"] for r in reasons) == pytest.approx(row.score, rel=1e-9)


def test_the_same_file_again_adds_nothing(
    run: Run, orders_file: Path, orders: pd.DataFrame
) -> None:
    first = run("import", "--orders", orders_file)
    again = run("import", "--orders", orders_file)
    assert f"{len(orders)} added" in first.out
    assert f"0 added, 0 replaced, {len(orders)} unchanged" in again.out


def test_discover_names_only_what_the_shop_never_bought(
    filled: Run, orders: pd.DataFrame, tmp_path: Path
) -> None:
    out = tmp_path / "lists.csv"
    filled("recommend", "--all", "--list", "discover", "--out", out)
    frame = read(out)
    bought = set(zip(orders["retailer_id"], orders["product_id"], strict=True))
    listed = set(zip(frame["retailer_id"], frame["product_id"], strict=True))
    assert listed
    assert not listed & bought


def test_other_data_do_not_take_the_place_of_a_demo_by_themselves(
    run: Run, orders_file: Path
) -> None:
    made = run("demo", "--retailers", "20", "--products", "40", "--vendors", "3", "--months", "4")
    assert made.code == 0, made.err
    refused = run("import", "--orders", orders_file)
    assert refused.code == 2
    assert "--replace" in refused.err
    assert run("import", "--replace", "--orders", orders_file).code == 0
    assert "shop-1" in run("recommend", "--all", "--list", "reorder").out


def test_demo_data_do_not_take_the_place_of_imported_data_by_themselves(
    run: Run, orders_file: Path
) -> None:
    run("import", "--orders", orders_file)
    refused = run("demo", "--retailers", "20", "--products", "40", "--months", "4")
    assert refused.code == 2
    assert "--replace" in refused.err


def test_the_demo_account_leaves_with_the_demo_data(run: Run, orders_file: Path) -> None:
    run("demo", "--retailers", "20", "--products", "40", "--vendors", "3", "--months", "4")
    run("import", "--replace", "--orders", orders_file)
    accounts = run("accounts", "list").out
    live = [line for line in accounts.splitlines() if "demo" in line and "False" in line]
    assert not live


def test_templates_are_written_for_every_kind(run: Run, tmp_path: Path) -> None:
    answer = run("import", "--template", tmp_path / "templates")
    assert answer.code == 0
    written = {path.name for path in (tmp_path / "templates").iterdir()}
    assert {"orders.csv", "products.csv", "retailers.csv"} <= written


def test_an_account_is_added_listed_and_disabled(filled: Run) -> None:
    added = filled("accounts", "add", "asha", "--role", "retailer", "--retailer", "shop-1")
    assert added.code == 0, added.err
    assert "asha" in filled("accounts", "list").out
    assert filled("accounts", "add", "asha", "--role", "analyst").code == 2
    assert filled("accounts", "add", "ben", "--role", "retailer", "--retailer", "no-shop").code == 2
    assert filled("accounts", "disable", "asha").code == 0
    assert filled("accounts", "disable", "nobody").code == 2
