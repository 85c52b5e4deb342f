"""The products of a world: how much they are wanted, who sells them, when they come and go."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from smartreco.columns import CASE_SIZE, CATEGORY, LAUNCHED_ON, PRODUCT_ID
from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.randomness import Floats, Ints, word_codes
from smartreco.dataset.world.shelves import CATEGORIES, categories, needs, subcategories
from smartreco.dataset.world.shelving import shelve
from smartreco.dataset.world.vendors import vendors_by_category

#: Spread of how much products sell, in logs: a few sell to everybody, most to few.
APPEAL_SPREAD, BRAND_SPREAD = 3.1, 0.4
#: One product in so many is a staple that everybody of its trade keeps.
STAPLE_EVERY, STAPLE_LIFT = 11, 5.0
ELASTICITY_SPREAD = 0.3
TREND_SPREAD = 0.18
#: Share of products launched within the window, and of those taken off in its second half.
LAUNCHED_SHARE, LEAVING_SHARE = 0.10, 0.025
#: Products of one need in a run of this many come into one order together.
RUN = 120
#: Rupees that a usual line is worth; cheap goods come in more cases.
LINE_VALUE = 1900.0


def make_products(plan: Plan) -> pd.DataFrame:
    """One row a product; its position is its code.

    Adds to `shelve`: product_id : str; vendor, need : codes; margin : share of the price;
    elasticity; appeal : log; trend : log a year; usual_cases; launch_week (below 0: before
    the grid), exit_week (the grid's total: never); launched_on : date.
    """
    frame = shelve(plan)
    at, draw = np.arange(len(frame)), plan.random
    home = np.array([CATEGORIES.index(name) for name in frame[CATEGORY]])
    low, high = np.array([kind.margin for kind in categories()])[home].T
    elasticity = np.array([kind.elasticity for kind in categories()])[home]
    need = np.array([needs().index(shelf.need) for shelf in subcategories()])[frame["shelf"]]
    case_value = frame["base_price"].to_numpy() * frame[CASE_SIZE].to_numpy()
    return frame.assign(
        **{
            PRODUCT_ID: [f"P{number:04d}" for number in at + 1],
            "vendor": _vendors(plan, frame, home),
            "need": (at // RUN) * len(needs()) + need,
            "margin": low + (high - low) * draw.uniform("margin", at),
            "elasticity": np.minimum(
                elasticity + ELASTICITY_SPREAD * draw.normal("elasticity", at), -0.15
            ),
            "appeal": _appeal(plan, frame),
            "trend": TREND_SPREAD * draw.normal("product trend", at),
            "usual_cases": np.clip((LINE_VALUE / case_value) ** 0.6, 0.4, 4.0),
        },
        **_lives(plan, frame),
    ).drop(columns="launch_on")


def _appeal(plan: Plan, frame: pd.DataFrame) -> Floats:
    """Log of how much a product sells: by its shelf, its brand, itself, and as a staple."""
    draw, at = plan.random, np.arange(len(frame))
    planned = frame["appeal"].to_numpy(dtype=np.float64)
    chosen = (draw.uniform("staple", at // STAPLE_EVERY) * STAPLE_EVERY).astype(np.int64)
    staple = STAPLE_LIFT * (at % STAPLE_EVERY == chosen)
    own = APPEAL_SPREAD * draw.normal("appeal", at) + staple
    pull = np.array([shelf.pull for shelf in subcategories()])[frame["shelf"]]
    brand = BRAND_SPREAD * draw.normal("brand appeal", word_codes(list(frame["brand"])))
    own = np.where(np.isnan(planned), own, APPEAL_SPREAD * planned)
    return np.asarray(own + pull + brand)


def _vendors(plan: Plan, frame: pd.DataFrame, home: Ints) -> Ints:
    """Each brand's vendor; where a category has more vendors than brands, a brand has several."""
    sellers = vendors_by_category(plan.settings.vendors)
    at = np.arange(len(frame))
    codes = np.zeros(len(frame), dtype=np.int64)
    for code, kind in enumerate(categories()):
        mine = home == code
        own = sellers[code]
        brand = np.array([kind.brands.index(name) for name in frame.loc[mine, "brand"]], dtype=int)
        groups = -(-len(own) // len(kind.brands))
        group = (plan.random.uniform("vendor of brand", at[mine]) * groups).astype(np.int64)
        codes[mine] = own[(brand + len(kind.brands) * group) % len(own)]
    return codes


def _lives(plan: Plan, frame: pd.DataFrame) -> dict[str, Ints | pd.Series]:
    """When products are launched and taken off."""
    draw, time, at = plan.random, plan.timeline, np.arange(len(frame))
    inside = draw.uniform("launched inside", at) < LAUNCHED_SHARE
    week = np.where(inside, 1 + (draw.uniform("launch week", at) * (time.weeks - 1)), -1)
    launch = week.astype(np.int64)
    age = 30 + (draw.uniform("age", at) * 2200).astype(np.int64)
    days = [
        time.start + timedelta(weeks=int(w)) if w >= 0 else time.start - timedelta(days=int(a))
        for w, a in zip(launch, age, strict=True)
    ]
    leaves = draw.uniform("leaves", at) < LEAVING_SHARE
    half = time.weeks // 2
    last = half + (draw.uniform("exit week", at) * (time.weeks - half)).astype(np.int64)
    leave = np.where(leaves & (last > launch + 8), last, time.total)
    for row, day in enumerate(frame["launch_on"]):
        if row >= plan.settings.products:
            launch[row], days[row], leave[row] = max(-1, time.week_of(day)), day, time.total
    launched = pd.to_datetime(pd.Series(days)).astype("datetime64[us]")
    return {"launch_week": launch, "exit_week": leave, LAUNCHED_ON: launched}
