"""What vendors have and what of it is free, from their last counts and orders placed here.

A count stays as it was recorded: that it comes in again with an export brings nothing back.
What was delivered from it since has left (`gone`), what is ordered and not delivered is
still there but taken (`reserved`); free is what remains. Which orders a count knows of:

- recorded in the data: all that were placed before its day, delivered or not;
- typed here, of what lies in the warehouse: deliveries until it was entered. An order that
  is not delivered still lies there, however new the count is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor

_COUNTED: Final = """
    SELECT s.product_key, any_value(p.product_id) AS product_id,
           any_value(p.vendor_key) AS vendor_key, arg_max(s.on_hand, s."at") AS on_hand,
           arg_max(s.on_order, s."at") AS on_order, max(s."at") AS recorded
    FROM stock_levels s JOIN products p USING (product_key)
    WHERE s.holder_kind = 'vendor'{only} GROUP BY s.product_key
"""
_STOCK: Final = """
    WITH counted AS (
        SELECT c.*, v.entered_at FROM ({counted}) c
        LEFT JOIN vendor_counts v
          ON v.product_id = c.product_id AND v.counted_on = c.recorded
    ), ordered AS (
        SELECT l.product_key, p.stock_day, l.quantity,
               coalesce(t.status, o.status) = 'delivered' AS delivered, t.settled_at
        FROM placements p JOIN orders o USING (order_key)
        JOIN order_lines l ON l.order_key = p.order_key
        JOIN products g ON g.product_key = l.product_key
        LEFT JOIN order_parts t
          ON t.order_key = p.order_key AND t.vendor_key = coalesce(g.vendor_key, 0)
        WHERE o.status <> 'cancelled'
    ), taken AS (
        SELECT product_key, sum(quantity) FILTER (delivered) AS gone,
               sum(quantity) FILTER (NOT delivered) AS reserved
        FROM ordered JOIN counted c USING (product_key)
        WHERE CASE WHEN c.entered_at IS NULL THEN c.recorded <= stock_day
                   ELSE NOT delivered OR settled_at > c.entered_at END
        GROUP BY product_key
    )
    SELECT product_key, product_id, on_hand AS counted, on_order, recorded AS counted_on,
           entered_at IS NOT NULL AS typed,
           greatest(on_hand - coalesce(gone, 0), 0)::BIGINT AS on_hand,
           coalesce(reserved, 0)::BIGINT AS reserved,
           greatest(on_hand - coalesce(gone, 0) - coalesce(reserved, 0), 0)::BIGINT AS free
    FROM counted LEFT JOIN taken USING (product_key)
"""

#: Of every product with a count: product_key, product_id, counted, on_order, counted_on, typed,
#: on_hand, reserved, free.
STOCK: Final = _STOCK.format(counted=_COUNTED.format(only=""))
_SOME: Final = _STOCK.format(counted=_COUNTED.format(only=" AND list_contains($ids, p.product_id)"))


def stock(cursor: Cursor, product_ids: Sequence[str]) -> pd.DataFrame:
    """Stock of products; those without a count are left out.

    Columns product_id, counted, on_order, counted_on (the last count as it was recorded),
    typed (here, not imported), on_hand, reserved, free (pieces, see the module).
    """
    return cursor.execute(
        f"SELECT * EXCLUDE (product_key) FROM ({_SOME}) ORDER BY product_id",
        {"ids": list(product_ids)},
    ).df()


def free(cursor: Cursor, product_ids: Sequence[str]) -> dict[str, int]:
    """Pieces that vendors have and no order takes; products of unknown stock are left out."""
    if not product_ids:
        return {}
    rows = cursor.execute(
        f"SELECT product_id, free FROM ({_SOME})", {"ids": list(product_ids)}
    ).fetchall()
    return {str(product_id): int(pieces) for product_id, pieces in rows}


def reserved(cursor: Cursor) -> pd.DataFrame:
    """Pieces of recorded stock in orders that are not delivered: columns product_id, reserved."""
    return cursor.execute(
        f"SELECT product_id, reserved FROM ({STOCK}) WHERE reserved > 0 ORDER BY product_id"
    ).df()
