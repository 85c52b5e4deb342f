"""Accounts beside the demo ones in the store that all journeys share.

A journey that orders, counts or chooses does so as a shop or a vendor of its own; so
one application serves them all, and none stumbles over what another left behind.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from smartreco.config import Settings
from smartreco.entities import Role
from smartreco.store import Store, accounts
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.demo import USERNAMES

PASSWORD: Final = "demo-for-tests"
COLLEAGUE, RIVAL = "colleague", "rival"  # of the demo account's vendor, and of another
SUPPLIER: Final = "supplier"  # of a third vendor, who changes what is his
SECOND_MANAGER, SECOND_ANALYST = "second-manager", "second-analyst"
VISITOR, SEEKER, BUYER, STOCKIST, NEIGHBOUR, LOOKER = SHOPS = (
    "visitor", "seeker", "buyer", "stockist", "neighbour", "looker"
)  # fmt: skip
UNCOUNTED: Final = "uncounted"  # a shop whose stock the data do not hold


def add_people(db: Path) -> None:
    """Add them all to a closed store; they share the demo accounts' password."""
    store = Store.open(Settings(db=db))
    store.write(_add)
    store.close()


def _add(cursor: Cursor) -> None:
    demo = {role: accounts.find(cursor, username) for role, username in USERNAMES.items()}
    secret = accounts.password_hash(cursor, USERNAMES[Role.VENDOR])
    assert secret is not None

    def add(username: str, role: Role, **bound: str) -> None:
        like = demo[role]
        assert like is not None
        accounts.insert(cursor, replace(like, username=username, demo=False, **bound), secret)

    vendors = _largest(cursor, "vendor", "products")
    for username, vendor_id in zip((COLLEAGUE, RIVAL, SUPPLIER), vendors, strict=False):
        add(username, Role.VENDOR, vendor_id=vendor_id)
    shops = _largest(cursor, "retailer", "order_lines")[1:]  # the demo account's is the first
    for username, shop in zip((*SHOPS, UNCOUNTED), shops, strict=False):
        add(username, Role.RETAILER, retailer_id=shop)
    cursor.execute(
        "DELETE FROM stock_levels WHERE holder_kind = 'retailer' AND holder_key = "
        "(SELECT retailer_key FROM accounts JOIN retailers USING (retailer_id) "
        "WHERE username = ?)", [UNCOUNTED],
    )  # fmt: skip
    add(SECOND_MANAGER, Role.PRODUCT_MANAGER)
    add(SECOND_ANALYST, Role.ANALYST)


def _largest(cursor: Cursor, kind: str, rows: str) -> list[str]:
    """Ids of a kind, the demo account's first, then by the number of their rows in a table."""
    found = cursor.execute(
        f"SELECT {kind}_id FROM {kind}s JOIN {rows} USING ({kind}_key) GROUP BY {kind}_id ORDER BY "
        f"{kind}_id = (SELECT {kind}_id FROM accounts WHERE username = ?) DESC, "
        f"count(*) DESC, {kind}_id", [USERNAMES[Role(kind)]],
    ).fetchall()  # fmt: skip
    return [str(one) for (one,) in found]
