"""Imports merge, replace or fail as a whole."""

from __future__ import annotations

import json
from datetime import date

import duckdb
import pandas as pd
import pytest

from smartreco.dataset.cleaning import CleaningOptions
from smartreco.entities import Provenance
from smartreco.errors import InputError
from smartreco.store import Store, dataset, importing, weekly
from tests.store.imports import (
    LINES,
    NOW,
    RETURN,
    everything,
    lines,
    orders,
    prepared,
    query,
    take,
    write,
)


def test_the_first_import_fills_every_table(store: Store) -> None:
    outcome = take(store, *LINES)
    assert (outcome.added, outcome.replaced, outcome.unchanged) == (4, 0, 0)
    assert lines(store) == [
        ("o1", "rice#1", "s1", "rice", 10, 10, 2.0),
        ("o1", "tea#1", "s1", "tea", 5, 5, 4.0),
        ("o2", "rice#1", "s2", "rice", 7, 7, 2.0),
        ("o3", "rice#1", "s1", "rice", 6, 6, 2.0),
    ]
    with store.cursor() as cursor:
        info = dataset.read(cursor)
        assert dataset.data_version(cursor) == 1
    assert info is not None
    assert (info.name, info.lines, info.products, info.retailers) == ("orders", 4, 2, 2)
    assert info.as_of == date(2026, 5, 12)


def test_an_empty_store_holds_no_data_set(store: Store) -> None:
    with store.cursor() as cursor:
        assert dataset.read(cursor) is None
        assert dataset.data_version(cursor) == 0


def test_the_same_file_again_adds_nothing_and_no_refit_is_due(store: Store) -> None:
    take(store, *LINES, RETURN)
    before = everything(store)
    outcome = take(store, *LINES, RETURN)
    assert (outcome.added, outcome.replaced, outcome.unchanged) == (0, 0, 4)
    assert not outcome.changed
    after = everything(store)
    for table in before.keys() - {"import_batches", "quarantine"}:
        assert after[table] == before[table], table


def test_an_overlapping_export_adds_only_what_is_new(store: Store) -> None:
    take(store, *LINES[:3])
    outcome = take(store, *LINES[1:])
    assert (outcome.added, outcome.replaced, outcome.unchanged) == (1, 0, 2)
    assert len(lines(store)) == 4


def test_a_changed_line_replaces_the_old_one(store: Store) -> None:
    take(store, *LINES)
    outcome = take(store, (*LINES[1][:4], 9, 4.5))
    assert (outcome.added, outcome.replaced, outcome.unchanged) == (0, 1, 0)
    assert ("o1", "tea#1", "s1", "tea", 9, 9, 4.5) in lines(store)
    assert len(lines(store)) == 4


def test_keys_stay_with_their_ids(store: Store) -> None:
    take(store, *LINES[2:])
    known = dict(query(store, "SELECT product_id, product_key FROM products"))
    take(store, ("o9", "a-new-shop", "a-new-product", "2026-05-20", 1, 1.0), *LINES)
    now = dict(query(store, "SELECT product_id, product_key FROM products"))
    assert known.items() <= now.items()
    assert len(set(now.values())) == len(now) == 3


def test_weeks_follow_every_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weekly, "REBUILD_SHARE", 1e9)  # only what was touched
    take(store, *LINES)
    take(store, RETURN)
    take(store, (*LINES[1][:4], 9, 4.5))
    found = query(
        store,
        "SELECT week, retailer_key, product_key, quantity, value, lines FROM weekly_sales "
        "ORDER BY ALL",
    )
    expected = query(
        store,
        "SELECT date_trunc('week', ordered_on)::DATE AS week, retailer_key, product_key, "
        "sum(quantity), sum(quantity * unit_price), count(*) FROM order_lines GROUP BY ALL "
        "ORDER BY ALL",
    )
    assert found == expected


def test_an_order_number_known_under_another_shop_becomes_an_order_of_its_own(store: Store) -> None:
    take(store, *LINES)
    other = ("o1", "s9", "rice", "2026-05-01 09:00", 3, 2.0)
    assert take(store, other).added == 1
    assert take(store, other).unchanged == 1
    assert ("o1/s9", "rice#1", "s9", "rice", 3, 3, 2.0) in lines(store)
    assert len(lines(store)) == 5


def test_ids_keep_the_spelling_the_store_knows(store: Store) -> None:
    take(store, ("o1", "S1", "85123A", "2026-05-01", 6, 2.0))
    outcome = take(store, ("o1", "s1", "85123a", "2026-05-01", 6, 2.0))
    assert outcome.unchanged == 1
    assert query(store, "SELECT product_id FROM products") == [("85123A",)]


def test_what_was_read_off_orders_does_not_overwrite_a_file(store: Store) -> None:
    products = pd.DataFrame(
        {"product_id": ["rice"], "name": ["Basmati"], "category": ["Food"], "case_size": [12]}
    )
    write(store, prepared(orders(*LINES), products=products))
    take(store, *LINES)
    named = "SELECT name, category, case_size FROM products WHERE product_id = 'rice'"
    assert query(store, named) == [("Basmati", "Food", 12)]
    renamed = products.drop(columns="case_size").assign(name="Basmati Rice", list_price=3.0)
    assert write(store, prepared(orders(*LINES), products=renamed)).changed
    assert query(store, named) == [("Basmati Rice", "Food", 12)]


def test_stock_promotions_vendors_and_festivals_are_kept_once(store: Store) -> None:
    others = {
        "products": pd.DataFrame(
            {"product_id": ["rice"], "name": ["Rice"], "category": ["Food"], "vendor": ["Ganga"]}
        ),
        "stock": pd.DataFrame(
            [
                ("vendor", "ganga", "rice", "2026-05-30", 40),
                ("retailer", "s1", "rice", "2026-05-30", 4),
            ],
            columns=["holder_kind", "holder_id", "product_id", "at", "on_hand"],
        ),
        "promotions": pd.DataFrame(
            [("rice", "2026-05-01", "2026-05-09", 0.1)],
            columns=["product_id", "starts_on", "ends_on", "depth"],
        ),
        "calendar": pd.DataFrame({"festival": ["Diwali"], "day": ["2026-11-08"]}),
    }  # fmt: skip
    for _ in range(2):
        write(store, prepared(orders(*LINES), **others))
    assert query(store, "SELECT holder_kind, on_hand FROM stock_levels ORDER BY ALL") == [
        ("retailer", 4), ("vendor", 40),
    ]  # fmt: skip
    assert query(store, "SELECT depth FROM promotions") == [(0.1,)]
    assert query(store, "SELECT festival, day FROM calendar") == [("Diwali", date(2026, 11, 8))]
    assert query(store, "SELECT vendor_id, name FROM vendors") == [("ganga", "Ganga")]


@pytest.mark.parametrize(
    ("held", "new"),
    [
        (Provenance.DEMO, Provenance.IMPORTED), (Provenance.SAMPLE, Provenance.IMPORTED),
        (Provenance.IMPORTED, Provenance.DEMO),
    ],
)  # fmt: skip
def test_another_data_set_is_not_mixed_in(store: Store, held: Provenance, new: Provenance) -> None:
    write(store, prepared(orders(*LINES), CleaningOptions(provenance=held)))
    before = everything(store)
    other = prepared(orders(*LINES[:1]), CleaningOptions(provenance=new))
    with pytest.raises(InputError, match="--replace"):
        write(store, other)
    assert everything(store) == before
    write(store, other, replace=True)
    assert len(lines(store)) == 1


def test_another_currency_is_not_mixed_in(store: Store) -> None:
    write(store, prepared(orders(*LINES), CleaningOptions(currency="INR")))
    with pytest.raises(InputError, match="one currency"):
        write(store, prepared(orders(*LINES), CleaningOptions(currency="EUR")))


def test_replacing_leaves_nothing_of_the_old_data(store: Store) -> None:
    take(store, *LINES, RETURN)
    take(store, ("n1", "shop", "soap", "2026-05-20", 2, 9.0), replace=True)
    assert lines(store) == [("n1", "soap#1", "shop", "soap", 2, 2, 9.0)]
    assert query(store, "SELECT count(*) FROM returned_lines") == [(0,)]
    assert query(store, "SELECT quantity FROM weekly_sales") == [(2,)]
    with store.cursor() as cursor:
        assert dataset.data_version(cursor) == 2


@pytest.mark.parametrize("step", ["write_lines", "_write_batch", "_write_rows"])
def test_a_failure_half_way_leaves_the_store_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    take(store, *LINES)
    before = everything(store)

    def fail(*_: object, **__: object) -> None:
        raise duckdb.IOException("the disk is full")

    monkeypatch.setattr(importing, step, fail)
    with pytest.raises(duckdb.IOException):
        take(store, ("n1", "shop", "soap", "2026-05-20", 2, 9.0), LINES[0], LINES[0], replace=True)
    assert everything(store) == before
    monkeypatch.undo()
    assert take(store, *LINES).unchanged == 4


def test_rows_that_were_changed_are_kept_with_their_reason(store: Store) -> None:
    frame = orders(*LINES, LINES[0], ("o7", None, "rice", "2026-05-01", 1, 0.0))
    outcome = write(store, prepared(frame.assign(Note='it\'s "quoted"')))
    rows = query(
        store,
        "SELECT * EXCLUDE (original, kind, line_id), original FROM quarantine ORDER BY row_number",
    )
    assert [row[:6] for row in rows] == [
        (outcome.batch_id, "orders.csv", 5, "quarantined", "duplicate", ""),
        (outcome.batch_id, "orders.csv", 6, "quarantined", "missing_retailer", "zero_price"),
    ]
    assert json.loads(str(rows[1][6])) == {
        "order_id": "o7", "retailer_id": None, "product_id": "rice", "ordered_at": "2026-05-01",
        "quantity": 1, "unit_price": 0.0, "Note": "it's \"quoted\"",
    }  # fmt: skip


def test_the_batch_keeps_the_account(store: Store) -> None:
    take(store, *LINES, LINES[0])
    ((at, who, files, *counts, account),) = query(
        store, "SELECT * EXCLUDE (batch_id, mapping) FROM import_batches"
    )
    assert (at, who, files) == (NOW, "adi", "orders.csv")
    assert counts == [5, 4, 0, 1, 4, 0, 0]
    assert json.loads(str(account))["files"][0]["reasons"][0]["code"] == "duplicate"
