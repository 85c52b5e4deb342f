"""A vendor's part of orders: he sees his lines, and confirms, delivers or refuses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from smartreco.columns import PRODUCT_ID
from smartreco.entities import Principal
from smartreco.errors import InputError, NotFoundError
from smartreco.store import free_stock, placing
from smartreco.store import vendor_orders as store
from smartreco.store.connection import Cursor
from smartreco.store.vendor_orders import PartRow, Sums
from smartreco.workspace.core import permits
from smartreco.workspace.order.settling import delivery_day
from smartreco.workspace.order.words import LONGEST_REASON, STATUSES
from smartreco.workspace.vendor.desk import ANYBODY, EDITORS, VendorDesk
from smartreco.workspace.vendor.desk_views import (
    VendorOrder,
    VendorOrderLine,
    VendorOrders,
    VendorOrderSummary,
)

MOST_ORDERS: Final = 200  # of a page
OPEN: Final = ("placed", "confirmed")
#: What a part of each state can become, by the act that makes it so.
ACTS: Final[Mapping[str, str]] = {
    "confirm": "confirmed", "deliver": "delivered", "refuse": "cancelled",
}  # fmt: skip
MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "placed": ("confirm", "refuse"), "confirmed": ("deliver", "refuse"),
    "delivered": (), "cancelled": (),
}  # fmt: skip


class VendorOrderDesk(VendorDesk):
    """Use cases on a vendor's part of orders; what others sell to the shop is not his to see.

    An order follows its parts, see `smartreco.store.order_parts`.
    """

    @permits(*ANYBODY)
    def orders(
        self, principal: Principal, vendor_id: str, statuses: Sequence[str] = OPEN,
        limit: int = 20, offset: int = 0,
    ) -> VendorOrders:  # fmt: skip
        """Orders with his lines: what he can settle first, then newest; no statuses: all.

        Raises
        ------
        InputError
            No such status, or too long a page.
        """
        wrong = [one for one in statuses if one not in STATUSES]
        if wrong:
            raise InputError("a status is one of " + ", ".join(STATUSES), wrong[0], "choose one")
        if not (1 <= limit <= MOST_ORDERS and offset >= 0):
            raise InputError(
                f"a page holds 1 to {MOST_ORDERS} orders", f"{limit} from {offset}", "ask for less"
            )

        def work(cursor: Cursor) -> VendorOrders:
            counts = self._stock.order_counts(cursor, vendor_id)
            total = sum(
                many for status, many in counts.items() if not statuses or status in statuses
            )
            rows = store.page(cursor, vendor_id, statuses, limit, offset) if total else []
            return VendorOrders(tuple(_summary(*row) for row in rows), total, tuple(counts.items()))

        return self._read(principal, vendor_id, work)

    @permits(*ANYBODY)
    def order(self, principal: Principal, vendor_id: str, order_id: str) -> VendorOrder:
        """His part of one order.

        Raises
        ------
        NotFoundError
            He has no part in an order of this number; the words are the same where others do.
        """
        return self._read(principal, vendor_id, lambda cursor: _order(cursor, vendor_id, order_id))

    @permits(*EDITORS)
    def confirm(self, principal: Principal, vendor_id: str, order_id: str) -> VendorOrder:
        """Take his part on; its shop can no longer cancel the order.

        Raises
        ------
        InputError
            It is confirmed already, or was refused, or came with the data.
        NotFoundError
            As `order`.
        """
        return self._move(principal, vendor_id, order_id, "confirm")

    @permits(*EDITORS)
    def deliver(
        self, principal: Principal, vendor_id: str, order_id: str, on: date | None = None
    ) -> VendorOrder:
        """Say that his part has arrived (None: today).

        It is on the shop's shelf and off its credit, and has left his stock.

        Raises
        ------
        InputError
            It is not confirmed yet, is delivered already, or the day cannot be.
        NotFoundError
            As `order`.
        """
        return self._move(principal, vendor_id, order_id, "deliver", on)

    @permits(*EDITORS)
    def refuse(
        self, principal: Principal, vendor_id: str, order_id: str, reason: str
    ) -> VendorOrder:
        """Call his part off: stock and credit are free again, the rest of the order goes on.

        Parameters
        ----------
        reason
            What the shop reads: one of `order_words.REFUSALS`, or words of his own.

        Raises
        ------
        InputError
            It is delivered, or was refused already; no reason, or too long a one.
        NotFoundError
            As `order`.
        """
        return self._move(principal, vendor_id, order_id, "refuse", reason=_reason(reason))

    def _move(
        self, principal: Principal, vendor_id: str, order_id: str, act: str,
        on: date | None = None, reason: str | None = None,
    ) -> VendorOrder:  # fmt: skip
        now = self.core.now()

        def work(cursor: Cursor) -> VendorOrder:
            row = _found(cursor, vendor_id, order_id)
            _require_move(row, act)
            who, detail = principal.username, {"vendor": vendor_id, "was": row.status}
            day = None
            if act == "refuse":
                placing.cancel(cursor, row.order_key, who, now, [row.vendor_key], reason)
                detail["reason"] = str(reason)
            else:
                if act == "deliver":
                    today = self._stock.today(cursor)
                    day = delivery_day(row.ordered_at.date(), on, today)
                    detail["delivered_on"] = str(day)
                placing.settle(
                    cursor, row.order_key, ACTS[act], day, username=who, now=now,
                    vendor_keys=[row.vendor_key],
                )  # fmt: skip
            self._record(cursor, principal, f"order.part_{ACTS[act]}", order_id, **detail)
            return _order(cursor, vendor_id, order_id)

        return self._write(principal, vendor_id, work, lists_follow=act == "refuse")


def _found(cursor: Cursor, vendor_id: str, order_id: str) -> PartRow:
    row = store.find(cursor, vendor_id, order_id)
    if row is None:
        raise NotFoundError(
            "an order number is one with lines of this vendor", repr(order_id),
            "choose one from the list",
        )  # fmt: skip
    return row


def _reason(reason: str) -> str:
    """A reason that can be read, on one line."""
    kept = " ".join("".join(one if one.isprintable() else " " for one in reason).split())
    if not 1 <= len(kept) <= LONGEST_REASON:
        raise InputError(
            f"who refuses an order says why, in at most {LONGEST_REASON} signs",
            f"{len(kept)} signs", "say it in a few words",
        )  # fmt: skip
    return kept


def _require_move(row: PartRow, act: str) -> None:
    if not row.placed_here:
        raise InputError(
            "an order that came with the data is settled by the next import", repr(row.order_id),
            "import an export that says what became of it",
        )  # fmt: skip
    allowed = MOVES[row.status]
    if act not in allowed:
        next_ = f"you can {' or '.join(allowed)} it next" if allowed else "it stays so"
        raise InputError(
            f"your part of this order is {row.status}: {next_}", repr(act), "look at it again"
        )


def _order(cursor: Cursor, vendor_id: str, order_id: str) -> VendorOrder:
    row = _found(cursor, vendor_id, order_id)
    found = store.lines(cursor, vendor_id, row)
    stock = free_stock.stock(cursor, [line.product_id for line in found])
    there = dict(zip(stock[PRODUCT_ID], stock["on_hand"].astype(int).tolist(), strict=True))
    lines = tuple(
        VendorOrderLine(
            line.product_id, line.name, line.case_size, line.quantity, line.unit_price or None,
            there.get(line.product_id),
        )
        for line in found
    )  # fmt: skip
    sums = (
        len(found), sum(line.quantity for line in found),
        sum(line.quantity * line.unit_price for line in found),
    )  # fmt: skip
    return VendorOrder(_summary(row, sums), lines)


def _summary(row: PartRow, sums: Sums) -> VendorOrderSummary:
    return VendorOrderSummary(
        order_id=row.order_id,
        retailer_id=row.retailer_id,
        retailer=row.retailer,
        city=row.city,
        ordered_at=row.ordered_at,
        status=row.status,
        delivered_on=row.delivered_on,
        lines=sums[0],
        pieces=sums[1],
        value=sums[2],
        placed_here=row.placed_here,
        moves=MOVES[row.status] if row.placed_here else (),
        reason=row.reason,
    )
