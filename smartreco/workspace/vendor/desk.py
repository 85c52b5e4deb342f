"""What all acts of a vendor's desk have in common: who may, one transaction, the audit log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from smartreco.accounts.permissions import require_vendor
from smartreco.entities import Principal, Role
from smartreco.store import audit
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core
from smartreco.workspace.models import Models
from smartreco.workspace.vendor.stock import VendorStock

ANYBODY: Final = (Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
EDITORS: Final = (Role.VENDOR, Role.ADMIN)

T = TypeVar("T")


class VendorDesk:
    """Base of the desk's parts."""

    def __init__(self, core: Core, models: Models, stock: VendorStock) -> None:
        self.core = core
        self._models = models
        self._stock = stock

    def _read(self, principal: Principal, vendor_id: str, work: Callable[[Cursor], T]) -> T:
        """Read something of a vendor who is there."""
        require_vendor(principal, vendor_id)
        with self.core.store.cursor() as cursor:
            self._stock.known(cursor, vendor_id)
            return work(cursor)

    def _write(
        self, principal: Principal, vendor_id: str, work: Callable[[Cursor], T], *,
        lists_follow: bool = True,
    ) -> T:  # fmt: skip
        """Change something in one transaction.

        Shops see prices, stock and what is on offer as they are now; what the model learns
        from names and categories follows with the fit that is asked for.
        """
        require_vendor(principal, vendor_id)

        def whole(cursor: Cursor) -> T:
            self._stock.known(cursor, vendor_id)
            return work(cursor)

        made = self.core.store.write(whole)
        if lists_follow:
            if self._models.ready:
                self._models.reread()
            self._models.refresh_soon()
        return made

    def _record(
        self, cursor: Cursor, principal: Principal, action: str, subject: str, **detail: object
    ) -> None:
        entry = audit.Entry(self.core.now(), principal.username, action, subject, detail)
        audit.record(cursor, entry)
