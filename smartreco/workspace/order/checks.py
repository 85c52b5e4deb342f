"""Whether a draft can become an order: stock, vendors' minimums, credit, and what is odd.

The figures are read when they are asked for, so that two shops do not order the same
last case, and so is what is still sold and who still trades; names and prices are those
the reader has before the eyes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Final

from smartreco.entities import DraftLine, Product
from smartreco.language import Money, Sentence
from smartreco.store import catalogue as catalogue_store
from smartreco.store import free_stock, order_book
from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor
from smartreco.workspace import clock
from smartreco.workspace.order.book_views import Blocker, DraftCheck, Problem, VendorPart

HALF_A_CENT: Final = 0.005  # sums of prices are not exact


def check_draft(
    cursor: Cursor, retailer_id: str, lines: Sequence[DraftLine], now: datetime
) -> DraftCheck:
    """Look at a draft as the store is now."""
    parts = vendor_parts(cursor, lines)
    ids = [line.product.product_id for line in lines]
    available, sold = free_stock.free(cursor, ids), order_book.sold(cursor, ids)
    credit = shelf_store.credit(cursor, retailer_id).free
    total = sum(line.value or 0.0 for line in lines)
    dated = clock.today(cursor, now)
    unpriced = {line.product.vendor_id for line in lines if line.value is None}
    problems = [
        *_whole(lines, total, credit),
        *_closed(cursor, retailer_id),
        *(one for line in lines for one in _of_line(line, available, sold)),
        *_short_of_minimum(parts, unpriced),  # more of what cannot be had is no way out
    ]
    return DraftCheck(
        parts=parts,
        problems=tuple(sorted(problems, key=lambda one: not one.blocking)),
        total=total,
        unpriced=sum(line.value is None for line in lines),
        credit_free=credit,
        dated=dated,
        stands_still=dated != now.date(),
        available=tuple(available.items()),
    )


def vendor_parts(cursor: Cursor, lines: Sequence[DraftLine]) -> tuple[VendorPart, ...]:
    """A draft by vendor, in the order of its lines: they stay in place while one is changed."""
    by_vendor: dict[str | None, list[DraftLine]] = {}
    for line in lines:
        by_vendor.setdefault(line.product.vendor_id, []).append(line)
    minimum = shelf_store.minimums(cursor)
    return tuple(
        VendorPart(
            vendor_id=vendor_id,
            vendor=own[0].product.vendor,
            value=sum(line.value or 0.0 for line in own),
            minimum=None if vendor_id is None else minimum.get(vendor_id),
            lines=len(own),
        )
        for vendor_id, own in by_vendor.items()
    )


def _whole(lines: Sequence[DraftLine], total: float, free: float | None) -> list[Problem]:
    if not lines:
        return [Problem(Blocker.EMPTY, Sentence("draft.empty"))]
    if free is None or total <= free + HALF_A_CENT:
        return []
    values = {"over": Money(total - free), "free": Money(free)}
    return [Problem(Blocker.CREDIT, Sentence("draft.credit", values))]


def _short_of_minimum(parts: Sequence[VendorPart], unpriced: set[str | None]) -> list[Problem]:
    """Vendors whose minimum is not reached; a hint where a price that is not known may reach it."""
    found = []
    for part in parts:
        if part.minimum is None or part.missing <= HALF_A_CENT:
            continue
        values: dict[str, object] = {
            "vendor": part.vendor or str(part.vendor_id),
            "minimum": Money(part.minimum),
            "missing": Money(part.missing),
        }
        found.append(
            Problem(
                Blocker.MINIMUM, Sentence("draft.minimum", values), vendor_id=part.vendor_id,
                blocking=part.vendor_id not in unpriced,
            )
        )  # fmt: skip
    return found


def _closed(cursor: Cursor, retailer_id: str) -> list[Problem]:
    """An account may outlive its shop."""
    if catalogue_store.retailer_exists(cursor, retailer_id):
        return []
    return [Problem(Blocker.CLOSED, Sentence("draft.closed"))]


def _of_line(line: DraftLine, available: Mapping[str, int], sold: Set[str]) -> list[Problem]:
    product, found = line.product, []
    left = available.get(product.product_id)

    def problem(blocker: Blocker, template: str, *, blocking: bool, **values: object) -> Problem:
        sentence = Sentence(template, {"product": product.name, **values})
        return Problem(
            blocker, sentence, product.product_id, product.vendor_id, blocking=blocking, room=left
        )

    if product.product_id not in sold:
        found.append(problem(Blocker.INACTIVE, "draft.inactive", blocking=True))
    if left is not None and left < line.quantity:
        template = "draft.too_many" if left else "draft.none_left"
        found.append(
            problem(Blocker.STOCK, template, blocking=True, left=left, wanted=line.quantity)
        )
    if line.value is None:
        found.append(problem(Blocker.PRICE, "draft.no_price", blocking=False))
    if _part_case(product, line.quantity):
        found.append(
            problem(Blocker.CASE, "draft.part_case", blocking=False, case_size=product.case_size)
        )
    return found


def _part_case(product: Product, quantity: int) -> bool:
    """Who takes a few pieces of a case means it; who takes cases may have mistyped."""
    return quantity > product.case_size > 1 and quantity % product.case_size != 0
