"""Every kind of lever: one line a kind, in the order that a composer offers them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from smartreco.errors import InputError
from smartreco.scenario.levers.base import KIND, Lever
from smartreco.scenario.levers.blend import BlendWeights
from smartreco.scenario.levers.demand import Demand
from smartreco.scenario.levers.festival import Festival
from smartreco.scenario.levers.launch import Launch
from smartreco.scenario.levers.lead_time import LeadTime
from smartreco.scenario.levers.new_retailers import NewRetailers
from smartreco.scenario.levers.price import Price
from smartreco.scenario.levers.product_exit import ProductExit
from smartreco.scenario.levers.promotion import Promotion
from smartreco.scenario.levers.restored import Restored
from smartreco.scenario.levers.rule import RuleLever
from smartreco.scenario.levers.stock_out import StockOut
from smartreco.scenario.levers.vendor_exit import VendorExit

LEVERS: Final[Mapping[str, type[Lever]]] = MappingProxyType(
    {
        Price.kind: Price,
        Promotion.kind: Promotion,
        StockOut.kind: StockOut,
        Restored.kind: Restored,
        ProductExit.kind: ProductExit,
        VendorExit.kind: VendorExit,
        Demand.kind: Demand,
        Launch.kind: Launch,
        LeadTime.kind: LeadTime,
        Festival.kind: Festival,
        NewRetailers.kind: NewRetailers,
        BlendWeights.kind: BlendWeights,
        RuleLever.kind: RuleLever,
    }
)


def lever_from_dict(plain: Mapping[str, Any]) -> Lever:
    """Read a lever of any kind.

    Raises
    ------
    InputError
        The kind is unknown, or a setting cannot be.
    """
    kind = plain.get(KIND)
    if not isinstance(kind, str) or kind not in LEVERS:
        raise InputError(
            f"a lever's kind is one of {', '.join(LEVERS)}", repr(kind), "choose one of them"
        )
    return LEVERS[kind].from_dict(plain)
