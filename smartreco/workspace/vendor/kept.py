"""What the views of a vendor's dashboards share: who may look, and each made once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, cast

from smartreco.accounts.permissions import require_vendor
from smartreco.entities import Principal
from smartreco.recommend.recent import Recent
from smartreco.store import dataset as dataset_store
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core
from smartreco.workspace.vendor.reading import Known, read_known
from smartreco.workspace.vendor.views import VendorFilter

VIEWS_HELD: Final = 256  # tables as shown

T = TypeVar("T")


class VendorKept:
    """Base of use cases that read one vendor through one filter."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._views: Recent[tuple[object, ...], object] = Recent(VIEWS_HELD)

    def _asked(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None
    ) -> VendorFilter:
        """The filter of somebody who may look at the vendor; None: everything.

        Raises
        ------
        NotAllowedError
            Another vendor.
        """
        require_vendor(principal, vendor_id)
        return wanted or VendorFilter()

    def _known(self, cursor: Cursor, vendor_id: str) -> Known:
        key = (dataset_store.data_version(cursor), vendor_id, "known")
        return cast(Known, self._views.get(key, lambda: read_known(cursor, vendor_id)))

    def _kept(
        self, name: str, vendor_id: str, wanted: VendorFilter, make: Callable[[Cursor], T]
    ) -> T:
        """Made once a state of the data; nobody may change what comes out."""
        with self.core.store.cursor() as cursor:
            key = (dataset_store.data_version(cursor), vendor_id, wanted, name)
            return cast(T, self._views.get(key, lambda: make(cursor)))
