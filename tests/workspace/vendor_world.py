"""A trade small enough to be added up by hand: three shops, four vendors, whole weeks.

Asha (North, Delhi) buys ten of p1 every week, at 2.0 and in the last 26 weeks at 2.5, but for
the third last week, in which the vendor had none. Bela (South, Pune) buys five of p2 at 4.0
in the last 26 weeks; Chand (no place known) bought four of p1 at 2.0 until then. A hundred
of p1 were cancelled in the last week. Vendor v2 sold one product in the last three weeks,
v3 has a product that nobody bought, v4 has none.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from smartreco.config import Settings
from smartreco.entities import DatasetInfo, Provenance
from smartreco.store import dataset as dataset_store
from smartreco.store import weekly
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace

FIRST = date(2024, 12, 30)  # a Monday
HALF = 26
Line = tuple[int, int, int, date, int, float, str]  # order, shop, product, day, pieces, price


def make(path: Path, weeks: int = 80) -> Workspace:
    """A workspace on such a store."""
    workspace = Workspace.open(Settings(db=path, threads=1))
    workspace.store.write(lambda cursor: _fill(cursor, weeks))
    return workspace


def monday(week: int) -> date:
    """First day of a week."""
    return FIRST + timedelta(weeks=week)


def _lines(weeks: int) -> list[Line]:
    found: list[Line] = []

    def order(shop: int, product: int, week: int, pieces: int, price: float, state: str) -> None:
        # a Monday and a Sunday, so that the first and the last week are full
        day = monday(week) + timedelta(days=6 if week == weeks - 1 else 0)
        found.append((len(found) + 1, shop, product, day, pieces, price, state))

    for week in range(weeks):
        late = week >= weeks - HALF
        if week != weeks - 3:
            order(1, 1, week, 10, 2.5 if late else 2.0, "delivered")
        if late:
            order(2, 2, week, 5, 4.0, "placed")
        else:
            order(3, 1, week, 4, 2.0, "delivered")
        if week >= weeks - 3:
            order(1, 3, week, 6, 1.0, "delivered")
    order(1, 1, weeks - 1, 100, 2.5, "cancelled")
    return found


def _fill(cursor: Cursor, weeks: int) -> None:
    for key in range(1, 5):
        cursor.execute(
            "INSERT INTO vendors VALUES (?, ?, ?, NULL, NULL, NULL, NULL)",
            [key, f"v{key}", f"Vendor {key}"],
        )
    for key, name, city, region, kind in (
        (1, "Asha", "Delhi", "North", "kirana"), (2, "Bela", "Pune", "South", "pharmacy"),
        (3, "Chand", None, None, None),
    ):  # fmt: skip
        cursor.execute(
            "INSERT INTO retailers VALUES (?, ?, ?, ?, ?, ?, 20.5, 75.0, NULL, false, true)",
            [key, f"r{key}", name, city, region, kind],
        )
    for key, category, vendor, price in (
        (1, "tea", 1, 3.0), (2, "tin", 1, None), (3, "tea", 2, 1.0), (4, "tea", 3, 9.0),
    ):  # fmt: skip
        cursor.execute(
            "INSERT INTO products VALUES (?, ?, ?, ?, NULL, ?, 1, NULL, ?, NULL, true)",
            [key, f"p{key}", f"Product {key}", category, vendor, price],
        )
    lines = _lines(weeks)
    orders = [(n, f"o{n}", shop, day, state) for n, shop, _, day, _, _, state in lines]
    cursor.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?, NULL, NULL)", orders)
    cursor.executemany(
        "INSERT INTO order_lines VALUES (?, 'l', ?, ?, ?, ?, ?, 1, ?)",
        [(n, shop, product, day, q, price, q) for n, shop, product, day, q, price, _ in lines],
    )
    weekly.rebuild(cursor)
    stock = [(monday(w), 0 if w == weeks - 3 else 60) for w in range(max(weeks - HALF, 0), weeks)]
    cursor.executemany("INSERT INTO stock_levels VALUES ('vendor', 1, 1, ?, ?, 0)", stock)
    info = DatasetInfo("Small", "EUR", "en", Provenance.IMPORTED)
    dataset_store.write(cursor, info, datetime(2026, 1, 1))
