"""Demand as the drawing of lines needs it: split into how often and how much.

A change in demand by a factor F shows as F to the power `SHARE_IN_LINES` in the hazard of
a line; the rest goes into its quantity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartreco.dataset.world.randomness import Floats, Randomness, unit_mean
from smartreco.dataset.world.shelves import shelf_categories
from smartreco.dataset.world.truth import Truth
from smartreco.dataset.world.visits import Visits

SHARE_IN_LINES = 0.7
#: Spread of a product's good and bad weeks (log), mean one, not part of the truth.
WEEK_SPREAD = 0.12


@dataclass(frozen=True)
class Pressure:
    """Multipliers of a pair's rate (`often`) and of its expected pieces (`much`).

    Products x weeks of the known past, 0 where nothing can be bought; visits x
    sub-categories for season, growth and (`due`) the category's cadence.
    """

    product_often: Floats
    product_much: Floats
    visit_often: Floats
    visit_much: Floats
    due: Floats


def make_pressure(truth: Truth, random: Randomness, visits: Visits) -> Pressure:
    """Put the truth's factors and the weeks' luck together."""
    weeks = truth.timeline.weeks
    product = np.arange(len(truth.products))[:, None]
    luck = random.normal("product week", product, truth.timeline.numbers[:weeks])
    level = truth.level[:, :weeks] * unit_mean(luck, WEEK_SPREAD)
    sold = truth.on_sale[:, :weeks] * truth.in_stock[:, :weeks]
    home = shelf_categories()
    region = truth.retailers["region_code"].to_numpy()[visits.retailer]
    season = truth.season[region, :, visits.week].astype(np.float64)
    season *= truth.growth[visits.retailer, visits.week][:, None]
    return Pressure(
        product_often=sold * level**SHARE_IN_LINES,
        product_much=sold * level,
        visit_often=season**SHARE_IN_LINES,
        visit_much=season,
        due=truth.due[visits.retailer, :, visits.week][:, home].astype(np.float64),
    )
