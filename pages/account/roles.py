"""Words for roles, as pages say them."""

from __future__ import annotations

from collections.abc import Mapping

from smartreco.entities import Role
from smartreco.language import noted

ONE: Mapping[Role, str] = {
    Role.RETAILER: "Retailer",
    Role.VENDOR: "Vendor",
    Role.PRODUCT_MANAGER: "Product manager",
    Role.ANALYST: "Analyst",
    Role.ADMIN: "Administrator",
}
MANY: Mapping[Role, str] = {
    Role.RETAILER: noted("retailers"),
    Role.VENDOR: noted("vendors"),
    Role.PRODUCT_MANAGER: "product managers",
    Role.ANALYST: noted("analysts"),
    Role.ADMIN: noted("administrators"),
}
COMES_FOR: Mapping[Role, str] = {
    Role.RETAILER: "What to order now, and why",
    Role.VENDOR: "Where demand is, and where it is missed",
    Role.PRODUCT_MANAGER: "What-if questions",
    Role.ANALYST: "Better recommendations",
    Role.ADMIN: "The data and the people",
}
