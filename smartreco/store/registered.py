"""Frames lent to a query by name, and taken back whatever happens.

They go as Arrow tables, which DuckDB reads as they lie in memory; pandas' text
columns would be copied value by value (seven times slower on half a million
lines).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pandas as pd
import pyarrow as pa

from smartreco.store.connection import Cursor


@contextmanager
def lent(cursor: Cursor, **frames: pd.DataFrame) -> Iterator[None]:
    """Lend frames of numbers that millions of rows are joined to, as tables of the cursor's own.

    Of a table DuckDB knows the least and the largest key, and joins to it twice as fast.
    """
    with registered(cursor, **{f"{name}_frame": frame for name, frame in frames.items()}):
        for name in frames:
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM {name}_frame")
    try:
        yield
    finally:
        for name in frames:
            cursor.execute(f"DROP TABLE IF EXISTS temp.{name}")


@contextmanager
def registered(cursor: Cursor, **frames: pd.DataFrame) -> Iterator[None]:
    """Make frames readable under the names of the arguments."""
    try:
        for name, frame in frames.items():
            cursor.register(name, pa.Table.from_pandas(frame, preserve_index=False))
        yield
    finally:
        for name in frames:
            cursor.unregister(name)


def insert(cursor: Cursor, table: str, rows: Sequence[tuple[object, ...]], after: str = "") -> None:
    """Insert a few rows in one statement; lending a frame takes ten times as long.

    Parameters
    ----------
    table
        The table, with its columns where not all are given.
    after
        What follows the values, such as ON CONFLICT.
    """
    if not rows:
        return
    places = "(" + ", ".join("?" * len(rows[0])) + ")"
    values = ", ".join([places] * len(rows))
    cursor.execute(
        f"INSERT INTO {table} VALUES {values} {after}", [value for row in rows for value in row]
    )


def count(cursor: Cursor, sql: str, values: list[object] | dict[str, object] | None = None) -> int:
    """Run a statement that answers with one number: rows changed, or a count."""
    row = cursor.execute(sql, values).fetchone() if values else cursor.execute(sql).fetchone()
    return 0 if row is None or row[0] is None else int(row[0])
