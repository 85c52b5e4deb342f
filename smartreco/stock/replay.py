"""What rules would have done: the past played again week by week, each week knowing its own past.

At the start of a week deliveries come in and an order may be placed; during the week the
shelf serves what it can, the rest is lost. An order of week t arrives at the start of week
t + lead, so what is ordered at one review must last lead + review weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco.errors import NotEnoughDataError
from smartreco.stock.arrays import Floats
from smartreco.stock.conformal import Errors, Foresee, outcomes
from smartreco.stock.outcomes import Outcomes
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
    demand: Floats,
    rules: Mapping[str, Rule],
    foresee: Foresee,
    settings: ReplaySettings | None = None,
    case_size: Floats | None = None,
) -> pd.DataFrame:
    """Play rules on history.

    Parameters
    ----------
    demand
        Pieces asked for: products x weeks.
    rules
        By name.
    foresee
        The forecaster that makes the span's outcomes, from the past of each week only.
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
    if demand.shape[1] < settings.fewest_weeks:
        raise NotEnoughDataError(
            f"a replay needs {settings.fewest_weeks} weeks of history", str(demand.shape[1]),
            "import more weeks or shorten the warm-up",
        )  # fmt: skip
    first = settings.warm_up
    opening = demand[:, first - settings.span : first].sum(axis=1)
    shelves = {name: Shelf.opened(opening, settings.lead) for name in rules}
    for week, ahead in _reviews(demand, foresee, settings):
        for name, rule in rules.items():
            shelf = shelves[name]
            shelf.receive()
            if ahead is not None:
                moment = Moment(demand[:, :week], shelf.position, settings.span, ahead)
                shelf.order(_whole(rule(moment), case_size))
            shelf.serve(demand[:, week], counted=week >= first + settings.judge_from)
    rows = [(name, *shelf.figures()) for name, shelf in shelves.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _reviews(
    demand: Floats, foresee: Foresee, settings: ReplaySettings
) -> Iterator[tuple[int, Outcomes | None]]:
    """Every week that is played, and the outcomes of its span where an order is due."""
    span, (_, weeks) = settings.span, demand.shape
    foreseen = np.full(demand.shape, np.nan)
    sums = _sums_ahead(demand, span)
    for week in range(span, weeks):
        foreseen[:, week] = foresee(demand[:, :week], span).sum(axis=1)
        if week < settings.warm_up:
            continue
        if (week - settings.warm_up) % settings.review:
            yield week, None
            continue
        over = week - span + 1  # the first span that is not over yet
        latest = slice(max(span, over - settings.origins), over)
        yield week, outcomes(foreseen[:, week], Errors(foreseen[:, latest], sums[:, latest]))


def _sums_ahead(demand: Floats, span: int) -> Floats:
    """Demand of the span that begins with each week; NaN where it is not over."""
    total = np.cumsum(np.pad(demand, ((0, 0), (1, 0))), axis=1)
    made = np.full(demand.shape, np.nan)
    made[:, : demand.shape[1] - span + 1] = total[:, span:] - total[:, :-span]
    return made


def _whole(order: Floats, case_size: Floats | None) -> Floats:
    return order if case_size is None else np.asarray(np.ceil(order / case_size) * case_size)
