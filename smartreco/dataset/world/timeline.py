"""The weekly grid on which demand moves: the known past and the weeks planned ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

EPOCH = date(1970, 1, 1)
Days = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Timeline:
    """Weeks of seven days that begin on the weekday of `start`.

    Attributes
    ----------
    start
        First day of week 0.
    weeks
        Weeks of the known past.
    horizon
        Weeks after them, known only to plans and to the truth.
    """

    start: date
    weeks: int
    horizon: int

    @classmethod
    def until(cls, end: date, weeks: int, horizon: int) -> Timeline:
        """The grid whose known past ends the day before `end`."""
        return cls(end - timedelta(weeks=weeks), weeks, horizon)

    @property
    def total(self) -> int:
        """Weeks of past and horizon."""
        return self.weeks + self.horizon

    @property
    def end(self) -> date:
        """First day that is not known."""
        return self.start + timedelta(weeks=self.weeks)

    @property
    def first_days(self) -> Days:
        """First day of each week, in days since 1970-01-01."""
        return (self.start - EPOCH).days + 7 * np.arange(self.total)

    @property
    def numbers(self) -> Days:
        """A number for each week that does not depend on where the grid starts."""
        return self.first_days // 7

    def week_of(self, day: date) -> int:
        """Week that holds `day`; negative before the grid."""
        return (day - self.start).days // 7

    def covering(self, first: date | None, last: date | None) -> Mask:
        """Weeks of which at least four days lie in `first`..`last`, both included.

        None leaves that side open.
        """
        days = self.first_days
        low = days[0] if first is None else (first - EPOCH).days
        high = days[-1] + 6 if last is None else (last - EPOCH).days
        shared = np.minimum(days + 6, high) - np.maximum(days, low) + 1
        return np.asarray(shared >= 4)
