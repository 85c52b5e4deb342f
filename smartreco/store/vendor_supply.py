"""A vendor's supply side: his products' terms, sales by region, and where stock is recorded."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.registered import count, insert
from smartreco.store.vendor_scope import Scope, Span, named, own, read_sold

_REGIONS: Final = """
    , by_region AS (
        SELECT region, product_key, week, sum(quantity) AS quantity
        FROM sold JOIN shops USING (retailer_key) GROUP BY ALL
    )
    SELECT region, product_id, week, quantity
    FROM by_region JOIN own USING (product_key) ORDER BY region, product_id, week
"""
_RECORDED: Final = """
    SELECT count(DISTINCT date_trunc('week', s."at"))
    FROM stock_levels s JOIN products p USING (product_key)
    ANTI JOIN vendor_counts c ON c.product_id = p.product_id AND c.counted_on = s."at"
    WHERE s.holder_kind = 'vendor' AND s."at" >= $first AND s."at" < $until
"""
_EVER: Final = """
    SELECT DISTINCT own.product_id FROM stock_levels s JOIN own USING (product_key)
    WHERE s.holder_kind = 'vendor'
"""
_TERMS: Final = """
    SELECT p.product_id, p.case_size, p.unit_cost FROM products p JOIN vendors v USING (vendor_key)
    WHERE v.vendor_id = ? ORDER BY p.product_id
"""
_PROMOTIONS: Final = """
    SELECT p.product_id, m.starts_on, m.ends_on, m.depth
    FROM promotions m JOIN products p USING (product_key) JOIN vendors v USING (vendor_key)
    WHERE v.vendor_id = $vendor AND m.ends_on >= $first AND m.depth > 0
    ORDER BY p.product_id, m.starts_on, m.ends_on, m.depth
"""


def by_region_week(cursor: Cursor, gone: pd.DataFrame, scope: Scope, span: Span) -> pd.DataFrame:
    """Columns region, product_id, week, quantity; weeks without an order are missing rows."""
    return read_sold(cursor, gone, scope, _REGIONS, span)


def weeks_recorded(cursor: Cursor, span: Span) -> int:
    """Weeks in which an import brought a count of any vendor's stock."""
    return count(cursor, _RECORDED, {"first": span[0], "until": span[1]})


def ever_counted(cursor: Cursor, vendor_id: str) -> set[str]:
    """Products of which a stock was ever recorded."""
    scope = Scope(vendor_id)
    rows = cursor.execute(f"WITH {own(scope)}" + _EVER, named(scope)).fetchall()
    return {str(product_id) for (product_id,) in rows}


def costs(cursor: Cursor, vendor_id: str) -> pd.DataFrame:
    """Columns product_id, case_size (pieces), unit_cost (currency; missing: not known)."""
    return cursor.execute(_TERMS, [vendor_id]).df()


def promotions(cursor: Cursor, vendor_id: str, first: date) -> pd.DataFrame:
    """Promotions that end on a day or later: columns product_id, starts_on, ends_on, depth."""
    return cursor.execute(_PROMOTIONS, {"vendor": vendor_id, "first": first}).df()


def lead_time(cursor: Cursor, vendor_id: str) -> int | None:
    """Days that the data say a vendor takes; None: not known."""
    row = cursor.execute(
        "SELECT lead_time_days FROM vendors WHERE vendor_id = ? AND lead_time_days > 0", [vendor_id]
    ).fetchone()
    return None if row is None else int(row[0])


def vendor_name(cursor: Cursor, vendor_id: str) -> str:
    """The name of a vendor who is there."""
    row = cursor.execute("SELECT name FROM vendors WHERE vendor_id = ?", [vendor_id]).fetchone()
    return vendor_id if row is None else str(row[0])


def wish(cursor: Cursor, vendor_id: str) -> tuple[float, int, int | None] | None:
    """Service level, days between looks and lead days that a vendor chose; None: none."""
    row = cursor.execute(
        "SELECT service, review_days, lead_days FROM vendor_settings WHERE vendor_id = ?",
        [vendor_id],
    ).fetchone()
    return None if row is None else (float(row[0]), int(row[1]), row[2])


def keep_wish(
    cursor: Cursor, vendor_id: str, service: float, review_days: int, lead_days: int | None
) -> None:
    """Keep what a vendor chose."""
    insert(
        cursor, "vendor_settings", [(vendor_id, service, review_days, lead_days)],
        "ON CONFLICT (vendor_id) DO UPDATE SET service = excluded.service, "
        "review_days = excluded.review_days, lead_days = excluded.lead_days",
    )  # fmt: skip
