"""A vendor's queries count his products, the shops of the filter, and nothing cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from smartreco.store import vendor_goods as goods_store
from smartreco.store import vendor_sales as sales_store
from smartreco.store import vendor_scope as scope_store
from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope
from tests.workspace.vendor_world import make, monday

WEEKS = 60
WHOLE = (monday(0), monday(WEEKS))
LAST = (monday(WEEKS - 1), monday(WEEKS))
FULL = Scope("v1", ("North",), ("Delhi",), ("tea",), ("p1",), ("kirana",), 1.0, 5.0)


def gone(cursor: Cursor) -> pd.DataFrame:
    return scope_store.cancelled(cursor, "v1")


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    world = make(Path(tmp_path_factory.mktemp("sales")) / "store.duckdb", WEEKS)
    with world.store.cursor() as opened:
        yield opened
    world.close()


def test_weeks_leave_cancelled_orders_and_other_vendors_out(cursor: Cursor) -> None:
    found = sales_store.by_week(cursor, gone(cursor), Scope("v1"), LAST).iloc[0]
    assert found[["quantity", "value"]].tolist() == [15.0, 45.0]
    assert sales_store.shops_by_week(cursor, gone(cursor), Scope("v1"), LAST)["shops"].tolist() == [
        2
    ]
    assert sales_store.orders_by_week(cursor, Scope("v1"), LAST)["orders"].tolist() == [2]
    assert sales_store.by_week(cursor, gone(cursor), Scope("v2"), LAST)["value"].tolist() == [6.0]


def test_what_was_cancelled_is_found_by_vendor(cursor: Cursor) -> None:
    found = gone(cursor)
    assert found[["quantity", "value"]].to_numpy().tolist() == [[100.0, 250.0]]
    assert scope_store.cancelled(cursor, "v2").empty


def test_pairs_add_up_each_span_by_itself(cursor: Cursor) -> None:
    found = sales_store.pairs(cursor, gone(cursor), Scope("v1"), [LAST, WHOLE])
    found = found.set_index(["retailer_key", "product_key"]).sort_index()
    assert found["quantity_0"].to_dict() == {(1, 1): 10.0, (2, 2): 5.0, (3, 1): 0.0}
    assert found["quantity_1"].to_dict() == {(1, 1): 590.0, (2, 2): 130.0, (3, 1): 136.0}


@pytest.mark.parametrize(
    ("scope", "value"),
    [
        (Scope("v1", regions=("North", "unknown")), 25.0),
        (Scope("v1", cities=("Pune",)), 20.0),
        (Scope("v1", segments=("pharmacy",)), 20.0),
        (Scope("v1", categories=("tin",)), 20.0),
        (Scope("v1", products=("p1", "p3")), 25.0),
        (Scope("v1", price_low=3.5), 20.0),
        (FULL, 25.0),
    ],
)
def test_every_part_of_a_scope_is_kept_to(cursor: Cursor, scope: Scope, value: float) -> None:
    assert sales_store.by_week(cursor, gone(cursor), scope, LAST)["value"].sum() == value
    assert sales_store.pairs(cursor, gone(cursor), scope, [LAST])["value_0"].sum() == value
    assert sales_store.by_product_week(cursor, gone(cursor), scope, LAST)["value"].sum() == value
    assert sales_store.orders_by_week(cursor, scope, LAST)["orders"].sum() == 1


def test_a_scope_that_leaves_nothing_is_answered_with_no_rows(cursor: Cursor) -> None:
    nowhere = Scope("v1", regions=("West",))
    assert sales_store.by_week(cursor, gone(cursor), nowhere, WHOLE).empty
    assert sales_store.pairs(cursor, gone(cursor), nowhere, [LAST, WHOLE]).empty
    assert sales_store.shop_places(cursor, nowhere).empty
    assert sales_store.by_week(cursor, gone(cursor), Scope("nobody"), WHOLE).empty


def test_products_are_all_there_with_their_price_and_life(cursor: Cursor) -> None:
    found = goods_store.products(cursor, "v1").set_index("product_id")
    assert found["price"].to_dict() == {"p1": 3.0, "p2": 4.0}  # listed; paid
    assert found.loc["p2", "first_week"].date() == monday(WEEKS - 26)
    assert found["shops"].tolist() == [2, 1]
    unsold = goods_store.products(cursor, "v3").iloc[0]
    assert (unsold["shops"], unsold["product_id"]) == (0, "p4")
    assert goods_store.buyers(cursor, "v1")["retailer_id"].tolist() == ["r1", "r2", "r3"]
    assert goods_store.buyers(cursor, "v3").empty


def test_stock_is_the_last_count_and_its_weeks_tell_when_there_was_none(cursor: Cursor) -> None:
    found = goods_store.stock(cursor, FULL, date(2100, 1, 1))
    assert found[["product_id", "on_hand", "counts"]].to_numpy().tolist() == [["p1", 60, 26]]
    early = goods_store.stock(cursor, FULL, monday(WEEKS - 2))
    assert early["on_hand"].tolist() == [0]
    weeks = goods_store.stock_weeks(cursor, FULL, *WHOLE)
    assert len(weeks) == 26
    assert weeks.loc[weeks["out"], "week"].dt.date.tolist() == [monday(WEEKS - 3)]


def test_a_vendor_that_is_there_exists(cursor: Cursor) -> None:
    assert scope_store.exists(cursor, "v4")
    assert not scope_store.exists(cursor, "v9")
