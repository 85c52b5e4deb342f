"""Times that are set beside each other: the weeks asked for, those before, last year's.

Whole weeks only, so that no figure is low because its week has not ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

USUAL_WEEKS: Final = 26  # that are looked at where nothing else is asked for
YEAR_WEEKS: Final = 52  # back to the same weeks of last year


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks: both are Mondays, `until` is the first day out."""

    first: date
    until: date

    @property
    def weeks(self) -> int:
        """How many."""
        return (self.until - self.first).days // 7

    @property
    def last_day(self) -> date:
        """The Sunday that it ends with."""
        return self.until - timedelta(days=1)

    def back(self, weeks: int) -> Period:
        """As many weeks, so much earlier."""
        gap = timedelta(weeks=weeks)
        return Period(self.first - gap, self.until - gap)


@dataclass(frozen=True, slots=True)
class Periods:
    """A period with what it is compared with; None where the data do not reach back to it.

    Attributes
    ----------
    now
        What is looked at.
    before
        As many weeks right before it.
    last_year
        The same weeks, 52 earlier.
    known
        All full weeks of the data.
    """

    now: Period
    before: Period | None
    last_year: Period | None
    known: Period


def periods(since: date | None, until: date | None, known: Period) -> Periods | None:
    """The whole weeks from that of `since` to that of `until`, as far as they are known.

    Parameters
    ----------
    since, until
        Any day of the first and of the last week. None: `USUAL_WEEKS` before `until`, and
        the last known week.
    known
        All full weeks of the data.

    Returns
    -------
    None where none of the weeks is known.
    """
    end = known.until if until is None else min(_monday(until) + timedelta(weeks=1), known.until)
    usual = end - timedelta(weeks=USUAL_WEEKS)
    first = max(usual if since is None else _monday(since), known.first)
    if first >= end:
        return None
    now = Period(first, end)
    before, last_year = now.back(now.weeks), now.back(YEAR_WEEKS)
    return Periods(
        now,
        before if before.first >= known.first else None,
        last_year if last_year.first >= known.first else None,
        known,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
