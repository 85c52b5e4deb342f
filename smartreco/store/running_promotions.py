"""Promotions that run on a day: what is taken off list prices then.

Only products with a list price: where none is known, the price that shops see is one that was
paid of late, and a promotion may be taken off it already.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor

_RUNNING: Final = """
    SELECT p.product_id, m.depth, m.ends_on
    FROM promotions m JOIN products p USING (product_key)
    WHERE $day BETWEEN m.starts_on AND m.ends_on AND m.depth > 0 AND m.depth < 1
      AND p.list_price IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY product_key ORDER BY m.depth DESC, m.ends_on DESC) = 1
    ORDER BY p.product_id
"""


def running(cursor: Cursor, day: date) -> pd.DataFrame:
    """The deepest promotion of each product on a day.

    Columns product_id, depth (share off the list price, 0..1), ends_on (its last day).
    """
    return cursor.execute(_RUNNING, {"day": day}).df()
