"""Use cases of coming to the application: for the first time, and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from smartreco.entities import Principal, Role
from smartreco.language import Sentence
from smartreco.store import accounts, visits
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits

#: What of the audit log concerns whom; a shop and a vendor learn of orders, and of lists.
ACTS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.RETAILER: ("blend published", "blend rolled back"),
    Role.VENDOR: (),
    Role.PRODUCT_MANAGER: ("scenario saved", "blend published", "blend rolled back"),
    Role.ANALYST: ("blend proposed", "blend published", "blend rolled back"),
    Role.ADMIN: ("data.imported", "data.replaced", "account added", "sign-in locked",
                 "backup made"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class News:
    """What others did since a visit: each the name of a template in `words.NEWS`, with its n."""

    since: datetime  # in UTC
    said: tuple[Sentence, ...]


class Visits:
    """Use cases on being here again."""

    def __init__(self, core: Core) -> None:
        self.core = core

    @permits(*Role)
    def news(self, principal: Principal, session_id: str) -> News | None:
        """What others did since the account was here before this session.

        None at a first visit, or where nothing happened that concerns it.
        """
        with self.core.store.cursor() as cursor:
            since = visits.last(cursor, principal.username, session_id)
            counts = {} if since is None else _happened(cursor, principal, since)
        said = tuple(Sentence(name, {"n": n}) for name, n in counts.items() if n)
        return News(since, said) if since is not None and said else None

    @permits(*Role)
    def wants_tour(self, principal: Principal) -> bool:
        """Whether the account has not been shown around; a demo account's next visitor has not."""
        with self.core.store.cursor() as cursor:
            return not visits.toured(cursor, principal.username)

    @permits(*Role)
    def end_tour(self, principal: Principal) -> None:
        """Offer the tour no more. A demo account is everybody's and keeps it."""
        name, now = principal.username, self.core.now()

        def work(cursor: Cursor) -> None:
            account = accounts.find(cursor, name)
            if account is not None and not account.demo:
                visits.end_tour(cursor, name, now)

        self.core.store.write(work)


def _happened(cursor: Cursor, who: Principal, since: datetime) -> dict[str, int]:
    """How often each thing happened, by the name of its words; what matters most comes first."""
    found: dict[str, int] = {}
    if who.retailer_id is not None:
        by_status = visits.orders_of_shop(cursor, who.retailer_id, who.username, since)
        for status in ("confirmed", "delivered", "cancelled"):
            found[f"shop.{status}"] = by_status.get(status, 0)
    if who.vendor_id is not None:
        by_status = visits.orders_of_vendor(cursor, who.vendor_id, who.username, since)
        for status in ("placed", "cancelled"):
            found[f"vendor.{status}"] = by_status.get(status, 0)
    acts = visits.acts(cursor, ACTS[who.role], who.username, since) if ACTS[who.role] else {}
    if who.role is Role.RETAILER:
        return {**found, "lists": sum(acts.values())}
    return {**found, **{name: acts.get(name, 0) for name in ACTS[who.role]}}
