"""What can be had: launches that ramp up, products taken off, and vendors' stock-outs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.randomness import Floats
from smartreco.dataset.world.timeline import Mask

#: Weeks until a launched product is known, and how known it is in its first week.
RAMP_WEEKS, RAMP_FROM = 8, 0.3
#: Chance that a product runs out in a week: at the best vendor, and more at the worst.
RUNS_OUT, RUNS_OUT_MORE = 0.004, 0.016
#: Chance that a vendor fails altogether in a week, with a third of the products.
FAILS, FAILS_SHARE = 0.004, 0.33
LENGTH_SHARES = (4, 3, 2, 1, 1)  # one to five weeks


def on_sale(plan: Plan, goods: pd.DataFrame) -> Floats:
    """How far a product is known and sold, 0..1: products x weeks."""
    week = np.arange(plan.timeline.total)
    launch = goods["launch_week"].to_numpy()[:, None]
    known = np.clip(RAMP_FROM + (1 - RAMP_FROM) * (week - launch) / RAMP_WEEKS, 0, 1)
    known = np.where(launch < 0, 1.0, np.where(week >= launch, known, 0.0))
    return np.where(week < goods["exit_week"].to_numpy()[:, None], known, 0.0)


def in_stock(plan: Plan, goods: pd.DataFrame, vendors: pd.DataFrame) -> Mask:
    """Whether the vendor has the product: products x weeks."""
    draw, week = plan.random, plan.timeline.numbers
    at, vendor = np.arange(len(goods))[:, None], goods["vendor"].to_numpy()[:, None]
    risk = RUNS_OUT + RUNS_OUT_MORE * (1 - vendors["reliability"].to_numpy())[vendor]
    empty = draw.uniform("runs out", at, week) < risk
    failing = draw.uniform("vendor fails", np.arange(len(vendors))[:, None], week) < FAILS
    hit = draw.uniform("hit by failure", at, week) < FAILS_SHARE
    empty |= failing[vendor[:, 0]] & hit
    length = 1 + draw.choice(LENGTH_SHARES, "stock-out length", at, week)
    column = np.arange(len(week))
    back = np.maximum.accumulate(np.where(empty, column + length, 0), axis=1)
    return np.asarray(back <= column)
