"""Orders as one vendor sees them: his lines of each, and nothing of the others'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from smartreco.store.connection import Cursor

OPEN: Final = frozenset({"placed", "confirmed"})  # parts of orders that are open themselves

WINDOWS: Final = (35, 280)  # days back from the last order, in which a page is looked for first
MOVED: Final = 31  # days that a line may be older than its order, where an export has moved it

# His part of each order; where only some are asked for, few lines are looked at.
_MINE: Final = """
    WITH vendor AS (SELECT vendor_key FROM vendors WHERE vendor_id = $vendor),
    own AS (SELECT product_key FROM products JOIN vendor USING (vendor_key)),
    chosen AS (SELECT order_key FROM orders o WHERE {which}),
    mine AS (
        SELECT order_key FROM order_lines {join} own USING (product_key){only}{where}
        UNION
        SELECT l.order_key FROM cancelled_lines l{some} JOIN own USING (product_key)
        JOIN orders o ON o.order_key = l.order_key CROSS JOIN vendor v
        LEFT JOIN order_parts t ON t.order_key = l.order_key AND t.vendor_key = v.vendor_key
        WHERE l.by_status AND 'cancelled' IN (o.status, t.status)
    ), parts AS (
        SELECT o.order_key, vendor_key, o.order_id, o.retailer_key, o.ordered_at,
               coalesce(t.status, o.status) AS status,
               CASE WHEN t.status IS NULL THEN o.delivered_on ELSE t.delivered_on END
                   AS delivered_on,
               coalesce(t.reason, '') AS reason, p.order_key IS NOT NULL AS placed_here
        FROM orders o JOIN mine USING (order_key) CROSS JOIN vendor
        LEFT JOIN placements p ON p.order_key = o.order_key
        LEFT JOIN order_parts t USING (order_key, vendor_key)
    )
"""
_CHOSEN: Final = " SEMI JOIN chosen USING (order_key)"
_ALL: Final = _MINE.format(which="true", join="JOIN", only="", some="", where="")
_SOME: Final = _MINE.format(which="{which}", join="SEMI JOIN", only=_CHOSEN, some=_CHOSEN, where="")
_HERE: Final = _SOME.format(which="order_key IN (SELECT order_key FROM placements)")
_OPEN: Final = _SOME.format(which="o.status IN ('placed', 'confirmed')")
# Those since a day and, however old, those that he can settle: they come first in every page.
_RECENT: Final = _MINE.format(
    which="ordered_at >= $since",
    join="JOIN",
    only=_CHOSEN,
    some="",
    where=f"""
        WHERE ordered_on >= $since::DATE - {MOVED}
        UNION
        SELECT order_key FROM order_lines SEMI JOIN placements USING (order_key)
        JOIN own USING (product_key)""",
)
_SHOWN: Final = """
    SELECT order_key, vendor_key, order_id, retailer_id, name, city, ordered_at, status,
           delivered_on, placed_here, reason
    FROM (SELECT * FROM parts {only}) JOIN retailers USING (retailer_key)
"""
_ORDER: Final = """
    ORDER BY placed_here AND status IN ('placed', 'confirmed') DESC, ordered_at::DATE DESC,
             order_key DESC
"""
_PAGE: Final = (
    _SHOWN.format(
        only="WHERE (len($statuses) = 0 OR list_contains($statuses, status)) AND (ordered_at >= "
        "$since OR placed_here AND status IN ('placed', 'confirmed'))"
        + _ORDER
        + "LIMIT $limit OFFSET $offset"
    )
    + _ORDER
)
_COUNTS: Final = " SELECT status, count(*) FROM parts WHERE {} GROUP BY status ORDER BY status"
_COUNTS_OF_DATA: Final = _ALL + _COUNTS.format("NOT placed_here")
_COUNTS_HERE: Final = _HERE + _COUNTS.format("true")
_ONE: Final = _SOME.format(which="o.order_id = $order") + _SHOWN.format(only="")
_LINES: Final = """
    SELECT l.order_key, p.product_id, p.name, p.case_size, l.quantity, l.unit_price
    FROM (
        SELECT order_key, product_key, quantity, unit_price FROM order_lines
        SEMI JOIN (SELECT unnest($keys::BIGINT[]) AS order_key) USING (order_key)
        UNION ALL
        SELECT order_key, product_key, ordered_quantity, unit_price FROM cancelled_lines
        SEMI JOIN (SELECT unnest($gone::BIGINT[]) AS order_key) USING (order_key)
        WHERE by_status
    ) l JOIN products p USING (product_key) JOIN vendors v USING (vendor_key)
    WHERE v.vendor_id = $vendor
"""
_SUMS: Final = f"""
    SELECT order_key, count(*), sum(quantity)::BIGINT, sum(quantity * unit_price)
    FROM ({_LINES}) GROUP BY order_key
"""
_ORDER_LINES: Final = f"""
    SELECT product_id, name, case_size, sum(quantity)::BIGINT, unit_price FROM ({_LINES})
    GROUP BY ALL ORDER BY sum(quantity * unit_price) DESC, product_id
"""


class PartRow(NamedTuple):
    """A vendor's part of an order; ``reason`` : why he refused it, "" where he did not."""

    order_key: int
    vendor_key: int
    order_id: str
    retailer_id: str
    retailer: str
    city: str | None
    ordered_at: datetime
    status: str
    delivered_on: date | None
    placed_here: bool
    reason: str = ""


class LineRow(NamedTuple):
    """A line of his part; ``unit_price`` 0 where none was known."""

    product_id: str
    name: str
    case_size: int
    quantity: int
    unit_price: float


Sums = tuple[int, int, float]  # lines, pieces, currency


def page(
    cursor: Cursor, vendor_id: str, statuses: Sequence[str], limit: int, offset: int
) -> list[tuple[PartRow, Sums]]:
    """Orders with his lines: what he can settle first, then the newest. No statuses: all."""
    asked = {"vendor": vendor_id, "statuses": list(statuses), "limit": limit, "offset": offset}
    rows: list[PartRow] = []
    for mine, since in _tries(cursor, statuses):
        found = cursor.execute(mine + _PAGE, {**asked, "since": since}).fetchall()
        rows = [PartRow(*row) for row in found]
        if len(rows) == limit:
            break
    if not rows:
        return []
    added = cursor.execute(_SUMS, _keys(vendor_id, rows)).fetchall()
    sums = {key: (int(lines), int(pieces), float(value)) for key, lines, pieces, value in added}
    return [(row, sums.get(row.order_key, (0, 0, 0.0))) for row in rows]


def _tries(cursor: Cursor, statuses: Sequence[str]) -> Iterator[tuple[str, datetime]]:
    """Where to look for a page: a full one of the last weeks is the same as of all time."""
    if statuses and set(statuses) <= OPEN:
        yield _OPEN, datetime.min
        return
    (last,) = cursor.execute("SELECT max(ordered_at) FROM orders").fetchone() or (None,)
    if last is not None:
        for days in WINDOWS:
            yield _RECENT, last - timedelta(days=days)
    yield _ALL, datetime.min


def counts_of_data(cursor: Cursor, vendor_id: str) -> dict[str, int]:
    """How many orders that came with the data have his lines, by status; an import changes it."""
    return dict(cursor.execute(_COUNTS_OF_DATA, {"vendor": vendor_id}).fetchall())


def counts_here(cursor: Cursor, vendor_id: str) -> dict[str, int]:
    """How many orders that were placed here have his lines, by the status of his part."""
    return dict(cursor.execute(_COUNTS_HERE, {"vendor": vendor_id}).fetchall())


def find(cursor: Cursor, vendor_id: str, order_id: str) -> PartRow | None:
    """His part of an order; None where he has none, or there is no such order."""
    row = cursor.execute(_ONE, {"vendor": vendor_id, "order": order_id}).fetchone()
    return None if row is None else PartRow(*row)


def lines(cursor: Cursor, vendor_id: str, part: PartRow) -> list[LineRow]:
    """His lines, the dearest first."""
    rows = cursor.execute(_ORDER_LINES, _keys(vendor_id, [part])).fetchall()
    return [LineRow(*row) for row in rows]


def _keys(vendor_id: str, rows: list[PartRow]) -> dict[str, object]:
    gone = [row.order_key for row in rows if row.status == "cancelled"]
    return {"vendor": vendor_id, "keys": [row.order_key for row in rows], "gone": gone}
