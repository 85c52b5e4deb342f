"""From a plan and pushed forces to the truth."""

from __future__ import annotations

import numpy as np

from smartreco.dataset.world.cadence import category_cadence, due, visit_chance
from smartreco.dataset.world.festivals import approach, strength
from smartreco.dataset.world.forces import Forces
from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.season import year_profile
from smartreco.dataset.world.tastes import make_tastes
from smartreco.dataset.world.truth import Array, Truth


def make_truth(plan: Plan, seed: int, forces: Forces) -> Truth:
    """Draw tastes and cadence, and put them beside the forces."""
    shops, goods, timeline = forces.retailers, forces.products, plan.timeline
    tastes = make_tastes(plan, shops, goods)
    cadence = category_cadence(plan, shops)
    week = np.arange(timeline.total)
    is_open = (week >= shops["join_week"].to_numpy()[:, None]) & (
        week < shops["exit_week"].to_numpy()[:, None]
    )
    years = (week - timeline.weeks / 2) / 52
    return Truth(
        seed=seed,
        timeline=timeline,
        retailers=shops,
        products=goods,
        vendors=forces.vendors,
        pairs=tastes.pairs,
        retailer_tastes=_single(tastes.retailers),
        product_tastes=_single(tastes.products),
        cadence_days=7 * shops["interval"].to_numpy()[:, None] * cadence,
        visit=_single(visit_chance(plan, shops) * is_open),
        due=_single(due(plan, shops, cadence)),
        growth=_single(np.exp(shops["growth"].to_numpy()[:, None] * years)),
        on_sale=_single(forces.on_sale),
        level=_single(forces.level()),
        list_price=_single(forces.list_price),
        depth=_single(forces.depth),
        in_stock=forces.in_stock,
        season=_single(forces.season),
        year_profile=_single(year_profile(timeline)),
        festival_strength=_single(strength()),
        festival_approach=_single(approach(plan.festivals, timeline)),
    )


def _single(values: np.ndarray) -> Array:
    """Truth is kept in float32: half the space, and exact enough to grade by."""
    return values.astype(np.float32)
