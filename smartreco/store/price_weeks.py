"""Prices as shops paid them, week by week and by size of line: what price response is learned from.

A pallet is cheaper by the piece than a case, so lines of like size are kept together
(four bands to a doubling of cases) and are brought to one price by the reader.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor

_LINES: Final = """
    SELECT p.product_id, p.category, coalesce(p.subcategory, p.category) AS subcategory,
           date_trunc('week', l.ordered_on)::DATE AS week,
           CASE WHEN l.quantity < p.case_size THEN -1
                ELSE floor(4 * log2(l.quantity / p.case_size) + 1e-9) END::INTEGER AS band,
           sum(l.quantity)::DOUBLE AS units, count(*)::INTEGER AS lines,
           median(l.unit_price) AS price
    FROM order_lines l JOIN products p USING (product_key)
    ANTI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    WHERE l.unit_price > 0
    GROUP BY ALL ORDER BY p.product_id, week, band
"""
_DEPTHS: Final = """
    SELECT p.product_id, w.week, max(m.depth) AS depth
    FROM promotions m JOIN products p USING (product_key)
    JOIN (SELECT DISTINCT week FROM weekly_sales) w
      ON m.starts_on <= w.week + 3 AND m.ends_on >= w.week + 3
    GROUP BY ALL ORDER BY ALL
"""
_PLANS: Final = """
    SELECT p.product_id AS id, w.period::INTEGER AS period, max(m.depth) AS quantity
    FROM promotions m JOIN products p USING (product_key)
    JOIN (SELECT range AS period, $first::DATE + (7 * range)::INTEGER AS week
          FROM range($weeks)) w
      ON m.starts_on <= w.week + 3 AND m.ends_on >= w.week + 3
    GROUP BY ALL ORDER BY ALL
"""
_STOCK_OUTS: Final = """
    SELECT DISTINCT p.product_id, date_trunc('week', s."at")::DATE AS week
    FROM stock_levels s JOIN products p USING (product_key)
    WHERE s.holder_kind = 'vendor' AND s.on_hand <= 0 ORDER BY ALL
"""


def lines(cursor: Cursor) -> pd.DataFrame:
    """What was paid: a row a product, week and band of line sizes.

    Columns product_id, category, subcategory, week (Monday), band (-1: less than a case;
    else four to a doubling of cases), units (pieces), lines, price (median, for one piece).
    """
    return cursor.execute(_LINES).df()


def depths(cursor: Cursor) -> pd.DataFrame:
    """Promotions that held in the middle of a week: columns product_id, week, depth (0..1)."""
    return cursor.execute(_DEPTHS).df()


def plans(cursor: Cursor, first: date, weeks: int) -> pd.DataFrame:
    """Promotions that hold in the middle of a week, planned ones among them.

    Columns id (product), period (weeks since the Monday `first`), quantity (depth, 0..1), so
    that `smartreco.store.series.matrix` spreads them.
    """
    return cursor.execute(_PLANS, {"first": first, "weeks": weeks}).df()


def planned_until(cursor: Cursor) -> date | None:
    """First day of the last promotion that is planned; None without promotions."""
    row = cursor.execute("SELECT max(starts_on) FROM promotions").fetchone()
    return None if row is None else row[0]


def stock_outs(cursor: Cursor) -> pd.DataFrame:
    """Weeks in which the vendor was seen with nothing left: columns product_id, week."""
    return cursor.execute(_STOCK_OUTS).df()
