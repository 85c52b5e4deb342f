"""What day it is for a data set: the real one, or the data's own where they end in the past.

A demo or a sample ends on a day that passes. One order dated on the real day, months
after all others, would make every other shop look months late; so the clock of such
data stands still on the day of the last order that came with them. Where orders were
placed on the day that they carry, the data are in use: their clock goes on, however quiet
the weeks are.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor

LIVE_FOR: Final = timedelta(days=7)  # after the last imported order the real day still counts


def today(cursor: Cursor, now: datetime) -> date:
    """The day that an order placed at `now` carries; never before what was done here."""
    real, dated = now.date(), shelf_store.dated(cursor)
    last = dated.imported
    if last is None:
        return real
    if dated.lived or real <= last + LIVE_FOR:
        return max(real, last)
    return last if dated.acted is None else max(last, min(dated.acted, real))


def moment(cursor: Cursor, now: datetime) -> datetime:
    """`now` on the data's own day."""
    return datetime.combine(today(cursor, now), now.time())
