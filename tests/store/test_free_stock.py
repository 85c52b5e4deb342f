"""Free, reserved and delivered pieces add up, in whatever order things happen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from smartreco.config import Settings
from smartreco.store import Store, free_stock, placing
from smartreco.store import vendor_counts as counts_store
from tests import homes
from tests.drawing import drawn
from tests.store.imports import LINES, orders, prepared, write
from tests.store.test_order_parts import GOODS, STOCK, VENDORS
from tests.store.test_placing import place

CLEAN = prepared(orders(*LINES), products=GOODS, vendors=VENDORS, stock=STOCK)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("place", "place", "on", "deliver", "deliver", "off", "count", "import")),
        st.integers(1, 12),
    ),
    min_size=4, max_size=14,
)  # fmt: skip
# What random steps may miss: deliveries on both sides of a count, of orders on both sides of it.
BEFORE_AND_AFTER = [
    ("place", 5), ("place", 3), ("deliver", 1), ("count", 12), ("deliver", 2), ("place", 2),
    ("deliver", 2), ("import", 1), ("count", 7), ("import", 1),
]  # fmt: skip
NEVER_COUNTED = [("place", 5), ("on", 1), ("deliver", 1), ("place", 4), ("off", 1)]


class Ledger:
    """The same, kept with pencil and paper."""

    def __init__(self) -> None:
        self.there, self.orders = 50, []  # type: tuple[int, list[list[object]]]

    def reserved(self) -> int:
        return sum(int(str(n)) for _, n, state in self.orders if state in ("placed", "confirmed"))


def settled(store: Store, at: int, status: str, now: datetime) -> None:
    with store.cursor() as cursor:
        found = cursor.execute("SELECT order_key FROM placements ORDER BY 1").fetchall()
    key = int(found[at][0])
    if status == "cancelled":
        store.write(lambda cursor: placing.cancel(cursor, key, "vik", now))
    else:
        store.write(lambda cursor: placing.settle(cursor, key, status, username="vik", now=now))


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File of a closed store with the goods."""
    path = tmp_path_factory.mktemp("stocked") / "store.duckdb"
    store = Store.open(Settings(db=path))
    write(store, CLEAN)
    store.close()
    return path


@drawn(12, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
@example(steps=BEFORE_AND_AFTER)
@example(steps=NEVER_COUNTED)
def test_what_is_there_is_reserved_or_free(stocked: Path, steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        own = Path(folder) / "store.duckdb"
        homes.copy_store(stocked, own)
        store = Store.open(Settings(db=own, threads=1))
        _play(store, steps)
        store.close()


def _play(store: Store, steps: list[tuple[str, int]]) -> None:
    ledger, now = Ledger(), datetime(2026, 6, 1, 8, 30)
    follows = {"placed": "confirmed", "confirmed": "delivered"}
    for act, number in steps:
        now += timedelta(minutes=1)
        if act == "place":
            place(store, ("rice", number, 2.0))
            ledger.orders.append([len(ledger.orders), number, "placed"])
        elif act == "count":
            store.write(
                lambda cursor, many=number, at=now: counts_store.put(  # type: ignore[misc]
                    cursor, counts_store.key_of(cursor, "v1"), {"rice": (many, 0)},
                    date(2026, 5, 14), "vik", at,
                )
            )  # fmt: skip
            ledger.there = number
        elif act == "import":
            write(store, CLEAN)  # the same export once more brings nothing back
        elif ledger.orders:
            at = number % len(ledger.orders)
            one = ledger.orders[at]
            if str(one[2]) not in follows:
                continue
            steps_of = {"on": [follows[str(one[2])]], "off": ["cancelled"]}
            for status in steps_of.get(act, ["confirmed", "delivered"]):
                settled(store, at, status, now)
                one[2] = status
            if one[2] == "delivered":
                ledger.there -= int(str(one[1]))
        with store.cursor() as cursor:
            row = free_stock.stock(cursor, ["rice"]).iloc[0]
            free = free_stock.free(cursor, ["rice"])["rice"]
        assert row["on_hand"] == max(ledger.there, 0)
        assert row["reserved"] == ledger.reserved()
        assert row["free"] == free == max(ledger.there - ledger.reserved(), 0)


def test_a_delivery_before_a_typed_count_is_in_it(store: Store) -> None:
    write(store, CLEAN)
    _play(store, [("place", 5), ("on", 1), ("on", 1), ("count", 9), ("place", 2), ("on", 1)])
