"""One product's use and stock, week by week, around the day of the shelf."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats
from smartreco.workspace.shelf.reading import WEEKS_AHEAD, Shelf, days_since
from smartreco.workspace.shelf.rows import EPOCH, HIGH, LOW
from smartreco.workspace.shelf.stock_views import Course, CourseWeek, ShelfRow

PAST_WEEKS: Final = 26


def course_of(shelf: Shelf, row: ShelfRow) -> Course:
    """Use of the past weeks, and use and stock of the coming ones."""
    (at,) = shelf.rows_of([row.product.product_id])
    return Course(row, shelf.today, (*_past(shelf, int(at)), *_coming(shelf, int(at), row)))


def _past(shelf: Shelf, at: int) -> list[CourseWeek]:
    used_at, now = int(shelf.used[at]), days_since(shelf.today) + 1
    if used_at < 0:
        return []
    edge = now - 7 * np.arange(PAST_WEEKS, -1, -1, dtype=np.int64)[None, :]
    one = shelf.use.take(np.array([used_at]))
    total = one.until(edge, np.full_like(edge, now))[0]
    first = int(one.first[0])
    return [
        CourseWeek(EPOCH + timedelta(days=int(begins)), False, float(pieces))
        for begins, pieces in zip(edge[0, :-1], np.diff(total), strict=True)
        if begins + 7 > first
    ]


def _coming(shelf: Shelf, at: int, row: ShelfRow) -> list[CourseWeek]:
    draws = shelf.ahead.by_week[at, :WEEKS_AHEAD]
    made = []
    for week in range(len(draws)):
        stock = _stock(draws[week], _arrived(shelf, at, week), row)
        begins = shelf.today + timedelta(days=1 + 7 * week)
        made.append(
            CourseWeek(
                begins, True, row.weekly, row.weekly_low, row.weekly_high, *(stock or (None,) * 3)
            )
        )
    return made


def _arrived(shelf: Shelf, at: int, week: int) -> float:
    """Pieces that have come by the end of a week."""
    return float(shelf.now.coming[at, : 7 * (week + 1)].sum())


def _stock(draws: Floats, arrived: float, row: ShelfRow) -> tuple[float, float, float] | None:
    """Median and 80 % band of stock at a week's end, with nothing more ordered."""
    if row.on_hand is None:
        return None
    left = np.maximum(row.on_hand + arrived - draws, 0.0)
    middle, low, high = np.quantile(left, (0.5, LOW, HIGH))
    return float(middle), float(low), float(high)
