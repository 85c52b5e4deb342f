"""Fifteen shops in two cells, whose distribution can be worked out on paper.

Every shop orders each week for `WEEKS` weeks, each piece at 1.0. North has five kirana shops
n1..n5, South ten pharmacies s1..s10. Vendor v1 sells p1 (tea) and p3 (soap, which nobody buys);
v2 sells p2 (tea) and p4 (oil). Pieces a week:

======== ====================== ========= ===========
shops    p2, of another vendor   p1        p4
======== ====================== ========= ===========
n1, n2   10                      10        0
n3..n5   10                      0         0
s1..s3   40                      10        5
s4, s5   40                      0         0
s6..s10  10                      0         0
======== ====================== ========= ===========

So in the South the size groups are s1..s5 (230 of tea a week) and s6..s10 (50). Shop s5 does
not let itself be named.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

from smartreco.config import Settings
from smartreco.entities import DatasetInfo, Provenance
from smartreco.store import dataset as dataset_store
from smartreco.store import weekly
from smartreco.store.connection import Cursor
from smartreco.store.registered import registered
from smartreco.workspace import Workspace

FIRST = date(2024, 12, 30)  # a Monday
WEEKS = 60
SHOPS = [f"n{n}" for n in range(1, 6)] + [f"s{n}" for n in range(1, 11)]
UNNAMED = "s5"
Pieces = Mapping[tuple[str, str], int]  # of shop and product, a week


def usual() -> dict[tuple[str, str], int]:
    """The table above."""
    found = {(shop, "p2"): 10 for shop in SHOPS}
    found |= {(f"s{n}", "p2"): 40 for n in range(1, 6)}
    found |= {(shop, "p1"): 10 for shop in ("n1", "n2", "s1", "s2", "s3")}
    return found | {(f"s{n}", "p4"): 5 for n in (1, 2, 3)}


def make(path: Path, pieces: Pieces | None = None) -> Workspace:
    """A workspace on such a store."""
    workspace = Workspace.open(Settings(db=path, threads=1))
    weekly_pieces = usual() if pieces is None else pieces
    workspace.store.write(lambda cursor: _fill(cursor, weekly_pieces))
    return workspace


def _fill(cursor: Cursor, pieces: Pieces) -> None:
    for key in (1, 2, 3):
        cursor.execute(
            "INSERT INTO vendors VALUES (?, ?, ?, NULL, NULL, NULL, NULL)",
            [key, f"v{key}", f"Vendor {key}"],
        )
    for key, category, vendor in ((1, "tea", 1), (2, "tea", 2), (3, "soap", 1), (4, "oil", 2)):
        cursor.execute(
            "INSERT INTO products VALUES (?, ?, ?, ?, NULL, ?, 1, NULL, 1.0, NULL, true)",
            [key, f"p{key}", f"Product {key}", category, vendor],
        )
    for key, shop in enumerate(SHOPS, start=1):
        place = ("Delhi", "North", "kirana") if shop[0] == "n" else ("Pune", "South", "pharmacy")
        cursor.execute(
            "INSERT INTO retailers VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?, true)",
            [key, shop, f"Shop {shop}", *place, shop != UNNAMED],
        )
    number, orders, lines = 0, [], []
    for week in range(WEEKS):
        for key, shop in enumerate(SHOPS, start=1):
            number += 1
            day = FIRST + timedelta(weeks=week, days=0 if week == 0 else 6)
            orders.append((number, f"o{number}", key, day))
            lines += [
                (number, f"l{product}", key, int(product[1]), day, count)
                for (buyer, product), count in pieces.items()
                if buyer == shop and count
            ]
    order_rows = pd.DataFrame(orders, columns=["key", "id", "shop", "day"])
    line_rows = pd.DataFrame(lines, columns=["key", "id", "shop", "product", "day", "pieces"])
    with registered(cursor, made=order_rows, drawn=line_rows):
        cursor.execute(
            "INSERT INTO orders SELECT key, id, shop, day, 'placed', NULL, NULL FROM made"
        )
        cursor.execute(
            "INSERT INTO order_lines "
            "SELECT key, id, shop, product, day, pieces, 1.0, 1, pieces FROM drawn"
        )
    weekly.rebuild(cursor)
    info = DatasetInfo("Reach", "EUR", "en", Provenance.IMPORTED)
    dataset_store.write(cursor, info, datetime(2026, 3, 1))
