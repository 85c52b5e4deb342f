"""What rules would have done: the past played again week by week, each week knowing its own past.

At the start of a week deliveries come in and an order may be placed; during the week the
shelf serves what it can, the rest is lost. An order of week t arrives at the start of week
t + lead, so what is ordered at one review must last lead + review weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from smartreco.errors import NotEnoughDataError
from smartreco.stock.arrays import Floats
from smartreco.stock.conformal import Errors, outcomes
from smartreco.stock.outcomes import Outcomes
from smartreco.stock.outlook import Outlook
from smartreco.stock.rules import Moment, Rule
from smartreco.stock.shelf import Shelf

RULE, FILL_RATE, CYCLE_SERVICE, WEEKS_OF_STOCK = (
    "rule", "fill_rate", "cycle_service", "weeks_of_stock",
)  # fmt: skip
COLUMNS: Final = (RULE, FILL_RATE, CYCLE_SERVICE, WEEKS_OF_STOCK)


@dataclass(frozen=True, slots=True)
class ReplaySettings:
    """How the past is played.

    Attributes
    ----------
    lead, review
        Weeks from order to delivery (1 or more), and from one order to the next.
    warm_up
        Weeks before the first order, from which the first errors are learned.
    judge_from
        Weeks after the first order that are played and not counted: until then the stock
        that was there before is sold.
    origins
        Latest errors that count.
    """

    lead: int = 1
    review: int = 1
    warm_up: int = 26
    judge_from: int = 8
    origins: int = 52

    @property
    def span(self) -> int:
        """Weeks that an order must last."""
        return self.lead + self.review

    @property
    def fewest_weeks(self) -> int:
        """History that a replay needs."""
        return self.warm_up + self.judge_from + 2 * self.span


def replay(
    outlook: Outlook,
    rules: Mapping[str, Rule],
    settings: ReplaySettings | None = None,
    case_size: Floats | None = None,
) -> pd.DataFrame:
    """Play rules on history.

    Parameters
    ----------
    outlook
        Demand, and what was known before each week, over `ReplaySettings.span` weeks.
        Products of which nothing is foreseen at the first order are left out.
    rules
        By name.
    case_size
        Orders are rounded up to whole cases; None: pieces.

    Returns
    -------
    pandas.DataFrame
        Columns rule, fill_rate (share of pieces served), cycle_service (share of reviews
        and products without a stock-out until the next), weeks_of_stock (mean stock at the
        end of a week / mean weekly demand).

    Raises
    ------
    NotEnoughDataError
        History is shorter than `ReplaySettings.fewest_weeks`.
    """
    settings = settings or ReplaySettings()
    weeks = outlook.asked.shape[1]
    if weeks < settings.fewest_weeks:
        raise NotEnoughDataError(
            f"a replay needs {settings.fewest_weeks} weeks of history", str(weeks),
            "import more weeks or shorten the warm-up",
        )  # fmt: skip
    first = settings.warm_up
    outlook = outlook.take(np.isfinite(outlook.foreseen[:, first]))
    opening = settings.span * outlook.usual(first, settings.span)
    shelves = {name: Shelf.opened(opening, settings.lead) for name in rules}
    for week, (_, ahead) in enumerate(reviews(outlook, settings), start=first):
        for name, rule in rules.items():
            shelf = shelves[name]
            shelf.receive()
            if ahead is not None:
                usual = partial(outlook.usual, week)
                moment = Moment(usual, shelf.position, settings.span, ahead)
                shelf.order(_whole(rule(moment), case_size))
            shelf.serve(outlook.asked[:, week], counted=week >= first + settings.judge_from)
    rows = [(name, *shelf.figures()) for name, shelf in shelves.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def reviews(outlook: Outlook, settings: ReplaySettings) -> Iterator[tuple[Floats, Outcomes | None]]:
    """Each week that is played: demand of its span (NaN: not known), and what was foreseen of it.

    The latter only where an order is due.
    """
    span, foreseen = settings.span, outlook.foreseen
    sums = _sums_ahead(outlook.asked, span)
    for week in range(settings.warm_up, outlook.asked.shape[1]):
        if (week - settings.warm_up) % settings.review:
            yield sums[:, week], None
            continue
        over = week - span + 1  # the first span that is not over yet
        latest = slice(max(0, over - settings.origins), over)
        ends = np.arange(outlook.asked.shape[1])[None, latest] + span
        told = np.where(ends <= outlook.settled(week)[:, None], sums[:, latest], np.nan)
        expected = np.nan_to_num(foreseen[:, week])
        yield sums[:, week], outcomes(expected, Errors(foreseen[:, latest], told))


def _sums_ahead(asked: Floats, span: int) -> Floats:
    """Demand of the span that begins with each week; NaN where it is not over or not known."""
    total = np.cumsum(np.pad(np.nan_to_num(asked), ((0, 0), (1, 0))), axis=1)
    gaps = np.cumsum(np.pad(np.isnan(asked), ((0, 0), (1, 0))), axis=1)
    made = np.full(asked.shape, np.nan)
    sums = total[:, span:] - total[:, :-span]
    made[:, : asked.shape[1] - span + 1] = np.where(gaps[:, span:] > gaps[:, :-span], np.nan, sums)
    return made


def _whole(order: Floats, case_size: Floats | None) -> Floats:
    return order if case_size is None else np.asarray(np.ceil(order / case_size) * case_size)
