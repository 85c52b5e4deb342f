"""Returns of an import, kept beside the lines and netted over old and new ones together.

Lines are kept as ordered beside what stayed of them, and returns are kept too,
so that two overlapping exports end where one export would have. An order that was
placed in the application and that no export has brought yet is on its way: nothing
can have been sent back of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.placing import PLACED_HERE
from smartreco.store.registered import registered

#: Takes events (pair, ordered_at, order_id, line_id, quantity; returns below 0) and says what
#: is left of each: pieces that stay of a line, pieces of a return that found none.
Netting = Callable[[pd.DataFrame], npt.NDArray[np.int64]]

_CHANGED_RETURNS: Final = """
    SELECT order_id, line_id, retailer_id, product_id, ordered_at, quantity::INTEGER AS quantity
    FROM new_returns
    EXCEPT
    SELECT order_id, line_id, retailer_id, product_id, ordered_at, quantity FROM returned_lines
"""

_EVENTS: Final = """
    WITH undone AS (
        SELECT retailer_key, product_key, order_id, line_id, ordered_at, quantity
        FROM returned_lines JOIN retailers USING (retailer_id) JOIN products USING (product_id)
        SEMI JOIN touched USING (retailer_key, product_key)
    ), pairs AS (
        SELECT DISTINCT retailer_key, product_key FROM undone
    ), lines AS (
        SELECT order_key, line_id, retailer_key, product_key, ordered_on, unit_price, batch_id,
               ordered_quantity
        FROM order_lines SEMI JOIN pairs USING (retailer_key, product_key)
        WHERE batch_id <> $here
        UNION ALL
        SELECT * EXCLUDE (by_status)
        FROM cancelled_lines SEMI JOIN pairs USING (retailer_key, product_key)
        WHERE NOT by_status
    )
    SELECT l.*, o.order_id, l.ordered_quantity AS quantity,
           CASE WHEN o.ordered_at::DATE = l.ordered_on THEN o.ordered_at
                ELSE l.ordered_on::TIMESTAMP END AS ordered_at
    FROM lines l JOIN orders o USING (order_key)
    UNION ALL BY NAME
    SELECT retailer_key, product_key, order_id, line_id, ordered_at, -quantity AS quantity
    FROM undone
"""

_REMOVE_NETTED: Final = """
    DELETE FROM {table} USING netted n
    WHERE {table}.order_key = n.order_key AND {table}.line_id = n.line_id
"""

_ADD_NETTED: Final = """
    INSERT INTO order_lines
    SELECT order_key, line_id, retailer_key, product_key, ordered_on, "left", unit_price, batch_id,
           ordered_quantity
    FROM netted WHERE "left" > 0
"""

_ADD_RETURNED: Final = """
    INSERT INTO cancelled_lines
    SELECT order_key, line_id, retailer_key, product_key, ordered_on, unit_price, batch_id,
           ordered_quantity, false
    FROM netted WHERE "left" = 0
"""


def changed_returns(cursor: Cursor) -> pd.DataFrame:
    """The returns among ``new_returns`` that are new, or differ from what is known."""
    return cursor.execute(_CHANGED_RETURNS).df()


def write_returns(cursor: Cursor, batch: int) -> None:
    """Keep the returns of ``changed_returns`` in place of what is known."""
    cursor.execute(
        "DELETE FROM returned_lines USING changed_returns c "
        "WHERE returned_lines.order_id = c.order_id AND returned_lines.line_id = c.line_id"
    )
    cursor.execute("INSERT INTO returned_lines SELECT *, ? FROM changed_returns", [batch])


def net_touched(cursor: Cursor, net: Netting) -> None:
    """Take returns off the lines of every touched pair that has any."""
    events = cursor.execute(_EVENTS, {"here": PLACED_HERE}).df()
    if events.empty:
        return
    pair = events.groupby(["retailer_key", "product_key"], sort=False).ngroup()
    events = events.assign(pair=pair, left=net(events.assign(pair=pair)))
    netted = events[events["order_key"].notna()]
    with registered(cursor, netted=netted.astype({"order_key": "int64", "batch_id": "int64"})):
        for table in ("order_lines", "cancelled_lines"):
            cursor.execute(_REMOVE_NETTED.format(table=table))
        cursor.execute(_ADD_NETTED)
        cursor.execute(_ADD_RETURNED)
