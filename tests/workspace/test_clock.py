"""Live data have the real day; data that end in the past have their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.store import Store, order_book, placing, shelf, shelf_counts
from smartreco.store.connection import Cursor
from smartreco.store.placing import PlacedLine, Placement
from smartreco.workspace import Workspace, clock
from tests.store.imports import LINES, take


@pytest.fixture
def cursor(shared_workspace: Workspace) -> Iterator[Cursor]:
    with shared_workspace.store.cursor() as opened:
        yield opened


@pytest.fixture
def last(cursor: Cursor) -> date:
    (day,) = cursor.execute("SELECT max(ordered_on) FROM order_lines").fetchone() or (None,)
    assert isinstance(day, date)
    return day


@pytest.mark.parametrize(("after", "stands"), [(0, False), (7, False), (8, True), (-1, True)])
def test_the_clock_stands_a_week_after_the_last_order(
    cursor: Cursor, last: date, after: int, stands: bool
) -> None:
    now = datetime.combine(last, datetime.min.time()) + timedelta(days=after, hours=15)
    assert clock.today(cursor, now) == (last if stands else now.date())
    assert clock.moment(cursor, now).time() == now.time()


LAST = date(2026, 5, 11)  # of the imported orders


def at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30))


def place(store: Store, real: date) -> date:
    """Place an order on a real day; the day that it carries."""

    def work(cursor: Cursor) -> date:
        moment = clock.moment(cursor, at(real))
        line = PlacedLine("rice", 4, 2.0)
        placing.place(cursor, Placement("s1", [line], moment, at(real), "asha", "", 1))
        return moment.date()

    return store.write(work)


def today(store: Store, real: date) -> date:
    with store.cursor() as cursor:
        return clock.today(cursor, at(real))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(Settings(db=tmp_path / "clock.duckdb"))
    take(opened, *LINES)
    yield opened
    opened.close()


@pytest.mark.parametrize("quiet", [8, 30, 60])
def test_data_in_use_go_on_however_quiet_the_weeks_are(store: Store, quiet: int) -> None:
    first = LAST + timedelta(days=2)
    assert place(store, first) == first
    later = first + timedelta(days=quiet)
    assert place(store, later) == later
    assert place(store, later + timedelta(days=quiet)) == later + timedelta(days=quiet)


def test_orders_on_data_that_ended_long_ago_do_not_bring_them_to_life(store: Store) -> None:
    long_after = LAST + timedelta(days=90)
    for days in (0, 3, 40):
        assert place(store, long_after + timedelta(days=days)) == LAST


def test_cancelling_the_newest_order_does_not_turn_the_clock_back(store: Store) -> None:
    placed = place(store, LAST + timedelta(days=6))
    with store.cursor() as cursor:
        row = order_book.find(cursor, "s1", "SR-000001")
    assert row is not None
    store.write(lambda cursor: placing.cancel(cursor, row.order_key, "asha", at(placed)))
    for days in (0, 1, 5, 50):
        assert today(store, placed + timedelta(days=days)) == placed + timedelta(days=days)


def test_a_count_of_the_live_week_is_not_ahead_of_the_clock_later(store: Store) -> None:
    counted = LAST + timedelta(days=5)
    store.write(
        lambda cursor: shelf_counts.put(cursor, "s1", {"rice": 9}, counted, "asha", at(counted))
    )
    much_later = LAST + timedelta(days=40)
    assert today(store, much_later) == counted
    assert today(store, LAST + timedelta(days=1)) == LAST + timedelta(days=1)
    with store.cursor() as cursor:
        held = shelf.held(cursor, "s1", LAST)  # as if the clock had gone back all the same
    assert held["pieces"].tolist() == [9]
    assert held["counted_on"].dt.date.tolist() == [LAST]
