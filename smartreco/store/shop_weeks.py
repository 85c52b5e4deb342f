"""What one shop ordered week by week, product by product: read alone, since all shops are many."""

from __future__ import annotations

from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.series import Span

_WEEKS: Final = """
    WITH shop AS (SELECT retailer_key FROM retailers WHERE retailer_id = $retailer),
    gone AS (
        SELECT order_key FROM orders SEMI JOIN shop USING (retailer_key) WHERE status = 'cancelled'
    ),
    sold AS (
        SELECT week, product_key, quantity FROM weekly_sales SEMI JOIN shop USING (retailer_key)
        WHERE week >= $first AND week < $until
        UNION ALL
        SELECT date_trunc('week', ordered_on)::DATE, product_key, -quantity
        FROM order_lines SEMI JOIN gone USING (order_key)
        WHERE ordered_on >= $first AND ordered_on < $until
    )
    SELECT p.product_id AS id, ((week - $first) // 7)::INTEGER AS period,
           sum(quantity)::DOUBLE AS quantity
    FROM sold JOIN products p USING (product_key) GROUP BY ALL ORDER BY id, period
"""


def weekly(cursor: Cursor, retailer_id: str, known: Span) -> pd.DataFrame:
    """Pieces a week: columns id (product), period (weeks since `known.first`), quantity."""
    asked = {"retailer": retailer_id, "first": known.first, "until": known.until}
    return cursor.execute(_WEEKS, asked).df()
