"""List prices that move a few times a year, and promotions, week by week."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.columns import DAY, DEPTH, ENDS_ON, FESTIVAL, PRODUCT_ID, STARTS_ON
from smartreco.dataset.world.festivals import festival_days
from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.randomness import Floats, Ints
from smartreco.dataset.world.shelves import neat_price
from smartreco.dataset.world.timeline import Timeline

#: In each quarter a list price moves with this chance, by a step of this mean and spread (log);
#: rivals pull it back by this share of how far it has gone.
MOVES, STEP, STEP_SPREAD, PULL = 0.7, 0.012, 0.07, 0.25
#: In each quarter a product is promoted with this chance; the depths that occur.
PROMOTED, DEPTHS = 0.38, (0.05, 0.08, 0.10, 0.12, 0.15, 0.20, 0.25)
DEPTH_SHARES = (2, 3, 4, 4, 4, 3, 2)
LENGTH_SHARES = (2, 4, 3)  # one, two, three weeks
QUARTER = 13


def _quarters(timeline: Timeline) -> tuple[Ints, Ints]:
    """Quarter of each week, and the quarters that occur, by numbers that never change."""
    of_week = timeline.numbers // QUARTER
    return of_week, np.unique(of_week)


def list_prices(plan: Plan, goods: pd.DataFrame) -> Floats:
    """Rupees a piece before promotion: products x weeks."""
    draw, week = plan.random, plan.timeline.numbers
    _, quarters = _quarters(plan.timeline)
    at = np.arange(len(goods))[:, None]
    moves = draw.uniform("price moves", at, quarters) < MOVES
    when = quarters * QUARTER + (draw.uniform("price week", at, quarters) * QUARTER).astype(int)
    luck = STEP + STEP_SPREAD * draw.normal("price step", at, quarters)
    level = np.zeros(len(goods))
    log = np.zeros((len(goods), len(week)))
    for quarter in range(len(quarters)):
        step = moves[:, quarter] * (luck[:, quarter] - PULL * level)
        level += step
        log += step[:, None] * (week >= when[:, quarter, None])
    return neat_price(goods["base_price"].to_numpy()[:, None] * np.exp(log))


def promotion_depth(plan: Plan, goods: pd.DataFrame) -> Floats:
    """Share taken off the list price: products x weeks, 0 where there is no promotion."""
    draw, timeline = plan.random, plan.timeline
    of_week, quarters = _quarters(timeline)
    at = np.arange(len(goods))[:, None]
    festive = _before_diwali(quarters)
    held = draw.uniform("promoted", at, quarters) < np.where(festive >= 0, 1.4, 1.0) * PROMOTED
    length = 1 + draw.choice(LENGTH_SHARES, "promotion length", at, quarters)
    plain = (draw.uniform("promotion week", at, quarters) * (QUARTER - 3)).astype(np.int64)
    snapped = (draw.uniform("festive promotion", at, quarters) < 0.6) & (festive >= 0)
    start = quarters * QUARTER + np.where(snapped, festive, plain)
    share = np.array(DEPTHS)[draw.choice(DEPTH_SHARES, "promotion depth", at, quarters)]
    column = np.searchsorted(quarters, of_week)
    since = timeline.numbers - start[:, column]
    on = held[:, column] & (since >= 0) & (since < length[:, column])
    return np.where(on, share[:, column], 0.0)


def _before_diwali(quarters: Ints) -> Ints:
    """Week of each quarter that lies three before Diwali, or -1.

    The true calendar, not the plan's: sales are planned long before, so that moving a
    festival moves demand and not prices.
    """
    table = festival_days()
    days = table.loc[table[FESTIVAL] == "Diwali", DAY].to_numpy().astype("datetime64[D]")
    weeks = days.astype(np.int64) // 7 - 3
    inside = weeks[:, None] // QUARTER == quarters
    position = np.minimum(weeks % QUARTER, QUARTER - 3)
    return np.where(inside.any(axis=0), (inside * position[:, None]).sum(axis=0), -1)


def promotion_frame(depth: Floats, ids: pd.Series, timeline: Timeline) -> pd.DataFrame:
    """Promotions as a data set holds them: one row a run of weeks of the same depth."""
    padded = np.pad(depth, ((0, 0), (1, 1)))
    change = np.diff(padded, axis=1) != 0
    product, first = np.nonzero(change[:, :-1] & (depth > 0))
    ends = change[:, 1:] & (depth > 0)
    last = np.nonzero(ends)[1]
    day = timeline.first_days
    return pd.DataFrame(
        {
            PRODUCT_ID: ids.to_numpy()[product],
            STARTS_ON: day[first].astype("datetime64[D]").astype("datetime64[us]"),
            ENDS_ON: (day[last] + 6).astype("datetime64[D]").astype("datetime64[us]"),
            DEPTH: depth[product, first],
        }
    )
