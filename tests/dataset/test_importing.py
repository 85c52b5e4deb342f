"""Files by kind become raw data; headers people use are understood."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from smartreco.config import PROJECT
from smartreco.dataset.aliases import ALIASES, REQUIRED, fold, recognise
from smartreco.dataset.importing import read_files
from smartreco.dataset.samples import IOWA
from smartreco.dataset.templates import EXAMPLES, write_templates
from smartreco.errors import InputError

ORDERS = b"order_id,retailer_id,product_id,ordered_at,quantity,unit_price\n1,s,p,2026-01-01,2,3\n"


def test_files_are_read_by_kind_and_named_by_file(tmp_path: Path) -> None:
    path = tmp_path / "march.csv"
    path.write_bytes(ORDERS)
    raw = read_files({"orders": path, "products": ("new.csv", b"sku,name,category\np,Rice,Food\n")})
    assert raw.sources == {"orders": "march.csv", "products": "new.csv"}
    assert len(raw.frames["orders"]) == 1
    assert raw.sample is None


def test_orders_are_needed_and_kinds_are_known() -> None:
    with pytest.raises(InputError, match="needs a file of orders"):
        read_files({"products": ("new.csv", b"sku\n1\n")})
    with pytest.raises(InputError, match="recipes"):
        read_files({"recipes": ("new.csv", b"sku\n1\n"), "orders": ("o.csv", ORDERS)})


def test_the_shipped_sample_is_known_by_its_content(tmp_path: Path) -> None:
    content = (PROJECT / "data" / "iowa" / "iowa_orders.parquet").read_bytes()
    renamed = tmp_path / "something.parquet"
    renamed.write_bytes(content)
    assert read_files({"orders": renamed}).sample == IOWA
    changed = tmp_path / "iowa_orders.parquet"
    pd.read_parquet(renamed).head(50).to_parquet(changed)
    assert read_files({"orders": changed}).sample is None


@pytest.mark.parametrize("kind", list(ALIASES))
def test_our_own_column_names_are_understood(kind: str) -> None:
    for name, aliases in ALIASES[kind].items():
        assert fold(name) in aliases.split(), name


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Invoice|Stock Code|QTY|Invoice_Date|price|Customer ID", "Invoice Stock_Code"),
        ("Order No|SKU|Units|Date|Unit Price|Shop", "Order No"),
        ("order number|item code|quantity|ORDER DATE|rate|Store Number", "order number"),
    ],
)
def test_common_headers_are_understood(header: str, expected: str) -> None:
    found = recognise("orders", header.split("|"), "orders.csv")
    assert set(REQUIRED["orders"]) <= set(found.names)
    assert found.ignored == ()


def test_an_id_column_wins_over_a_name_column() -> None:
    found = recognise(
        "orders",
        ["order", "product", "sku", "customer", "customer id", "date", "qty", "price"],
        "f",
    )
    assert (found.names["product_id"], found.names["product_name"]) == ("sku", "product")
    assert (found.names["retailer_id"], found.names["retailer_name"]) == ("customer id", "customer")


def test_missing_columns_are_named_with_what_was_found() -> None:
    with pytest.raises(InputError) as caught:
        recognise("orders", ["order_id", "amount", "date"], "march.csv")
    words = str(caught.value)
    assert "march.csv" in words
    assert "retailer_id, product_id, quantity, unit_price" in words
    assert "amount" in words


def test_unknown_columns_are_ignored_and_named() -> None:
    header = [*REQUIRED["products"], "colour", "Shelf"]
    assert recognise("products", header, "p.csv").ignored == ("colour", "Shelf")


def test_templates_hold_every_column_that_cleaning_knows(tmp_path: Path) -> None:
    written = write_templates(tmp_path / "new")
    assert {path.stem for path in written} == set(ALIASES)
    for path in written:
        with path.open(newline="") as file:
            header, row = list(csv.reader(file))
        assert recognise(path.stem, header, path.name).ignored == ()
        assert len(row) == len(header)
        assert list(EXAMPLES[path.stem]) == header


def test_templates_can_be_imported_as_they_are(tmp_path: Path) -> None:
    from datetime import date

    from smartreco.dataset.cleaning import clean

    files = {path.stem: path for path in write_templates(tmp_path)}
    cleaned = clean(read_files(files), today=date(2026, 12, 1))
    assert cleaned.report.read == cleaned.report.kept == len(ALIASES)


def test_templates_are_not_written_into_a_file(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    with pytest.raises(InputError, match="templates"):
        write_templates(taken)
