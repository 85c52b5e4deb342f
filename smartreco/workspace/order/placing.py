"""From a draft to an order, in the transaction of its caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from smartreco.entities import DraftLine, Principal
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.store import audit, placing
from smartreco.store import dataset as dataset_store
from smartreco.store import drafts as draft_store
from smartreco.store import events as event_store
from smartreco.store.connection import Cursor
from smartreco.store.events import Event, EventKind
from smartreco.store.placing import PlacedLine, Placement
from smartreco.workspace import clock
from smartreco.workspace.fitted import Fitted
from smartreco.workspace.order.book_views import Blocker, Problem
from smartreco.workspace.order.checks import HALF_A_CENT, check_draft
from smartreco.workspace.order.words import say

LONGEST_NOTE: Final = 500
Seen = Sequence[tuple[str, int]]

_RULES: Final[Mapping[Blocker, tuple[str, str]]] = {
    Blocker.EMPTY: ("an order has at least one line", "if it was just placed, see your orders"),
    Blocker.MINIMUM: ("an order reaches the minimum of each vendor", "add more or take lines off"),
    Blocker.CREDIT: ("an order stays within the free credit", "take lines off"),
    Blocker.STOCK: ("an order asks for what vendors have", "lower the quantity"),
    Blocker.CLOSED: ("an order is for a shop that trades", "ask the distributor"),
    Blocker.INACTIVE: ("an order holds products that are still sold", "take the line off"),
}


def clean_note(note: str) -> str:
    """A note without signs that do not print.

    Raises
    ------
    InputError
        It is too long.
    """
    kept = "".join(sign for sign in note if sign.isprintable() or sign == "\n").strip()
    if len(kept) > LONGEST_NOTE:
        raise InputError(f"a note has at most {LONGEST_NOTE} signs", f"{len(kept)}", "shorten it")
    return kept


def place_draft(
    cursor: Cursor,
    principal: Principal,
    retailer_id: str,
    lines: Sequence[DraftLine],
    *,
    seen: Seen | None,
    total: float | None = None,
    note: str,
    now: datetime,
    fitted: Fitted,
) -> str:
    """Check and write an order, empty the draft; the order's id.

    Raises
    ------
    InputError
        The draft is not what was seen, or something stands in the way.
    """
    _require_seen(lines, seen)
    _require_total(lines, total)
    check = check_draft(cursor, retailer_id, lines, now)
    if not check.can_place:
        raise _refusal(cursor, check.problems[0])
    order_id = placing.place(
        cursor,
        Placement(
            retailer_id=retailer_id,
            lines=[
                PlacedLine(line.product.product_id, line.quantity, line.product.unit_price or 0.0)
                for line in lines
            ],
            ordered_at=clock.moment(cursor, now),
            placed_at=now,
            username=principal.username,
            note=note,
            blend_version=fitted.blend_version,
        ),
    )
    draft_store.replace(cursor, retailer_id, [])
    draft_store.restore_ordered(cursor, retailer_id, [line.product.product_id for line in lines])
    event_store.record(
        cursor,
        [
            Event(
                now, principal.username, retailer_id, EventKind.ORDERED.value,
                line.product.product_id, None if line.source is None else line.source.value, None,
                fitted.version, line.blend_version,
            )
            for line in lines
        ],
    )  # fmt: skip
    told = {"retailer": retailer_id, "lines": len(lines), "value": round(check.total, 2)}
    audit.record(cursor, audit.Entry(now, principal.username, "order.placed", order_id, told))
    return order_id


def _require_seen(lines: Sequence[DraftLine], seen: Seen | None) -> None:
    there = sorted((line.product.product_id, line.quantity) for line in lines)
    if not lines or seen is None or sorted((one, pieces) for one, pieces in seen) == there:
        return
    raise InputError(
        "an order is placed as its reader saw it", "a draft that has changed meanwhile",
        "look at it again, then place it",
    )  # fmt: skip


def _require_total(lines: Sequence[DraftLine], seen: float | None) -> None:
    total = sum(line.value or 0.0 for line in lines)
    if seen is not None and abs(total - seen) > HALF_A_CENT:
        raise InputError(
            "an order is placed at the prices its reader saw", "prices that changed meanwhile",
            "look at it again, then place it",
        )  # fmt: skip


def _refusal(cursor: Cursor, problem: Problem) -> InputError:
    info = dataset_store.read(cursor)
    words = Language() if info is None else Language(info.locale, info.currency)
    rule, action = _RULES[problem.blocker]
    return InputError(rule, say(problem.sentence, words), action)
