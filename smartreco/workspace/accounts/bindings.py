"""Whom an account can be bound to: shops and vendors by name, for an admin who knows no ids."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.store import bindable
from smartreco.store.bindable import Bindable
from smartreco.workspace.core import Core, permits

BOUND: Final = {Role.RETAILER: "retailer", Role.VENDOR: "vendor"}
MOST: Final = 100  # of one answer
WORDS: Final = 8  # of a search that are looked for


class Bindings:
    """Use cases of an admin who binds accounts to shops and vendors."""

    core: Core

    @permits(Role.ADMIN)
    def bindable(
        self, principal: Principal, role: Role, search: str = "", limit: int = 20
    ) -> tuple[tuple[Bindable, ...], int]:
        """What an account of a role can be bound to, by name, and how many there are.

        ``search`` : words that all stand in its id, name or place.

        Raises
        ------
        InputError
            Accounts of that role are bound to nothing, or the limit cannot be.
        """
        if not 0 < limit <= MOST:
            raise InputError(f"an answer has 1 to {MOST} lines", str(limit), "ask for fewer")
        with self.core.store.cursor() as cursor:
            return bindable.search(cursor, _kind(role), search.lower().split()[:WORDS], limit)

    @permits(Role.ADMIN)
    def bound_to(
        self, principal: Principal, role: Role, ids: Collection[str]
    ) -> dict[str, Bindable]:
        """Names by id; what this data set does not know is left out."""
        with self.core.store.cursor() as cursor:
            return bindable.named(cursor, _kind(role), ids)


def _kind(role: Role) -> str:
    kind = BOUND.get(role)
    if kind is None:
        raise InputError(
            "accounts of retailers and vendors are bound to one", f"role {role.value}",
            "leave the binding out",
        )  # fmt: skip
    return kind
