"""Every kind of rule, in the order in which they are applied: one line a kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from smartreco.recommend.rules.boost import Boost
from smartreco.recommend.rules.diversity import Diversity
from smartreco.recommend.rules.leave_out import LeaveOut
from smartreco.recommend.rules.min_margin import MinMargin
from smartreco.recommend.rules.pin import Pin
from smartreco.recommend.rules.rule import Rule
from smartreco.recommend.rules.vendor_cap import VendorCap
from smartreco.recommend.rules.vendor_floor import VendorFloor

KINDS: Final[Mapping[str, type[Rule]]] = MappingProxyType(
    {
        LeaveOut.kind: LeaveOut,
        MinMargin.kind: MinMargin,
        Boost.kind: Boost,
        Diversity.kind: Diversity,
        VendorFloor.kind: VendorFloor,
        VendorCap.kind: VendorCap,
        Pin.kind: Pin,
    }
)
