"""Whose series an account may see, and which of them it asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smartreco.accounts.permissions import STAFF
from smartreco.entities import Principal, Role
from smartreco.errors import NotAllowedError, NotEnoughDataError, NotFoundError
from smartreco.forecast.arrays import Ints, Mask, Texts
from smartreco.forecast.pairs import SEPARATOR
from smartreco.forecast.panel import Level
from smartreco.workspace.demand import Demand

_SCOPES = {
    Role.RETAILER: (Level.RETAILER, Level.RETAILER_PRODUCT),
    Role.VENDOR: (Level.VENDOR, Level.PRODUCT),
}


def require_level(principal: Principal, level: Level) -> None:
    """Refuse a level at which nothing is the account's own; staff see every one.

    Raises
    ------
    NotAllowedError
        A shop sees itself and what it buys, a vendor himself and his products.
    """
    if principal.role in STAFF or level in _SCOPES.get(principal.role, ()):
        return
    own = " and ".join(one.value.replace("_", " x ") for one in _SCOPES[principal.role])
    raise NotAllowedError(
        f"the role {principal.role.value} sees forecasts by {own}",
        level.value.replace("_", " x "), "choose one of these levels",
    )  # fmt: skip


def chosen(
    principal: Principal, demand: Demand, level: Level, ids: Texts, wanted: Sequence[str] | None
) -> Ints:
    """Rows of the series to show, in the order asked for; None: all that may be seen.

    Raises
    ------
    NotAllowedError
        One of them is another's. The words do not say whether it exists.
    NotFoundError
        The data know no such series.
    NotEnoughDataError
        The data have no series of this level.
    """
    seen = _seen(principal, demand, level, ids)
    if wanted is None:
        rows = np.flatnonzero(seen)
        if not len(rows):
            raise NotEnoughDataError(
                f"a forecast by {level.value.replace('_', ' x ')} needs orders that tell it",
                "none", "choose another level",
            )  # fmt: skip
        return np.asarray(rows)
    place = {name: at for at, name in enumerate(ids)}
    rows = np.array([place.get(name, -1) for name in wanted], dtype=np.int64)
    refused = [name for name, row in zip(wanted, rows, strict=True) if row < 0 or not seen[row]]
    if refused and principal.role not in STAFF:
        raise NotAllowedError(
            "an account sees its own series only", "another's id", "leave the ids out to see yours"
        )
    if refused:
        raise NotFoundError(
            f"the id of a {level.value.replace('_', ' x ')} is one of this data set's",
            ", ".join(map(repr, refused[:5])), "check the id",
        )  # fmt: skip
    return rows


def _seen(principal: Principal, demand: Demand, level: Level, ids: Texts) -> Mask:
    if principal.role in STAFF:
        return np.ones(len(ids), dtype=bool)
    if level is Level.RETAILER:
        return np.asarray(ids == principal.retailer_id)
    if level is Level.RETAILER_PRODUCT:
        return np.char.startswith(ids, f"{principal.retailer_id}{SEPARATOR}")
    if level is Level.VENDOR:
        return np.asarray(ids == principal.vendor_id)
    products = demand.structure.products
    own = products.loc[products["vendor_id"] == principal.vendor_id, "product_id"]
    return np.isin(ids, own.to_numpy().astype(str))
