"""Replenishment tried on the data's own past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.panel import Level
from smartreco.stock.attaining import LEAST_WARM_UP
from smartreco.stock.conformal import Foresee, mean_of_last
from smartreco.stock.outlook import (
    WINDOWS,
    Outlook,
    outlook_of_use,
    outlook_of_weeks,
    settled_span,
)
from smartreco.stock.replay import ReplaySettings
from smartreco.stock.trial import Trial, trial
from smartreco.stock.usage import use_of
from smartreco.stock.weeks_ahead import means_of_windows
from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor
from smartreco.workspace import demand as demand_reader
from smartreco.workspace.core import Core, permits
from smartreco.workspace.foreseeing import panel_forecaster
from smartreco.workspace.shelf.reading import days_since

LEVELS: Final = (Level.PRODUCT, Level.RETAILER_PRODUCT)
PAIRS: Final = 2000  # pairs of shop and product that are played, the same ones of the same data
FEWEST_LINES, FEWEST_SALES = 4, 8  # of a pair, and weeks with sales of a product
FIRST_FORESEEN: Final = 4  # weeks after the first, from which on there is something to foresee by
LONGEST_LEAD: Final = 8
EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Replenished:
    """A trial with the day that its first reported week begins on."""

    level: Level
    since: date
    trial: Trial


class Replenishment:
    """Use cases on replenishment as a whole."""

    def __init__(self, core: Core) -> None:
        self.core = core

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def trial(
        self, principal: Principal, level: Level, *, lead: int = 1, review: int = 1,
        weeks: int = 26,
    ) -> Replenished:  # fmt: skip
        """Play our rule and rules of thumb over the last weeks.

        Parameters
        ----------
        level
            `Level.PRODUCT`: shelves that serve what shops order, as vendors keep them.
            `Level.RETAILER_PRODUCT`: shops' own shelves, that serve what they use.
        lead, review
            Weeks from order to delivery, and from one order to the next.
        weeks
            To report; all is chosen on the weeks before.

        Raises
        ------
        InputError
            Another level, or weeks that cannot be.
        NotEnoughDataError
            Too few weeks of orders.
        """
        if level not in LEVELS:
            raise InputError(
                "replenishment is tried on products or on pairs of retailer and product",
                level.value, "choose product or retailer_product",
            )  # fmt: skip
        if not (1 <= lead <= LONGEST_LEAD and 1 <= review <= LONGEST_LEAD and weeks >= 4):
            raise InputError(
                f"lead and review are 1 to {LONGEST_LEAD} weeks, over 4 weeks or more",
                f"{lead}, {review} and {weeks}", "choose others",
            )  # fmt: skip
        settings = ReplaySettings(lead=lead, review=review)
        make = _products if level is Level.PRODUCT else _pairs
        with self.core.store.cursor() as cursor:
            outlooks, starts = make(cursor, settings.span, weeks)
        total = len(starts)
        fewest = LEAST_WARM_UP + settings.judge_from + 2 * settings.span + weeks
        if total < fewest:
            raise NotEnoughDataError(
                f"this trial needs {fewest} full weeks of orders", str(total),
                "report fewer weeks or import more",
            )  # fmt: skip
        first = total - weeks
        return Replenished(level, starts[first], trial(outlooks, first, settings))


def _products(cursor: Cursor, span: int, weeks: int) -> tuple[dict[str, Outlook], list[date]]:
    demand = demand_reader.read(cursor, demand_reader.first_unknown(cursor, None))
    panel = demand.panel.take(np.flatnonzero(demand.panel.levels == Level.PRODUCT.value))
    first = max(panel.weeks - weeks, 1)
    panel = panel.take((panel.values[:, :first] > 0).sum(axis=1) >= FEWEST_SALES)
    if not len(panel):
        raise NotEnoughDataError("a trial needs products with sales", "none before its first week")
    means = f"means of {_words(WINDOWS)} weeks"
    ways: dict[str, Foresee] = {
        means: means_of_windows,
        "panel forecaster": panel_forecaster(panel),
        "mean of 8 weeks": mean_of_last(8),
    }
    made = {
        name: outlook_of_weeks(panel.demand, way, span, FIRST_FORESEEN)
        for name, way in ways.items()
    }
    both = (made[means].foreseen + made["panel forecaster"].foreseen) / 2
    made["both of them"] = replace(made[means], foreseen=both)
    return made, [one.astype("datetime64[D]").astype(object) for one in panel.starts]


def _pairs(cursor: Cursor, span: int, weeks: int) -> tuple[dict[str, Outlook], list[date]]:
    lines = shelf_store.sample(cursor, PAIRS, FEWEST_LINES)
    last = shelf_store.known_until(cursor)
    use = use_of(lines)
    if not len(use) or last is None:
        raise NotEnoughDataError("a trial needs orders", "too few of any product by any shop")
    until, total = settled_span(int(use.first.min()), days_since(last) + 1)
    first = until - 7 * weeks
    use = use.take(use.known(np.full((len(use), 1), first))[:, 0])
    if not len(use):
        raise NotEnoughDataError("a trial needs orders", "too few of any product by any shop")
    names = {f"means of {_words(WINDOWS)} weeks": WINDOWS, "mean of 8 weeks": (8,)}
    starts = [EPOCH + timedelta(days=until - 7 * (total - week)) for week in range(total)]
    return {
        name: outlook_of_use(use, until, total, span, windows) for name, windows in names.items()
    }, starts


def _words(windows: tuple[int, ...]) -> str:
    return ", ".join(map(str, windows[:-1])) + f" and {windows[-1]}"
