"""From a shelf's arrays to the rows of its page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np

from smartreco.stock.packing import order_step
from smartreco.stock.policy import (
    DAYS_OF_COVER,
    EXCESS,
    LEVEL,
    NEEDED,
    RUNS_OUT_CHANCE,
    RUNS_OUT_DAY,
    Held,
    advise,
)
from smartreco.stock.rounding import Costs, Rounded, to_cases
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.models import Fitted
from smartreco.workspace.shelf.reading import Shelf, days_since
from smartreco.workspace.shelf.stock_views import Known, ShelfRow, ShelfView

LOW, HIGH = 0.1, 0.9
_LOW, _HIGH = "low", "high"  # figures of a row beside those of `advise`
EPOCH: Final = date(1970, 1, 1)


def shelf_view(
    shelf: Shelf, fitted: Fitted, retailer_id: str, service: float, share: float, review_days: int
) -> ShelfView:
    """All rows and their sums.

    Parameters
    ----------
    share
        The quantile that keeps `service`, see `smartreco.stock.attaining`.
    """
    rows = _rows(shelf, fitted, retailer_id, share, review_days)
    known = [row for row in rows if row.known is not Known.UNKNOWN]
    ordered = [row for row in known if row.pieces]
    return ShelfView(
        today=shelf.today,
        service=service,
        review_days=review_days,
        horizon_days=7 * shelf.ahead.by_week.shape[1],
        rows=tuple(sorted(rows, key=_urgency)),
        stock_known=len(known),
        running_out=sum(row.late for row in known),
        tied_up=sum(row.tied_up or 0.0 for row in known),
        to_order=len(ordered),
        order_value=sum((row.pieces or 0) * (row.product.unit_price or 0.0) for row in ordered),
    )


def _urgency(row: ShelfRow) -> tuple[object, ...]:
    """What runs out first on top; unknown stock last, the dearest use first."""
    worth = -row.weekly * (row.product.unit_price or 0.0)
    if row.known is Known.UNKNOWN:
        return True, date.max, 0.0, worth, row.product.product_id
    chance = -(row.runs_out_chance or 0.0)
    return False, row.runs_out_on or date.max, chance, worth, row.product.product_id


def _rows(
    shelf: Shelf, fitted: Fitted, retailer_id: str, share: float, review_days: int
) -> list[ShelfRow]:
    catalogue = fitted.catalogue
    keep = np.array([one in catalogue.position for one in shelf.product_ids], dtype=bool)
    at = [catalogue.position[one] for one in shelf.product_ids[keep].tolist()]
    if not at:
        return []
    goods = catalogue.products.iloc[at]
    price = goods["unit_price"].to_numpy(dtype=float, na_value=np.nan)
    case = goods["case_size"].to_numpy(dtype=np.int64)
    told = np.isfinite(shelf.position)
    cost, size = np.ones(len(shelf)), np.ones(len(shelf), dtype=np.int64)
    cost[keep], size[keep] = price, case
    held = Held(np.nan_to_num(shelf.now.on_hand), shelf.now.coming, size, cost)
    step = size.copy()
    step[keep] = order_step(np.array(fitted.model.usual_quantity(retailer_id, np.array(at))), case)
    advice = advise(held, shelf.ahead, shelf.lead, review_days, share)
    active = np.zeros(len(shelf), dtype=bool)
    active[keep] = goods["active"].to_numpy(dtype=bool)
    needed = np.where(active & told, advice[NEEDED].to_numpy(), 0.0)
    costs = Costs.at_service(np.where(np.isfinite(cost), cost, 1.0), share)
    span = shelf.ahead.over(shelf.lead + review_days)
    rounded = to_cases(needed, held.position, size, span, costs, step)
    week = shelf.ahead.over(7.0)
    figures = {name: advice[name].to_numpy() for name in advice.columns}
    figures |= {_LOW: week.at(LOW), _HIGH: week.at(HIGH)}
    return [
        _row(shelf, catalogue, row, {name: float(x[row]) for name, x in figures.items()}, rounded)
        for row in np.flatnonzero(keep & (active | told)).tolist()
    ]


def _row(
    shelf: Shelf, catalogue: Catalogue, at: int, figure: dict[str, float],
    rounded: Rounded,
) -> ShelfRow:  # fmt: skip
    product = catalogue.product(str(shelf.product_ids[at]))
    known = _known(shelf, at)
    told, paced = known is not Known.UNKNOWN, bool(shelf.used[at] >= 0)
    out, cover = figure[RUNS_OUT_DAY], figure[DAYS_OF_COVER]
    excess = figure[EXCESS] if paced else None
    day = int(shelf.counted.day[at])
    return ShelfRow(
        product=product,
        known=known,
        counted=int(shelf.counted.pieces[at]) if told else None,
        counted_on=EPOCH + timedelta(days=day) if told else None,
        on_hand=float(shelf.now.on_hand[at]) if told else None,
        on_order=float(shelf.now.on_order[at]) if told else None,
        position=float(shelf.position[at]) if told else None,
        weekly=7 * float(shelf.daily[at]),
        weekly_low=figure[_LOW],
        weekly_high=figure[_HIGH],
        days_of_cover=cover if told and np.isfinite(cover) else None,
        runs_out_on=_day(shelf.today, out) if told and paced and np.isfinite(out) else None,
        runs_out_chance=figure[RUNS_OUT_CHANCE] if told and paced else None,
        level=figure[LEVEL],
        needed=figure[NEEDED] if told else None,
        step=int(rounded.step[at]),
        pieces=int(rounded.pieces[at]) if told else None,
        why=rounded.sentence(at) if told and figure[NEEDED] > 0 else None,
        excess=excess if told else None,
        tied_up=(
            excess * product.unit_price
            if told and excess is not None and product.unit_price is not None
            else None
        ),
        lead_days=float(shelf.lead[at]),
        lead_known=bool(shelf.lead_known[at]),
    )


def _known(shelf: Shelf, at: int) -> Known:
    if not np.isfinite(shelf.now.on_hand[at]):
        return Known.UNKNOWN
    same = int(shelf.counted.day[at]) == days_since(shelf.today)
    return Known.COUNTED if same else Known.CARRIED


def _day(today: date, ahead: float) -> date:
    return today + timedelta(days=int(np.ceil(ahead)))
