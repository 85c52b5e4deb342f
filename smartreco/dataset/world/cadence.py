"""When shops order: a fixed weekday, a rhythm of weeks, and categories that come due."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.randomness import Floats, Ints
from smartreco.dataset.world.segments import segments
from smartreco.dataset.world.shelves import CATEGORIES, shelf_categories

#: Chance of an order in a week of the rhythm, and in any other week.
KEPT, EXTRA = 0.93, 0.025
#: What is not due is still wanted a little.
NOT_DUE = 0.15
#: Shares of 1, 2, 3, 4 visits between orders of a category: her main ones, and others.
MAIN_CADENCE, SIDE_CADENCE = (0.8, 0.2, 0.0, 0.0), (0.3, 0.35, 0.2, 0.15)
#: A category is a main one of a kind of shop when its best shelf is wanted this much (log).
MAIN_APPEAL = -0.7


def visit_chance(plan: Plan, shops: pd.DataFrame) -> Floats:
    """Chance that a shop orders in a week, were it open: retailers x weeks."""
    interval = shops["interval"].to_numpy()[:, None]
    turn = (plan.timeline.numbers - shops["phase"].to_numpy()[:, None]) % interval
    return np.where(turn == 0, KEPT, EXTRA)


def category_cadence(plan: Plan, shops: pd.DataFrame) -> Ints:
    """Visits from one order of a category to the next: retailers x categories."""
    home = shelf_categories()
    best = np.array(
        [
            [max(np.array(kind.appeal)[home == code]) for code in range(len(CATEGORIES))]
            for kind in segments()
        ]
    )
    main = best[shops["segment_code"]] >= MAIN_APPEAL
    at = np.arange(len(shops))[:, None], np.arange(len(CATEGORIES))
    often = plan.random.choice(MAIN_CADENCE, "cadence", *at)
    rare = plan.random.choice(SIDE_CADENCE, "cadence", *at)
    return np.where(main, often, rare) + 1


def due(plan: Plan, shops: pd.DataFrame, cadence: Ints) -> Floats:
    """How much a category is due, mean one over its cadence: retailers x categories x weeks."""
    interval = shops["interval"].to_numpy()[:, None]
    visit = (plan.timeline.numbers - shops["phase"].to_numpy()[:, None]) // interval
    at = np.arange(len(shops))[:, None], np.arange(len(CATEGORIES))
    offset = (plan.random.uniform("cadence phase", *at) * cadence).astype(np.int64)
    turn = (visit[:, None, :] + offset[:, :, None]) % cadence[:, :, None]
    often = cadence[:, :, None].astype(np.float64)
    quiet = NOT_DUE * often / np.maximum(often - 1, 1)
    return np.where(often == 1, 1.0, np.where(turn == 0, often * (1 - NOT_DUE), quiet))
