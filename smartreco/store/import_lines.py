"""Orders, their lines and returns of an import, merged with those that are known.

A line is (order_id, line_id): unknown ones are added, ones that differ replace
the old, the rest is left alone. Returns are then netted anew over every pair of
shop and product that changed (`import_returns`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.import_returns import (
    Netting,
    changed_returns,
    net_touched,
    write_returns,
)
from smartreco.store.placing import PLACED_HERE
from smartreco.store.registered import count, registered


@dataclass(frozen=True, slots=True)
class LineChanges:
    """Order lines of an import by what they did to the store; ``returns`` new or changed."""

    added: int
    replaced: int
    unchanged: int
    returns: int


_TEMPORARY: Final = ("incoming_lines", "line_changes", "touched")

# Lines as ordered. An order number known under another shop's name is an order of its own, as
# two customers of one number are within a file.
_STAGE: Final = """
    CREATE TEMP TABLE incoming_lines AS
    WITH as_given AS (
        SELECT order_id, line_id, retailer_id, product_id, ordered_at, quantity, unit_price, status
        FROM new_orders ANTI JOIN new_as_ordered USING (order_id, line_id)
        UNION ALL BY NAME SELECT * FROM new_as_ordered
    )
    SELECT CASE WHEN o.retailer_key <> r.retailer_key
                THEN g.order_id || '/' || g.retailer_id ELSE g.order_id END AS order_id,
           g.line_id, r.retailer_key, p.product_key, g.ordered_at,
           g.ordered_at::DATE AS ordered_on, g.quantity::INTEGER AS ordered_quantity,
           g.unit_price, g.status, g.status = 'cancelled' AS by_status
    FROM as_given g
    JOIN retailers r USING (retailer_id)
    JOIN products p USING (product_id)
    LEFT JOIN orders o ON o.order_id = g.order_id
"""

# An order that was cancelled here stays so, however late an older export comes in: what only
# says that it was placed is left out. A later word that it goes on all the same holds.
_CANCELLED_HERE: Final = """
    DELETE FROM incoming_lines WHERE order_id IN (
        SELECT o.order_id FROM placements p JOIN orders o USING (order_key)
        WHERE p.cancelled_at IS NOT NULL
          AND NOT EXISTS (
              SELECT 1 FROM incoming_lines i
              WHERE i.order_id = o.order_id AND i.status IN ('confirmed', 'delivered')
          )
    )
"""
# So does the part of a vendor who refused it while the order goes on.
_REFUSED_HERE: Final = """
    DELETE FROM incoming_lines WHERE status NOT IN ('confirmed', 'delivered')
      AND (order_id, product_key) IN (
          SELECT o.order_id, p.product_key FROM order_parts t JOIN orders o USING (order_key)
          JOIN products p ON coalesce(p.vendor_key, 0) = t.vendor_key
          WHERE t.status = 'cancelled' AND o.status <> 'cancelled')
"""
_GOES_ON: Final = """
    UPDATE placements SET cancelled_at = NULL, cancelled_by = NULL
    WHERE cancelled_at IS NOT NULL AND order_key IN (
        SELECT order_key FROM orders SEMI JOIN incoming_lines USING (order_id)
    )
"""

_ADD_ORDERS: Final = """
    INSERT INTO orders
    SELECT (SELECT coalesce(max(order_key), 0) FROM orders)
               + row_number() OVER (ORDER BY ordered_at, order_id),
           order_id, retailer_key, ordered_at, status, NULL, NULL
    FROM (
        SELECT order_id, any_value(retailer_key) AS retailer_key, min(ordered_at) AS ordered_at,
               coalesce(max(status) FILTER (NOT by_status), 'cancelled') AS status
        FROM incoming_lines GROUP BY order_id
    ) ANTI JOIN orders USING (order_id)
"""

_COMPARE: Final = """
    CREATE TEMP TABLE line_changes AS
    WITH known AS (
        SELECT order_key, line_id, retailer_key, product_key, ordered_on, ordered_quantity,
               unit_price, false AS by_status
        FROM order_lines
        UNION ALL
        SELECT order_key, line_id, retailer_key, product_key, ordered_on, ordered_quantity,
               unit_price, by_status
        FROM cancelled_lines
    )
    SELECT o.order_key, i.line_id, i.retailer_key, i.product_key, i.ordered_on,
           i.ordered_quantity, i.unit_price, i.by_status, k.product_key AS old_product_key,
           CASE WHEN k.line_id IS NULL THEN 'added'
                WHEN k.product_key = i.product_key AND k.ordered_on = i.ordered_on
                     AND k.ordered_quantity = i.ordered_quantity
                     AND k.unit_price = i.unit_price AND k.by_status = i.by_status
                THEN 'unchanged' ELSE 'replaced' END AS change
    FROM incoming_lines i
    JOIN orders o ON o.order_id = i.order_id
    LEFT JOIN known k ON k.order_key = o.order_key AND k.line_id = i.line_id
"""

_REMOVE_REPLACED: Final = """
    DELETE FROM {table} USING line_changes c
    WHERE c.change = 'replaced' AND {table}.order_key = c.order_key AND {table}.line_id = c.line_id
"""

_TAKEN_OVER: Final = """
    UPDATE order_lines SET batch_id = $batch FROM line_changes c
    WHERE c.change = 'unchanged' AND order_lines.batch_id = $here
      AND order_lines.order_key = c.order_key AND order_lines.line_id = c.line_id
"""

_ADD_LINES: Final = """
    INSERT INTO order_lines
    SELECT order_key, line_id, retailer_key, product_key, ordered_on, ordered_quantity, unit_price,
           $batch, ordered_quantity
    FROM line_changes WHERE change <> 'unchanged' AND NOT by_status ORDER BY ordered_on
"""

_ADD_CANCELLED: Final = """
    INSERT INTO cancelled_lines
    SELECT order_key, line_id, retailer_key, product_key, ordered_on, unit_price, $batch,
           ordered_quantity, true
    FROM line_changes WHERE change <> 'unchanged' AND by_status
"""

# An order placed here comes back in an export: what that says of its lines holds from now on,
# also where it numbers them in its own way.
_BROUGHT_BACK: Final = """
    {table}.batch_id = $here
    AND EXISTS (
        SELECT 1 FROM incoming_lines i JOIN orders o ON o.order_id = i.order_id
        WHERE o.order_key = {table}.order_key
    )
    AND NOT EXISTS (
        SELECT 1 FROM line_changes c
        WHERE c.order_key = {table}.order_key AND c.line_id = {table}.line_id
    )
    AND (order_key, product_key) NOT IN (
        SELECT t.order_key, p.product_key
        FROM order_parts t JOIN orders o USING (order_key)
        JOIN products p ON coalesce(p.vendor_key, 0) = t.vendor_key
        WHERE t.status = 'cancelled' AND o.status <> 'cancelled'
    )
"""

_TOUCHED: Final = f"""
    CREATE TEMP TABLE touched AS
    SELECT retailer_key, product_key FROM order_lines
    WHERE {_BROUGHT_BACK.format(table="order_lines")}
    UNION
    SELECT retailer_key, product_key FROM line_changes WHERE change <> 'unchanged'
    UNION
    SELECT retailer_key, old_product_key FROM line_changes WHERE change = 'replaced'
    UNION
    SELECT retailer_key, product_key FROM new_returns
    JOIN retailers USING (retailer_id) JOIN products USING (product_id)
    WHERE (order_id, line_id) IN (SELECT (order_id, line_id) FROM changed_returns)
"""

_SETTLE_ORDERS: Final = """
    WITH incoming AS (
        SELECT order_id, min(ordered_at) AS ordered_at,
               max(status) FILTER (NOT by_status) AS status
        FROM incoming_lines GROUP BY order_id
    )
    UPDATE orders SET
        status = CASE
            WHEN i.status = 'placed' AND orders.status IN ('confirmed', 'delivered')
                 AND orders.order_key IN (SELECT order_key FROM placements)
            THEN orders.status ELSE coalesce(i.status, orders.status) END,
        ordered_at = CASE WHEN i.ordered_at < orders.ordered_at OR NOT EXISTS (
                SELECT 1 FROM order_lines l
                WHERE l.order_key = orders.order_key AND l.ordered_on = orders.ordered_at::DATE
            ) THEN i.ordered_at ELSE orders.ordered_at END
    FROM incoming i WHERE orders.order_id = i.order_id
"""

_CANCEL_EMPTY: Final = """
    UPDATE orders SET status = 'cancelled'
    WHERE status <> 'cancelled'
      AND order_key IN (SELECT order_key FROM cancelled_lines)
      AND order_key NOT IN (SELECT order_key FROM order_lines)
"""


def write_lines(
    cursor: Cursor,
    orders: pd.DataFrame,
    as_ordered: pd.DataFrame | None,
    returns: pd.DataFrame | None,
    *,
    batch: int,
    net: Netting,
) -> LineChanges:
    """Merge order lines and returns into the store; products and shops are known.

    Leaves the temporary table ``touched`` (retailer_key, product_key): the pairs
    whose lines changed. `forget_temporary` drops it.
    """
    as_ordered = orders.iloc[:0] if as_ordered is None else as_ordered
    returns = _no_returns(orders) if returns is None else returns
    forget_temporary(cursor)
    with registered(cursor, new_orders=orders, new_as_ordered=as_ordered, new_returns=returns):
        cursor.execute(_STAGE)
        left_out = count(cursor, _CANCELLED_HERE) + count(cursor, _REFUSED_HERE)
        cursor.execute(_GOES_ON)
        cursor.execute(_ADD_ORDERS)
        cursor.execute(_COMPARE)
        news = changed_returns(cursor)
        with registered(cursor, changed_returns=news):
            cursor.execute(_TOUCHED, {"here": PLACED_HERE})
            write_returns(cursor, batch)
    for table in ("order_lines", "cancelled_lines"):
        cursor.execute(_REMOVE_REPLACED.format(table=table))
        cursor.execute(
            f"DELETE FROM {table} WHERE {_BROUGHT_BACK.format(table=table)}", {"here": PLACED_HERE}
        )
    cursor.execute(_TAKEN_OVER, {"batch": batch, "here": PLACED_HERE})
    cursor.execute(_ADD_LINES, {"batch": batch})
    cursor.execute(_ADD_CANCELLED, {"batch": batch})
    cursor.execute(_SETTLE_ORDERS)
    net_touched(cursor, net)
    cursor.execute(_CANCEL_EMPTY)
    return _changes(cursor, len(news), left_out)


def forget_temporary(cursor: Cursor) -> None:
    """Drop what `write_lines` keeps beside the tables."""
    for name in _TEMPORARY:
        cursor.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _changes(cursor: Cursor, returns: int, left_out: int) -> LineChanges:
    rows = cursor.execute("SELECT change, count(*) FROM line_changes GROUP BY change").fetchall()
    counts = {str(change): int(n) for change, n in rows}
    return LineChanges(
        counts.get("added", 0),
        counts.get("replaced", 0),
        counts.get("unchanged", 0) + left_out,
        returns,
    )


def _no_returns(orders: pd.DataFrame) -> pd.DataFrame:
    names = ["order_id", "line_id", "retailer_id", "product_id", "ordered_at", "quantity"]
    return orders.iloc[:0][names]
