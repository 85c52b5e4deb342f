"""How sound the data in the store are: fresh, whole, plausible, and known to the model.

Limits are set so that sound data pass and spoiled data do not. They were read off from what two
sound sets hold: a real one (Iowa: 447,000 lines of 199 shops) and the demo data (205,000 lines of
300). The tests spoil demo data in each of these ways:

==================  ========  ========  =========  ====================================
check               Iowa      demo      look, act  what it has to find
==================  ========  ========  =========  ====================================
weeks               0         0         any, 10 %  an export that was never imported
orders held twice   0.02 %    0         0.1, 1 %   an export imported under new numbers
shops gone quiet    8 %       1 %       10, 30 %   a region or a system that dropped out
odd quantities      0.05 %    0.001 %   0.1, 1 %   cases counted as pieces, slips of a key
odd prices          0.006 %   0.002 %   0.1, 1 %   a case's price, a wrong currency
quantities moved    2.9-5 %   0-1 %     10, 25 %   an export that changed its unit
prices moved        0-1.4 %   0-2.7 %   10, 25 %   the same of prices, a wrong currency
new products/shops  .         .         5, 20 %    what the model cannot know yet
mix                 .         .         10, 25 %   another trade than the one learned
==================  ========  ========  =========  ====================================

Shares of what moved are those of each of the last twelve spans of four weeks against the half year
before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import pandas as pd

from smartreco.entities import Principal, Role
from smartreco.errors import NotEnoughDataError
from smartreco.store import dataset as dataset_store
from smartreco.store import models as model_store
from smartreco.store import quality as store
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits


class Check(StrEnum):
    """What is looked at; each has a list behind its count."""

    EMPTY_WEEKS = "empty_weeks"
    REPEATED_ORDERS = "repeated_orders"
    QUIET_SHOPS = "quiet_shops"
    ODD_QUANTITIES = "odd_quantities"
    ODD_PRICES = "odd_prices"
    NEW_PRODUCTS = "new_products"
    NEW_SHOPS = "new_shops"
    QUANTITIES_MOVED = "quantities_moved"
    PRICES_MOVED = "prices_moved"
    MIX = "mix"


class Verdict(StrEnum):
    """What a check came to."""

    GOOD = "good"
    LOOK = "look"  # worth a look
    ACT = "act"  # something should be done
    UNKNOWN = "unknown"  # not enough data


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: how many were found among how many.

    ``share`` is what the check measures, 0..1; None where the data cannot tell.
    """

    check: Check
    verdict: Verdict
    found: int
    among: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Quality:
    """All checks of one state of the data."""

    last_day: date | None
    days_old: int | None  # from the last order to today
    imported_at: datetime | None
    fitted_at: datetime | None
    lines: int
    lines_since_fit: int | None
    findings: tuple[Finding, ...]


#: From which share on a check asks for a look, and from which for an act.
LIMITS: Final = {
    Check.EMPTY_WEEKS: (0.0, 0.1),
    Check.REPEATED_ORDERS: (0.001, 0.01),
    Check.QUIET_SHOPS: (0.1, 0.3),
    Check.ODD_QUANTITIES: (0.001, 0.01),
    Check.ODD_PRICES: (0.001, 0.01),
    Check.NEW_PRODUCTS: (0.05, 0.2),
    Check.NEW_SHOPS: (0.05, 0.2),
    Check.QUANTITIES_MOVED: (0.1, 0.25),
    Check.PRICES_MOVED: (0.1, 0.25),
    Check.MIX: (0.1, 0.25),
}
LEAST_LINES: Final = 200  # on each side, for a change of mix to be more than chance
#: Fewer to judge than this tell nothing.
LEAST: Final = {
    Check.EMPTY_WEEKS: 4, Check.QUANTITIES_MOVED: 10, Check.PRICES_MOVED: 10
}  # fmt: skip
SINCE_FIT: Final = (
    Check.NEW_PRODUCTS, Check.NEW_SHOPS, Check.QUANTITIES_MOVED, Check.PRICES_MOVED,
)  # fmt: skip


@dataclass(frozen=True)
class _Kept:
    """What was found in one state of the data."""

    state: tuple[int, int]
    quality: Quality
    lists: dict[Check, pd.DataFrame] = field(default_factory=dict)


class DataQuality:
    """Use cases on the soundness of data."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._kept: _Kept | None = None

    @permits(Role.ADMIN)
    def overview(self, principal: Principal) -> Quality:
        """Every check with its count.

        Raises
        ------
        NotEnoughDataError
            The store holds no data.
        """
        return self._read().quality

    @permits(Role.ADMIN)
    def listed(
        self, principal: Principal, check: Check, limit: int = 500, offset: int = 0
    ) -> tuple[pd.DataFrame, int]:
        """What a check found, the worst first, and how many in all."""
        frame = self._read().lists[check]
        return frame.iloc[offset : offset + limit], len(frame)

    def _read(self) -> _Kept:
        with self.core.store.cursor() as cursor:
            version = dataset_store.data_version(cursor)
            model = model_store.latest(cursor)
            state = (version, model.version if model else 0)
            if self._kept is None or self._kept.state != state:
                self._kept = _look(cursor, state, model.fitted_at if model else None)
        kept = self._kept
        last = kept.quality.last_day
        return _Kept(state, _aged(kept.quality, last, self.core.now().date()), kept.lists)


def _aged(quality: Quality, last: date | None, today: date) -> Quality:
    return Quality(
        last, None if last is None else (today - last).days, quality.imported_at,
        quality.fitted_at, quality.lines, quality.lines_since_fit, quality.findings,
    )  # fmt: skip


def _look(cursor: Cursor, state: tuple[int, int], fitted_at: datetime | None) -> _Kept:
    fresh = store.freshness(cursor, fitted_at)
    if not fresh.lines:
        raise NotEnoughDataError(
            "checks need order lines", "a store without any", "import orders first"
        )
    checks: dict[Check, Callable[[], pd.DataFrame]] = {
        Check.EMPTY_WEEKS: lambda: store.empty_weeks(cursor),
        Check.REPEATED_ORDERS: lambda: store.repeated_orders(cursor),
        Check.QUIET_SHOPS: lambda: store.quiet_shops(cursor),
        Check.ODD_QUANTITIES: lambda: store.odd_values(cursor, "quantity"),
        Check.ODD_PRICES: lambda: store.odd_values(cursor, "unit_price"),
    }
    if fitted_at is not None and fresh.lines_since_fit:
        checks[Check.NEW_PRODUCTS] = lambda: store.new_products(cursor, fitted_at)
        checks[Check.NEW_SHOPS] = lambda: store.new_shops(cursor, fitted_at)
        checks[Check.QUANTITIES_MOVED] = lambda: store.moved(cursor, fitted_at, "quantity")
        checks[Check.PRICES_MOVED] = lambda: store.moved(cursor, fitted_at, "unit_price")
    lists = {check: find() for check, find in checks.items()}
    among = store.judged(cursor, fitted_at)
    findings = [_counted(check, lists.get(check), among.get(check, 0)) for check in LIMITS
                if check is not Check.MIX]  # fmt: skip
    moved = store.mix(cursor, fitted_at) if fitted_at is not None else pd.DataFrame()
    lists = {check: frame.drop(columns="among") for check, frame in lists.items()}
    for check in SINCE_FIT:
        lists.setdefault(check, pd.DataFrame())
    finding, lists[Check.MIX] = _mixed(moved)
    quality = Quality(
        fresh.last_day, None, fresh.imported_at, fitted_at, fresh.lines, fresh.lines_since_fit,
        (*findings, finding),
    )  # fmt: skip
    return _Kept(state, quality, lists)


def _counted(check: Check, found: pd.DataFrame | None, among: int) -> Finding:
    n = 0 if found is None else len(found)
    if found is None or among < LEAST.get(check, 1):
        return Finding(check, Verdict.UNKNOWN, n, among, None)
    return Finding(check, _verdict(check, n / among), n, among, n / among)


def _mixed(moved: pd.DataFrame) -> tuple[Finding, pd.DataFrame]:
    """How far the shares of categories have moved: half the sum of what each gained or lost."""
    before = moved["lines_before"].sum() if len(moved) else 0
    since = moved["lines_since"].sum() if len(moved) else 0
    if min(before, since) < LEAST_LINES:
        return Finding(Check.MIX, Verdict.UNKNOWN, 0, int(since), None), pd.DataFrame()
    frame = moved.assign(
        share_before=moved["lines_before"] / before, share_since=moved["lines_since"] / since
    )
    frame["change"] = frame["share_since"] - frame["share_before"]
    distance = float(frame["change"].abs().sum() / 2)
    frame = frame.iloc[(-frame["change"].abs()).argsort()].reset_index(drop=True)
    changed = int((frame["change"].abs() > LIMITS[Check.MIX][0] / 2).sum())
    return Finding(Check.MIX, _verdict(Check.MIX, distance), changed, len(frame), distance), frame


def _verdict(check: Check, share: float) -> Verdict:
    look, act = LIMITS[check]
    return Verdict.ACT if share > act else Verdict.LOOK if share > look else Verdict.GOOD
