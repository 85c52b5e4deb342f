"""A vendor's stock against what is to be expected: when it runs out, what to bring in, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, NAME, PRODUCT_ID
from smartreco.language import Message, Percent
from smartreco.stock.policy import (
    DAYS_OF_COVER,
    EXCESS,
    LEVEL,
    NEEDED,
    RUNS_OUT_CHANCE,
    RUNS_OUT_DAY,
    TIED_UP,
    Held,
    advise,
)
from smartreco.stock.rounding import Costs, Rounded, to_cases
from smartreco.stock.running_out import days_until
from smartreco.stock.sentences import TEMPLATES
from smartreco.workspace.vendor.supplied import Supplied
from smartreco.workspace.vendor.supply_views import Outlook, OutlookRow, Said

LOW, HIGH = 0.1, 0.9
FOREVER: Final = 3650.0  # days of cover, beyond which stock may as well last for ever
STALE_DAYS: Final = 14  # after which a count is said to be old
NEED: Final = Message(
    "{free} free and {coming} coming; to last {days} days with {service} certainty takes {level}"
)
ENOUGH: Final = Message(
    "{free} free and {coming} coming last {days} days with {service} certainty: that takes {level}"
)
NO_STOCK: Final = Message("Your stock of it is not known: enter a count")
NO_FORECAST: Final = Message("Too little was sold of it to forecast")
NO_FORECAST_YET: Final = Message("There is no forecast yet: {why}")
NOT_SOLD: Final = Message("No longer on offer")
ALL_SHOPS: Final = Message(
    "Stock serves all shops, so a choice of places or times changes nothing here"
)
FROM_COUNT: Final = Message(
    "On hand is the last count less what was delivered since; free is that less orders placed "
    "here and not yet delivered"
)
OLD_COUNT: Final = Message(
    "One count is older than {days} days: enter a new one",
    "{many} counts are older than {days} days: enter new ones",
    "many",
)
UNKNOWN_STOCK: Final = Message("The data hold no stock of yours: enter counts to see when it ends")
UNKNOWN_LEAD: Final = Message("Your lead time is not known: {days} days are taken")


@dataclass(frozen=True, slots=True)
class Terms:
    """What stock is kept for; ``share`` is the quantile that keeps ``service``."""

    service: float
    share: float
    review_days: int
    lead_days: int
    lead_known: bool


def outlook_of(known: Supplied, terms: Terms, said: tuple[Said, ...] = ()) -> Outlook:
    """All rows and their sums."""
    rows = _rows(known, terms)
    shown = [row for row in rows if row.active or row.counted]
    weeks = known.ahead.by_week.shape[1]
    return Outlook(
        today=known.today,
        service=terms.service,
        review_days=terms.review_days,
        lead_days=terms.lead_days,
        lead_known=terms.lead_known,
        horizon_days=7 * weeks,
        rows=tuple(sorted(shown, key=_urgency)),
        stock_known=sum(row.counted is not None for row in shown),
        running_out=sum(row.late for row in shown),
        to_order=sum(bool(row.pieces) for row in shown),
        order_value=sum(row.value or 0.0 for row in shown),
        tied_up=sum(row.tied_up or 0.0 for row in shown),
        said=(*said, *_said(known, shown, terms)),
    )


def _urgency(row: OutlookRow) -> tuple[object, ...]:
    """What has to be ordered first on top, then what runs out first; unknown stock last."""
    late = date.max
    return (
        row.counted is None, row.order_by or late, row.runs_out_on or late,
        -(row.weekly or 0.0), row.product_id,
    )  # fmt: skip


def _said(known: Supplied, rows: list[OutlookRow], terms: Terms) -> tuple[Said, ...]:
    said: list[Said] = []
    counted = [row.counted_on for row in rows if row.counted_on is not None]
    if not counted:
        said.append((UNKNOWN_STOCK, {}))
    else:
        said.append((FROM_COUNT, {}))
    old = sum((known.today - day).days > STALE_DAYS for day in counted)
    if old:
        said.append((OLD_COUNT, {"many": old, "days": STALE_DAYS}))
    if not terms.lead_known:
        said.append((UNKNOWN_LEAD, {"days": terms.lead_days}))
    return tuple(said)


def _rows(known: Supplied, terms: Terms) -> list[OutlookRow]:
    goods, n = known.goods, len(known.goods)
    coming, due = known.coming(terms.lead_days)
    case = goods["case_size"].to_numpy(dtype=np.int64)
    cost = goods["unit_cost"].to_numpy(dtype=float, na_value=np.nan)
    worth = goods["price"].to_numpy(dtype=float, na_value=np.nan)
    free = known.amounts("free")
    if not known.ahead.by_week.shape[1] or not n:
        return [_row(known, terms, at, due[at], None, None) for at in range(n)]
    held = Held(free, coming, case, cost)
    advice = advise(held, known.ahead, float(terms.lead_days), terms.review_days, terms.share)
    usable = known.told & known.foreseen & goods["active"].to_numpy(dtype=bool)
    needed = np.where(usable, advice[NEEDED].to_numpy(), 0.0)
    span = known.ahead.over(float(terms.lead_days + terms.review_days))
    costs = Costs.at_service(np.where(np.isfinite(worth) & (worth > 0), worth, 1.0), terms.share)
    rounded = to_cases(needed, held.position, case, span, costs)
    figures = {name: advice[name].to_numpy() for name in advice.columns}
    for name, share in (("low", LOW), ("mid", 0.5), ("high", HIGH)):
        figures[name] = span.at(share)
    for name, share in (("early", HIGH), ("late", LOW), ("safe", terms.share)):
        figures[name] = days_until(free, coming, known.ahead, share)
    one = [{name: float(x[at]) for name, x in figures.items()} for at in range(n)]
    return [_row(known, terms, at, due[at], one[at], rounded) for at in range(n)]


def _row(
    known: Supplied, terms: Terms, at: int, due: date | None, figure: dict[str, float] | None,
    rounded: Rounded | None,
) -> OutlookRow:  # fmt: skip
    goods, stock = known.goods.iloc[at], known.stock.iloc[at]
    told, foreseen = bool(known.told[at]), figure is not None and bool(known.foreseen[at])
    figure = figure if foreseen and figure is not None else {}
    both = told and foreseen
    wanted = both and bool(goods["active"])
    pieces = int(rounded.pieces[at]) if wanted and rounded is not None else None
    order_by = _order_by(known.today, figure["safe"], terms.lead_days) if pieces else None
    cost = float(goods["unit_cost"]) if pd.notna(goods["unit_cost"]) else None
    cover, tied = figure.get(DAYS_OF_COVER, np.inf), figure.get(TIED_UP, np.nan)
    return OutlookRow(
        product_id=str(goods[PRODUCT_ID]), name=str(goods[NAME]), category=str(goods[CATEGORY]),
        active=bool(goods["active"]), case_size=int(goods["case_size"]),
        counted=int(stock["counted"]) if told else None,
        counted_on=pd.Timestamp(stock["counted_on"]).date() if told else None,
        typed=told and bool(stock["typed"]),
        on_hand=int(stock["on_hand"]) if told else None,
        reserved=int(stock["reserved"]) if told else 0,
        free=int(stock["free"]) if told else None,
        coming=int(stock["on_order"]) if told else 0, coming_on=due,
        weekly=float(known.cumulative[at, 0]) if foreseen else None,
        need_low=figure.get("low"), need=figure.get("mid"), need_high=figure.get("high"),
        level=figure.get(LEVEL),
        days_of_cover=cover if both and cover < FOREVER else None,
        runs_out_on=_day(known.today, figure[RUNS_OUT_DAY]) if both else None,
        runs_out_early=_day(known.today, figure["early"]) if both else None,
        runs_out_late=_day(known.today, figure["late"]) if both else None,
        runs_out_chance=figure[RUNS_OUT_CHANCE] if both else None,
        needed=figure[NEEDED] if wanted else None,
        cases=int(rounded.cases[at]) if wanted and rounded is not None else None,
        pieces=pieces, order_by=order_by,
        there_on=None if order_by is None else order_by + timedelta(days=terms.lead_days),
        value=pieces * cost if pieces and cost is not None else None,
        excess=figure[EXCESS] if both else None,
        tied_up=tied if both and np.isfinite(tied) else None,
        why=_why(known, terms, at, figure, rounded, wanted=wanted),
    )  # fmt: skip


def _why(
    known: Supplied, terms: Terms, at: int, figure: dict[str, float], rounded: Rounded | None, *,
    wanted: bool,
) -> tuple[Said, ...]:  # fmt: skip
    said: list[Said] = []
    if not known.told[at]:
        said.append((NO_STOCK, {}))
    if not known.foreseen[at]:
        said.append((NO_FORECAST, {}))
    if not known.goods["active"].iloc[at]:
        said.append((NOT_SOLD, {}))
    if not wanted or rounded is None:
        return tuple(said)
    needs = figure[NEEDED] > 0
    said.append(
        (
            NEED if needs else ENOUGH,
            {
                "free": int(known.amounts("free")[at]),
                "coming": int(known.amounts("on_order")[at]),
                "days": terms.lead_days + terms.review_days, "service": Percent(terms.service),
                "level": round(figure[LEVEL]),
            },
        )
    )  # fmt: skip
    if needs:
        sentence = rounded.sentence(at)
        said.append((TEMPLATES[sentence.template], sentence.values))
    return tuple(said)


def _order_by(today: date, safe_days: float, lead_days: int) -> date:
    """The last day on which what is ordered is there before stock may end."""
    if not np.isfinite(safe_days):
        return today
    return today + timedelta(days=max(int(np.floor(safe_days)) - lead_days, 0))


def _day(today: date, days: float) -> date | None:
    return today + timedelta(days=int(np.ceil(days))) if np.isfinite(days) else None
