"""All that the store holds of one shop and of the people who act for it, but no secret."""

from __future__ import annotations

from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor

_SHOP: Final = "(SELECT retailer_key FROM retailers WHERE retailer_id = $id)"
_PEOPLE: Final = "(SELECT username FROM accounts WHERE retailer_id = $id)"
_LINES: Final = f"""
    FROM {{table}} l JOIN orders o USING (order_key) JOIN products p USING (product_key)
    WHERE l.retailer_key = {_SHOP} ORDER BY l.ordered_on, order_id, line_id
"""

#: A file of the export each.
READ: Final = {
    "shop": "SELECT * EXCLUDE (retailer_key) FROM retailers WHERE retailer_id = $id",
    "accounts": (
        "SELECT username, name, role, disabled, created_at FROM accounts "
        "WHERE retailer_id = $id ORDER BY username"
    ),
    "sign_ins": (
        "SELECT a.username, happened_at, succeeded FROM login_attempts l "
        "JOIN accounts a ON l.username = sha256(a.username) "  # as `login_attempts.attempted`
        "WHERE retailer_id = $id ORDER BY happened_at"
    ),
    "acts": (
        "SELECT happened_at, username, action, subject FROM audit_log "
        f"WHERE username IN {_PEOPLE} OR subject IN {_PEOPLE} OR subject = $id ORDER BY happened_at"
    ),
    "orders": (
        "SELECT order_id, ordered_at, status, delivered_on, placements.username AS placed_by, "
        "placed_at, note, cancelled_at, cancelled_by FROM orders LEFT JOIN placements "
        f"USING (order_key) WHERE retailer_key = {_SHOP} ORDER BY ordered_at, order_id"
    ),
    "order_lines": (
        "SELECT order_id, line_id, product_id, p.name AS product, l.ordered_on, l.quantity, "
        f"l.ordered_quantity, l.unit_price {_LINES.format(table='order_lines')}"
    ),
    "cancelled_lines": (
        "SELECT order_id, line_id, product_id, p.name AS product, l.ordered_on, "
        f"l.ordered_quantity, l.unit_price {_LINES.format(table='cancelled_lines')}"
    ),
    "returned_lines": (
        "SELECT order_id, line_id, product_id, ordered_at, quantity FROM returned_lines "
        "WHERE retailer_id = $id ORDER BY ordered_at, order_id, line_id"
    ),
    "draft": (
        "SELECT product_id, quantity, source, added_at FROM order_drafts "
        "WHERE retailer_id = $id ORDER BY added_at, product_id"
    ),
    "dismissed_products": (
        "SELECT product_id, dismissed_at FROM dismissals WHERE retailer_id = $id "
        "ORDER BY dismissed_at"
    ),
    "events": (
        "SELECT happened_at, username, kind, product_id, list, rank, probability FROM events "
        "WHERE retailer_id = $id ORDER BY happened_at, product_id"
    ),
    "stock": (
        'SELECT product_id, "at", on_hand, on_order FROM stock_levels '
        "JOIN products USING (product_key) WHERE holder_kind = 'retailer' "
        f'AND holder_key = {_SHOP} ORDER BY "at", product_id'
    ),
    "shelf_counts": (
        "SELECT product_id, counted_on, pieces, username, entered_at FROM shelf_counts "
        "WHERE retailer_id = $id ORDER BY counted_on, product_id"
    ),
    "ordering_settings": (
        "SELECT service, review_days FROM shop_settings WHERE retailer_id = $id"
    ),
}  # fmt: skip


def frames(cursor: Cursor, retailer_id: str) -> dict[str, pd.DataFrame]:
    """The shop's data by name of the file; a table without rows is there with its columns."""
    return {
        name: cursor.execute(sql, {"id": retailer_id}).df() for name, sql in READ.items()
    }  # fmt: skip
