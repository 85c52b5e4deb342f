"""What can be changed in a world while everything else stays as it was.

An intervention either changes the plan (who takes part, when festivals are) or pushes
the forces (prices, promotions, stock, season). Demand moves by whole weeks: dates hold in
each week of which they cover at least four days. A new kind is one class and one line in
`INTERVENTIONS`.
"""

from __future__ import annotations

from collections.abc import Mapping

from smartreco.dataset.world.levers.base import Intervention
from smartreco.dataset.world.levers.market import (
    DemandShock,
    FestivalShift,
    Launch,
    NewRetailers,
)
from smartreco.dataset.world.levers.products import (
    Exit,
    InStock,
    OutOfStock,
    PriceChange,
    Promotion,
)

INTERVENTIONS: Mapping[str, type[Intervention]] = {
    "price": PriceChange,
    "promotion": Promotion,
    "out_of_stock": OutOfStock,
    "in_stock": InStock,
    "exit": Exit,
    "launch": Launch,
    "new_retailers": NewRetailers,
    "festival": FestivalShift,
    "demand": DemandShock,
}

__all__ = [
    "INTERVENTIONS", "DemandShock", "Exit", "FestivalShift", "InStock", "Intervention",
    "Launch", "NewRetailers", "OutOfStock", "PriceChange", "Promotion",
]  # fmt: skip
