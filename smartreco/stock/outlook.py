"""What was foreseen at each week of the past, and what came: what replays and bands start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats, Ints, Mask
from smartreco.stock.conformal import Errors, Foresee
from smartreco.stock.usage import NEVER, Use

#: Weeks whose means, themselves averaged, foresee a shop's use. Of all sets of one to five
#: windows out of 1, 2, 4, 8, 13, 26, 52 it was among the two best on three data sets before
#: their last half year; 8 % below the mean of 8 weeks there, 6 % after it.
WINDOWS: Final = (1, 8, 52)
WEEK: Final = 7
#: Use is known when the next order comes. Near the end of the data only of those who came back
#: soon it is, and they use more than others: so the last weeks are not played.
UNSETTLED_WEEKS, UNSETTLED_PART = 13, 5  # the latter in short data: a fifth of it at most
ORIGINS: Final = 40  # latest weeks whose errors count


@dataclass(frozen=True, slots=True)
class Outlook:
    """Demand week by week, beside what was known of it before each week.

    Attributes
    ----------
    asked
        Pieces asked for: products x weeks; NaN: not known, and not judged.
    foreseen
        Pieces expected, before each week, of the span that begins with it; NaN: too early.
    span
        Weeks of it.
    usual
        Pieces a week over the last weeks before a week, as known then: (week, weeks).
    settled
        How many weeks, from the first on, had their demand known before a week: of each
        product.
    """

    asked: Floats
    foreseen: Floats
    span: int
    usual: Callable[[int, int], Floats]
    settled: Callable[[int], Ints]

    def take(self, rows: Mask) -> Outlook:
        """Some of the products."""
        usual, settled = self.usual, self.settled
        return replace(
            self, asked=self.asked[rows], foreseen=self.foreseen[rows],
            usual=lambda week, weeks: usual(week, weeks)[rows],
            settled=lambda week: settled(week)[rows],
        )  # fmt: skip

    def until(self, week: int) -> Outlook:
        """The weeks before one."""
        return replace(self, asked=self.asked[:, :week], foreseen=self.foreseen[:, :week])


def outlook_of_weeks(demand: Floats, foresee: Foresee, span: int, first: int = 1) -> Outlook:
    """An outlook on demand that is known as soon as its week is over.

    Parameters
    ----------
    demand
        Pieces asked for, products x weeks.
    first
        Week to begin foreseeing with.
    """
    foreseen = np.full(demand.shape, np.nan)
    for week in range(max(first, 1), demand.shape[1]):
        foreseen[:, week] = foresee(demand[:, :week], span).sum(axis=1)

    def usual(week: int, weeks: int) -> Floats:
        return np.asarray(demand[:, max(0, week - weeks) : week].mean(axis=1))

    def settled(week: int) -> Ints:
        return np.full(len(demand), week, dtype=np.int64)

    return Outlook(demand, foreseen, span, usual, settled)


def outlook_of_use(
    use: Use, until: int, weeks: int, span: int, windows: tuple[int, ...] = WINDOWS
) -> Outlook:
    """An outlook on what shops use, which is known only when they order again.

    Parameters
    ----------
    until
        First day that is not known, in days since 1970-01-01; weeks end with it.
    weeks
        How many.
    """
    first = until - WEEK * (weeks - np.arange(weeks, dtype=np.int64))
    on = np.broadcast_to(first, (len(use), weeks))
    foreseen = np.where(use.known(on), WEEK * span * rate(use, on, windows), np.nan)

    def usual(week: int, many: int) -> Floats:
        return np.asarray(WEEK * use.mean(on[:, [week]], many)[:, 0])

    def settled(week: int) -> Ints:
        return np.asarray((use.last_before(on[:, week]) - first[0]) // WEEK)

    return Outlook(use.used(on, WEEK), foreseen, span, usual, settled)


def settled_span(first: int, until: int) -> tuple[int, int]:
    """Day before which nearly all use is known, and full weeks from a first day to it.

    >>> settled_span(0, 7 * 60)
    (336, 48)
    """
    weeks = max(until - first, 0) // WEEK
    open_weeks = min(UNSETTLED_WEEKS, weeks // UNSETTLED_PART)
    return until - WEEK * open_weeks, weeks - open_weeks


def rate(use: Use, on: Ints, windows: tuple[int, ...] = WINDOWS) -> Floats:
    """Pieces a day that a shop is expected to use, as known on a day: products x days."""
    return np.asarray(sum(use.mean(on, weeks) for weeks in windows) / len(windows))


def errors(use: Use, today: int, weeks: int) -> list[Errors]:
    """How `rate` did over one week, over two together, and so on, from past weeks.

    Parameters
    ----------
    today
        First day ahead, in days since 1970-01-01.
    weeks
        The longest time.
    """
    back = WEEK * np.arange(ORIGINS, -weeks, -1, dtype=np.int64)
    grid = np.broadcast_to(today - back, (len(use), len(back)))
    used = use.until(grid, np.full_like(grid, NEVER))
    used = np.where(grid <= use.last[:, None], used, np.nan)
    on = grid[:, :ORIGINS]
    daily = np.where(use.known(on), rate(use, on), np.nan)
    start = used[:, :ORIGINS]
    return [
        Errors(WEEK * many * daily, used[:, many : many + ORIGINS] - start)
        for many in range(1, weeks + 1)
    ]
