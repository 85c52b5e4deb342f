"""The order a shop is putting together: every act is kept at once and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import DraftLine, ListName, Principal, Product, Role
from smartreco.errors import InputError
from smartreco.store import drafts as draft_store
from smartreco.store import events as event_store
from smartreco.store.connection import Cursor
from smartreco.store.drafts import DraftRow
from smartreco.store.events import EventKind
from smartreco.workspace.core import Core, permits
from smartreco.workspace.draft_items import (
    MOST_PIECES,
    DraftItem,
    Put,
    added_up,
    check_quantity,
    events_of,
    of_lines,
    stamped,
)
from smartreco.workspace.draft_steps import DraftSteps, Step
from smartreco.workspace.models import Models
from smartreco.workspace.views import Draft


class Drafts:
    """Use cases on the draft order and on "not for me"."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models
        self.steps = DraftSteps()

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def read(self, principal: Principal, retailer_id: str) -> Draft:
        """The shop's draft."""
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            return self.draft(cursor, retailer_id)

    @permits(Role.RETAILER)
    def add(
        self,
        principal: Principal,
        retailer_id: str,
        product_id: str,
        quantity: int,
        source: ListName | None = None,
    ) -> Draft:
        """Put a product on the draft, or add to its quantity if it is there."""
        return self.add_many(principal, retailer_id, [DraftItem(product_id, quantity, source)])

    @permits(Role.RETAILER)
    def add_many(
        self,
        principal: Principal,
        retailer_id: str,
        items: Sequence[Put],
    ) -> Draft:
        """Put several products on the draft in one act (one undo takes them off again).

        A product that is named more than once is added up. What comes from a list is taken
        for shown by the version in force, unless it says by which.
        """
        require_retailer(principal, retailer_id)
        wanted = stamped(items, self._models.current.blend_version)
        self._check(wanted)
        wanted = added_up(wanted)

        def work(cursor: Cursor) -> None:
            there = {row.product_id: row.quantity for row in draft_store.read(cursor, retailer_id)}
            rows = [
                DraftRow(
                    item.product_id,
                    min(item.quantity + there.get(item.product_id, 0), MOST_PIECES),
                    item.list_name,
                    self.core.now(),
                    item.blend_version,
                )
                for item in wanted
            ]
            draft_store.put(cursor, retailer_id, rows)
            self._record(cursor, principal, retailer_id, EventKind.ADDED, wanted)

        return self._change(retailer_id, work)

    @permits(Role.RETAILER)
    def set_quantity(
        self, principal: Principal, retailer_id: str, product_id: str, quantity: int
    ) -> Draft:
        """Set the pieces of a product on the draft."""
        require_retailer(principal, retailer_id)
        self._check([DraftItem(product_id, quantity)])
        row = DraftRow(product_id, quantity, None, self.core.now())
        return self._change(retailer_id, lambda cursor: draft_store.put(cursor, retailer_id, [row]))

    @permits(Role.RETAILER)
    def set_many(self, principal: Principal, retailer_id: str, pieces: Mapping[str, int]) -> Draft:
        """Set the pieces of several products in one act; 0 takes a product off."""
        require_retailer(principal, retailer_id)
        gone = [product_id for product_id, quantity in pieces.items() if quantity == 0]
        kept = [DraftItem(*item) for item in pieces.items() if item[1] != 0]
        self._check(kept)

        def work(cursor: Cursor) -> None:
            now = self.core.now()
            rows = [DraftRow(item.product_id, item.quantity, None, now) for item in kept]
            removed = of_lines(draft_store.read(cursor, retailer_id), gone)
            draft_store.put(cursor, retailer_id, rows)
            draft_store.remove(cursor, retailer_id, gone)
            self._record(cursor, principal, retailer_id, EventKind.REMOVED, removed)

        return self._change(retailer_id, work)

    @permits(Role.RETAILER)
    def remove(self, principal: Principal, retailer_id: str, product_id: str) -> Draft:
        """Take a product off the draft."""
        require_retailer(principal, retailer_id)

        def work(cursor: Cursor) -> None:
            removed = of_lines(draft_store.read(cursor, retailer_id), [product_id])
            draft_store.remove(cursor, retailer_id, [product_id])
            self._record(cursor, principal, retailer_id, EventKind.REMOVED, removed)

        return self._change(retailer_id, work)

    @permits(Role.RETAILER)
    def clear(self, principal: Principal, retailer_id: str) -> Draft:
        """Empty the draft (one undo brings it back)."""
        require_retailer(principal, retailer_id)
        return self._change(
            retailer_id, lambda cursor: draft_store.replace(cursor, retailer_id, [])
        )

    @permits(Role.RETAILER)
    def undo(self, principal: Principal, retailer_id: str) -> Draft:
        """Take back the last change of the draft that this process made."""
        require_retailer(principal, retailer_id)

        def work(cursor: Cursor) -> None:
            before = self.steps.last(retailer_id)
            if before is not None:
                draft_store.replace(cursor, retailer_id, before)

        self.core.store.write(work, lambda _: self.steps.drop_last(retailer_id))
        with self.core.store.cursor() as cursor:
            return self.draft(cursor, retailer_id)

    @permits(Role.RETAILER)
    def dismiss(
        self,
        principal: Principal,
        retailer_id: str,
        product_id: str,
        source: ListName | None = None,
        blend_version: int | None = None,
    ) -> None:
        """ "Not for me": leave a product out of the shop's lists from now on.

        ``source`` is the list that showed it, ``blend_version`` its version (None: in force).
        """
        require_retailer(principal, retailer_id)
        self._product(product_id)
        items = stamped(
            [DraftItem(product_id, 0, source, blend_version)], self._models.current.blend_version
        )

        def work(cursor: Cursor) -> None:
            draft_store.dismiss(cursor, retailer_id, product_id, self.core.now())
            self._record(cursor, principal, retailer_id, EventKind.DISMISSED, items)

        self.core.store.write(work)

    @permits(Role.RETAILER)
    def restore(self, principal: Principal, retailer_id: str, product_id: str) -> None:
        """Let a dismissed product back into the shop's lists."""
        require_retailer(principal, retailer_id)

        def work(cursor: Cursor) -> None:
            draft_store.restore(cursor, retailer_id, product_id)
            item = DraftItem(product_id)
            self._record(cursor, principal, retailer_id, EventKind.RESTORED, [item])

        self.core.store.write(work)

    def draft(self, cursor: Cursor, retailer_id: str) -> Draft:
        """Read a draft inside another use case."""
        position = self._models.current.catalogue.position
        rows = [row for row in draft_store.read(cursor, retailer_id) if row.product_id in position]
        lines = tuple(
            DraftLine(
                self._product(row.product_id), row.quantity,
                ListName(row.source) if row.source else None, row.added_at, row.blend_version,
            )
            for row in rows
        )  # fmt: skip
        return Draft(lines, can_undo=self.steps.last(retailer_id) is not None)

    def _change(self, retailer_id: str, work: Callable[[Cursor], None]) -> Draft:
        def kept(cursor: Cursor) -> Step:
            before = draft_store.read(cursor, retailer_id)
            work(cursor)
            return before

        self.core.store.write(kept, lambda before: self.steps.add(retailer_id, before))
        with self.core.store.cursor() as cursor:
            return self.draft(cursor, retailer_id)

    def _product(self, product_id: str) -> Product:
        return self._models.current.catalogue.product(product_id)

    def _orderable(self, product_id: str) -> None:
        product = self._product(product_id)
        if not product.active:
            raise InputError(
                "an order holds products that are still sold", product.name, "choose another"
            )

    def _check(self, items: Sequence[DraftItem]) -> None:
        """Refuse what cannot be on an order, before anything is changed."""
        for item in items:
            check_quantity(item.quantity, self._models.current.catalogue.info.locale)
            self._orderable(item.product_id)

    def _record(
        self, cursor: Cursor, principal: Principal, retailer_id: str, kind: EventKind,
        items: Sequence[DraftItem],
    ) -> None:  # fmt: skip
        now, version = self.core.now(), self._models.current.version
        event_store.record(cursor, events_of(items, kind, principal, retailer_id, now, version))
