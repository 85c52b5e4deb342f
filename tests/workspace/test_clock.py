"""Live data have the real day; data that end in the past have their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace, clock


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
