"""The retailers of a world: their kind, place, size and rhythm."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.columns import (
    CITY,
    CREDIT_LIMIT,
    LAT,
    LON,
    NAME,
    OPEN_TO_VENDORS,
    REGION,
    RETAILER_ID,
    SEGMENT,
)
from smartreco.dataset.world.names import shop_names
from smartreco.dataset.world.places import REGIONS, cities
from smartreco.dataset.world.plan import NewcomerPlan, Plan
from smartreco.dataset.world.randomness import Floats, Ints
from smartreco.dataset.world.segments import segments
from smartreco.dataset.world.shelves import interleave

SIZE_SPREAD = 0.9
GROWTH_SPREAD = 0.15
JOINED_SHARE, LEAVING_SHARE = 0.10, 0.015
#: Weeks between orders, and how many shops keep each rhythm.
INTERVALS, INTERVAL_SHARES = (1, 2, 3, 4, 6), (0.03, 0.13, 0.18, 0.52, 0.14)
WEEKDAY_SHARES = (0.22, 0.2, 0.19, 0.17, 0.13, 0.09)  # Monday to Saturday
OPEN_SHARE = 0.8
#: Shops lie this many degrees around the middle of their city, about a kilometre.
_SCATTER = 0.012


def make_shops(plan: Plan) -> pd.DataFrame:
    """One row a retailer, newcomers of the plan last; its position is its code.

    Columns retailer_id, name, city, region, segment : str; region_code, segment_code;
    lat, lon; size : factor of the kind's usual basket; growth : log a year; weekday :
    0 = Monday; interval, phase : weeks; join_week (below 0: before the grid), exit_week
    (the grid's total: never); credit_limit : rupees; open_to_vendors : bool.
    """
    kinds, places = _kinds(plan), _places(plan)
    draw, at = plan.random, np.arange(len(kinds))
    town = cities().iloc[places]
    size = np.exp(SIZE_SPREAD * draw.normal("size", at))
    interval = np.array(INTERVALS)[draw.choice(INTERVAL_SHARES, "interval", at)]
    scatter = np.clip(draw.normal("scatter", at[:, None], np.arange(2)), -2, 2) * _SCATTER
    usual = np.array([kind.credit for kind in segments()])[kinds]
    titles = [segments()[kind].titles for kind in kinds]
    return pd.DataFrame(
        {
            RETAILER_ID: [f"R{number:04d}" for number in at + 1],
            NAME: shop_names(draw, titles, town[REGION].to_numpy()),
            CITY: town[CITY].to_numpy(),
            REGION: town[REGION].to_numpy(),
            SEGMENT: [segments()[kind].name for kind in kinds],
            "region_code": [REGIONS.index(region) for region in town[REGION]],
            "segment_code": kinds,
            LAT: np.round(town[LAT].to_numpy() + scatter[:, 0], 5),
            LON: np.round(town[LON].to_numpy() + scatter[:, 1], 5),
            "size": size,
            "growth": GROWTH_SPREAD * draw.normal("growth", at),
            "weekday": draw.choice(WEEKDAY_SHARES, "weekday", at),
            "interval": interval,
            "phase": (draw.uniform("phase", at) * interval).astype(np.int64),
            CREDIT_LIMIT: _round_credit(usual * size**1.2 / np.sqrt(interval / 3)),
            OPEN_TO_VENDORS: draw.uniform("open", at) < OPEN_SHARE,
            **_lives(plan, len(at)),
        }
    )


def _kinds(plan: Plan) -> Ints:
    """Segment of each retailer."""
    shares = [kind.share for kind in segments()]
    own = interleave(shares, plan.settings.retailers)
    return np.concatenate([own, *(_newcomer_kinds(some) for some in plan.newcomers)])


def _newcomer_kinds(some: NewcomerPlan) -> Ints:
    """Segment of each shop that an intervention adds."""
    if some.segment is None:
        return interleave([kind.share for kind in segments()], some.count)
    return np.full(some.count, [kind.name for kind in segments()].index(some.segment))


def _places(plan: Plan) -> Ints:
    """City of each retailer; newcomers only in their region."""
    weights = cities()["weight"].to_numpy(dtype=np.float64)
    own = plan.settings.retailers
    places = [plan.random.choice(weights, "city", np.arange(own))]
    for some in plan.newcomers:
        inside = weights * (cities()[REGION] == some.region).to_numpy()
        first = sum(len(part) for part in places)
        places.append(plan.random.choice(inside, "city", np.arange(first, first + some.count)))
    return np.concatenate(places)


def _lives(plan: Plan, count: int) -> dict[str, Ints]:
    """When shops join and leave."""
    draw, time, at = plan.random, plan.timeline, np.arange(count)
    inside = draw.uniform("joined inside", at) < JOINED_SHARE
    join = np.where(inside, draw.uniform("join week", at) * time.weeks, -1).astype(np.int64)
    leaves = draw.uniform("shop leaves", at) < LEAVING_SHARE
    half = time.weeks // 2
    last = half + (draw.uniform("shop exit", at) * (time.weeks - half)).astype(np.int64)
    leave = np.where(leaves & (last > join + 12), last, time.total)
    first = plan.settings.retailers
    for some in plan.newcomers:
        join[first : first + some.count] = max(-1, time.week_of(some.on))
        leave[first : first + some.count] = time.total
        first += some.count
    return {"join_week": join, "exit_week": leave}


def _round_credit(limits: Floats) -> Floats:
    """Credit limits as a bank writes them."""
    step = np.where(limits < 500_000, 10_000.0, 50_000.0)
    return np.maximum(np.round(limits / step) * step, 20_000.0)
