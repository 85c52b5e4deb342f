"""Kinds of acts that the log can be filtered by, from the names that acts are written under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

OTHER: Final = "other"
#: Kind: its name on the page, and what its acts' names begin with.
KINDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "signing-in": ("Signing in", ("sign", "session", "locked")),
    "accounts": ("Accounts", ("account", "demo account", "password", "first admin")),
    "keys": ("API keys", ("API key", "key", "token")),
    "data": ("Data", ("data", "demo data", "import", "upload", "quarantine")),
    "keeping": ("Backups and erasure", ("backup", "store", "shop", "old rows")),
    "orders": ("Orders", ("order",)),
    "rules": ("List rules", ("rule",)),
    "blends": ("Blends", ("blend",)),
    "what-if": ("What-ifs", ("scenario",)),
    "vendors": ("Vendors' figures", ("vendor", "product", "promotion")),
    "shelves": ("Shops' shelves", ("shelf",)),
    OTHER: ("Other", ()),
}  # fmt: skip


def kind_of(action: str) -> str:
    """The kind of an act by the longest beginning that is known.

    >>> kind_of("account added"), kind_of("order.part_confirmed"), kind_of("weather changed")
    ('accounts', 'orders', 'other')
    """
    fitting = [
        (len(start), kind)
        for kind, (_, starts) in KINDS.items()
        for start in starts
        if action.startswith(start)
    ]
    return max(fitting)[1] if fitting else OTHER


def kinds_of(actions: Iterable[str]) -> tuple[str, ...]:
    """The kinds that some acts are of, in the order of `KINDS`."""
    there = {kind_of(action) for action in actions}
    return tuple(kind for kind in KINDS if kind in there)
