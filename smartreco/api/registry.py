"""Every subject of the API, in the order of its description: one file and one line here each."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from smartreco.api.routes import (
    accounts,
    audit,
    backups,
    blends,
    draft,
    evaluations,
    fits,
    forecasts,
    imports,
    keys,
    me,
    operations,
    orders,
    products,
    recommendations,
    scenarios,
    sheets,
    stock,
    token,
    vendors,
)

ROUTERS: tuple[Callable[[], APIRouter], ...] = (
    token.routes,
    keys.routes,
    me.routes,
    recommendations.routes,
    products.routes,
    forecasts.routes,
    stock.routes,
    draft.routes,
    orders.routes,
    vendors.routes,
    sheets.routes,
    scenarios.routes,
    blends.routes,
    evaluations.routes,
    imports.routes,
    fits.routes,
    accounts.routes,
    backups.routes,
    audit.routes,
    operations.routes,
)  # fmt: skip
