"""What a token or key of the API may do: never more than its account's role."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from smartreco.entities import Role


class Scope(StrEnum):
    """Kinds of acts that a key is made for."""

    READ = "read"  # lists, forecasts, orders: whatever the account may see
    ORDER = "order"  # drafts, orders, and what a vendor does with them
    ANALYSE = "analyse"  # scenarios, blends, evaluations
    ADMIN = "admin"  # data, accounts, keys, backups


SCOPES_OF: Final[Mapping[Role, frozenset[Scope]]] = {
    Role.RETAILER: frozenset({Scope.READ, Scope.ORDER}),
    Role.VENDOR: frozenset({Scope.READ, Scope.ORDER}),
    Role.PRODUCT_MANAGER: frozenset({Scope.READ, Scope.ANALYSE}),
    Role.ANALYST: frozenset({Scope.READ, Scope.ANALYSE}),
    Role.ADMIN: frozenset(Scope),
}
