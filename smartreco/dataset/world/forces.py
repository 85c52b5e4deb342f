"""The arrays that push demand up and down, together, so that a lever has one place to push."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.prices import list_prices, promotion_depth
from smartreco.dataset.world.randomness import Floats
from smartreco.dataset.world.season import season
from smartreco.dataset.world.supply import in_stock, on_sale
from smartreco.dataset.world.timeline import Mask, Timeline

#: A promotion is seen: it lifts demand by this factor beside what the price does.
PROMOTION_LIFT = 1.12


@dataclass
class Forces:
    """What interventions may push, in place, between the plan and the truth.

    Attributes
    ----------
    timeline, retailers, products, vendors
        What the arrays are about; codes are positions.
    list_price
        Rupees a piece: products x weeks.
    depth
        Share that a promotion takes off: products x weeks.
    on_sale
        How far a product is known and sold, 0..1: products x weeks.
    in_stock
        Whether the vendor has it: products x weeks.
    season
        Multiplier of demand: regions x sub-categories x weeks.
    """

    timeline: Timeline
    retailers: pd.DataFrame
    products: pd.DataFrame
    vendors: pd.DataFrame
    list_price: Floats
    depth: Floats
    on_sale: Floats
    in_stock: Mask
    season: Floats

    def level(self) -> Floats:
        """Multiplier of demand by price, promotion and trend: products x weeks."""
        base = self.products["base_price"].to_numpy()[:, None]
        elasticity = self.products["elasticity"].to_numpy()[:, None]
        paid = self.list_price * (1 - self.depth)
        years = (np.arange(self.timeline.total) - self.timeline.weeks / 2) / 52
        trend = np.exp(self.products["trend"].to_numpy()[:, None] * years)
        seen = np.where(self.depth > 0, PROMOTION_LIFT, 1.0)
        return np.asarray((paid / base) ** elasticity * seen * trend)


def make_forces(
    plan: Plan, shops: pd.DataFrame, goods: pd.DataFrame, vendors: pd.DataFrame
) -> Forces:
    """The forces of a world without interventions."""
    return Forces(
        timeline=plan.timeline,
        retailers=shops,
        products=goods,
        vendors=vendors,
        list_price=list_prices(plan, goods),
        depth=promotion_depth(plan, goods),
        on_sale=on_sale(plan, goods),
        in_stock=in_stock(plan, goods, vendors),
        season=season(plan.timeline, plan.festivals),
    )
