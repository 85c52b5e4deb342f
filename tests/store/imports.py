"""Small imports that store tests write and look at."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

import pandas as pd

from smartreco.dataset.cleaning import Cleaned, CleaningOptions, clean, net_returns
from smartreco.dataset.frames import RawData
from smartreco.store import Store, importing
from smartreco.store.importing import ImportOutcome, write_data

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12)
COLUMNS = ["order_id", "retailer_id", "product_id", "ordered_at", "quantity", "unit_price"]
LINES = [
    ("o1", "s1", "rice", "2026-05-01 09:00", 10, 2.0),
    ("o1", "s1", "tea", "2026-05-01 09:00", 5, 4.0),
    ("o2", "s2", "rice", "2026-05-04 10:00", 7, 2.0),
    ("o3", "s1", "rice", "2026-05-11 09:00", 6, 2.0),
]
RETURN = ("r1", "s1", "rice", "2026-05-12 09:00", -8, 2.0)


def orders(*rows: tuple[object, ...], columns: list[str] | None = None) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns or COLUMNS)


def prepared(
    frame: pd.DataFrame, options: CleaningOptions | None = None, **others: pd.DataFrame
) -> Cleaned:
    frames = {"orders": frame, **others}
    sources = {kind: f"{kind}.csv" for kind in frames}
    options = options or CleaningOptions(tolerant=True)
    return clean(RawData(frames, sources), options, today=TODAY)


def write(store: Store, cleaned: Cleaned, *, replace: bool = False) -> ImportOutcome:
    return store.write(
        lambda cursor: write_data(
            cursor, cleaned.data, cleaned.report, cleaned.changed,
            replace=replace, username="adi", now=NOW, net=net_returns,
        )
    )  # fmt: skip


def take(store: Store, *rows: tuple[object, ...], replace: bool = False) -> ImportOutcome:
    return write(store, _prepared(rows), replace=replace)


@cache
def _prepared(rows: tuple[tuple[object, ...], ...]) -> Cleaned:
    return prepared(orders(*rows))


def query(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def lines(store: Store) -> list[tuple[object, ...]]:
    return query(
        store,
        "SELECT order_id, line_id, retailer_id, product_id, quantity, ordered_quantity, unit_price "
        "FROM order_lines JOIN orders USING (order_key) "
        "JOIN retailers ON retailers.retailer_key = order_lines.retailer_key "
        "JOIN products USING (product_key) ORDER BY ALL",
    )


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = [*importing.DATA_TABLES, "dataset_info"]
    return {table: sorted(query(store, f"SELECT * FROM {table}"), key=repr) for table in tables}
