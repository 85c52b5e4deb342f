"""Wholesale data that is made up, with its truth beside it.

Real orders never tell what would have been ordered had the shelf not been empty, or how
strongly a price works. Data drawn from a known truth does: models and pages are graded
against it, and a bare machine has something to show. Every random number is looked up by
entity (`world.randomness`), so that an intervention changes what it touches and nothing
else.

>>> data = generate(SyntheticSettings(retailers=5, products=8, vendors=3, months=2))
>>> data.clean.info.currency
'INR'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartreco.dataset.frames import CleanData
from smartreco.dataset.world.assembly import assemble
from smartreco.dataset.world.dirt import DirtShares, dirty
from smartreco.dataset.world.draw import draw_lines
from smartreco.dataset.world.forces import make_forces
from smartreco.dataset.world.levers import (
    INTERVENTIONS,
    DemandShock,
    Exit,
    FestivalShift,
    InStock,
    Intervention,
    Launch,
    NewRetailers,
    OutOfStock,
    PriceChange,
    Promotion,
)
from smartreco.dataset.world.making import make_truth
from smartreco.dataset.world.plan import Plan, ProgressCall
from smartreco.dataset.world.products import make_products
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.dataset.world.shops import make_shops
from smartreco.dataset.world.truth import Truth
from smartreco.dataset.world.vendors import make_vendors

__all__ = [
    "INTERVENTIONS", "DemandShock", "DirtShares", "Exit", "FestivalShift", "InStock",
    "Intervention", "Launch", "NewRetailers", "OutOfStock", "PriceChange", "Promotion",
    "SyntheticData", "SyntheticSettings", "Truth", "dirty", "generate",
]  # fmt: skip


@dataclass(frozen=True)
class SyntheticData:
    """A data set and what is true of it."""

    clean: CleanData
    truth: Truth


def generate(
    settings: SyntheticSettings | None = None,
    interventions: Sequence[Intervention] = (),
    seed: int | None = None,
    progress: ProgressCall | None = None,
) -> SyntheticData:
    """Make a data set.

    Parameters
    ----------
    settings
        Size, time and seed; None: the default ones.
    interventions
        What is changed; all else stays as it is without them.
    seed
        In place of the settings' seed.
    progress
        Called with the share done (0..1) and what is being done.

    Raises
    ------
    InputError
        An intervention names what does not exist, or a value that cannot be.
    """
    chosen = settings or SyntheticSettings()
    number = chosen.seed if seed is None else seed
    tell = progress or (lambda fraction, doing: None)
    tell(0.0, "Stocking the catalogue")
    plan = Plan.of(chosen, number)
    for intervention in interventions:
        plan = intervention.on_plan(plan)
    goods, vendors = make_products(plan), make_vendors(plan)
    tell(0.2, "Opening shops")
    forces = make_forces(plan, make_shops(plan), goods, vendors)
    for intervention in interventions:
        intervention.on_forces(forces)
    tell(0.35, "Giving shops their tastes")
    truth = make_truth(plan, number, forces)
    tell(0.5, "Taking orders")
    lines = draw_lines(truth, plan.random)
    tell(0.8, "Writing the books")
    clean = assemble(plan, truth, lines)
    tell(1.0, "Done")
    return SyntheticData(clean, truth)
