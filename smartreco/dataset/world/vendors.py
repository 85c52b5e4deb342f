"""The vendors of a world: a trade, a city, how fast they deliver and from what value."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.columns import CITY, LEAD_TIME_DAYS, MIN_ORDER_VALUE, NAME, REGION, VENDOR_ID
from smartreco.dataset.world.names import vendor_names
from smartreco.dataset.world.places import cities
from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.randomness import Ints
from smartreco.dataset.world.shelves import CATEGORIES, categories, interleave

#: Rupees below which a vendor does not deliver, by category in the order of `CATEGORIES`.
_SMALLEST_ORDER = (10_000, 3_000, 8_000, 12_000, 4_000)


def vendor_categories(count: int) -> Ints:
    """Category of each vendor, by the categories' shares."""
    return interleave([kind.share for kind in categories()], count)


def vendors_by_category(count: int) -> list[Ints]:
    """Vendors of each category; a category that has none shares those of another."""
    own = vendor_categories(count)
    found = [np.flatnonzero(own == code) for code in range(len(CATEGORIES))]
    return [
        some if len(some) else np.array([code % count], dtype=np.int64)
        for code, some in enumerate(found)
    ]


def make_vendors(plan: Plan) -> pd.DataFrame:
    """One row a vendor; its position is its code.

    Columns vendor_id, name, city, region : str; lead_time_days; min_order_value : rupees;
    reliability : 0..1, where 1 never runs out more than others.
    """
    draw, at = plan.random, np.arange(plan.settings.vendors)
    trade = vendor_categories(len(at))
    town = cities().iloc[draw.choice(cities()["weight"].to_numpy(), "vendor city", at)]
    smallest = np.array(_SMALLEST_ORDER)[trade] * np.exp(0.4 * draw.normal("smallest order", at))
    return pd.DataFrame(
        {
            VENDOR_ID: [f"V{number:02d}" for number in at + 1],
            NAME: vendor_names(draw, trade, town[REGION].to_numpy()),
            CITY: town[CITY].to_numpy(),
            REGION: town[REGION].to_numpy(),
            LEAD_TIME_DAYS: 2.0 + draw.choice((2, 4, 4, 3, 2, 1, 1), "lead time", at),
            MIN_ORDER_VALUE: np.maximum(np.round(smallest / 500) * 500, 500.0),
            "reliability": draw.uniform("reliability", at),
        }
    )
