"""The one row that says which data set this store holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from smartreco.entities import DatasetInfo, Provenance
from smartreco.store.connection import Cursor

READ = """
    SELECT name, currency, locale, provenance, credit,
           (SELECT max(ordered_on) FROM order_lines),
           (SELECT count(*) FROM retailers),
           (SELECT count(*) FROM products),
           (SELECT count(*) FROM order_lines)
    FROM dataset_info
"""

WRITE = """
    INSERT INTO dataset_info VALUES (1, $name, $currency, $locale, $provenance, $credit, 1, $now)
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, currency = excluded.currency, locale = excluded.locale,
        provenance = excluded.provenance, credit = excluded.credit,
        data_version = dataset_info.data_version + 1
"""


def read(cursor: Cursor) -> DatasetInfo | None:
    """What the store holds; None while it is empty."""
    row = cursor.execute(READ).fetchone()
    if row is None:
        return None
    name, currency, locale, provenance, credit, last, retailers, products, lines = row
    return DatasetInfo(
        name=name, currency=currency, locale=locale, provenance=Provenance(provenance),
        credit=credit, as_of=None if last is None else last + timedelta(days=1),
        retailers=retailers, products=products, lines=lines,
    )  # fmt: skip


def data_version(cursor: Cursor) -> int:
    """Grows with every change of the data; 0 while the store is empty."""
    row = cursor.execute("SELECT data_version FROM dataset_info").fetchone()
    return 0 if row is None else int(row[0])


def write(cursor: Cursor, info: DatasetInfo, now: datetime) -> None:
    """Say what the store holds from now on, and that its data have changed."""
    cursor.execute(
        WRITE,
        {
            "name": info.name, "currency": info.currency, "locale": info.locale,
            "provenance": info.provenance.value, "credit": info.credit, "now": now,
        },
    )  # fmt: skip


def changed(cursor: Cursor) -> int:
    """Say that the data have changed; the version they have now."""
    cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")
    return data_version(cursor)


def surpass(cursor: Cursor, version: int) -> None:
    """See that the data's version is above one that other processes may have read."""
    cursor.execute(
        "UPDATE dataset_info SET data_version = greatest(data_version, ?) + 1", [version]
    )


def acted(cursor: Cursor, kind: str) -> int:
    """As `changed`, for what leaves past demand as it was; ``kind`` : counted | settled."""
    version = changed(cursor)
    cursor.execute("INSERT INTO data_acts VALUES (?, ?)", [version, kind])
    return version


def imported_version(cursor: Cursor) -> int:
    """Grows with every change of the data but orders placed or settled and stock counted here.

    Each of those raises the version of the data by one, so what they did is taken off.
    """
    row = cursor.execute(
        "SELECT (SELECT count(*) + count(cancelled_at) FROM placements) "
        "+ (SELECT count(*) FROM data_acts)"
    ).fetchone()
    return data_version(cursor) - (0 if row is None else int(row[0]))
