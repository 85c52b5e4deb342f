"""Order history as the recommender reads it: positions, days and pieces.

One SQL path from the store to arrays. Retailer, product and day share one 64-bit
key, so that DuckDB sorts millions of lines by one number and hands over 12 bytes
a line; lines of one day are added up here, which no hash table has to hold.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import PRODUCT, QUANTITY, RETAILER
from smartreco.store.connection import Cursor

DAY_BITS: Final = 16  # days since 1970-01-01 until the year 2149
PRODUCT_BITS: Final = 24

RETAILERS = """
    SELECT retailer_id, name, city, region, segment
    FROM retailers WHERE active ORDER BY retailer_key
"""

PRODUCTS = """
    SELECT product_id, p.name, category, subcategory, v.name AS vendor,
           list_price, case_size, active
    FROM products p LEFT JOIN vendors v USING (vendor_key)
    ORDER BY product_key
"""

PURCHASES = f"""
    WITH shop AS (
        SELECT retailer_key, row_number() OVER (ORDER BY retailer_key) - 1 AS retailer
        FROM retailers WHERE active
    ), item AS (
        SELECT product_key, row_number() OVER (ORDER BY product_key) - 1 AS product
        FROM products
    ), gone AS (
        SELECT order_key FROM orders WHERE status = 'cancelled'
    )
    SELECT ((retailer << {DAY_BITS + PRODUCT_BITS}) | (product << {DAY_BITS})
            | (ordered_on - DATE '1970-01-01'))::UBIGINT AS key,
           quantity::FLOAT AS quantity
    FROM order_lines
    JOIN shop USING (retailer_key)
    JOIN item USING (product_key)
    ANTI JOIN gone USING (order_key)
    ORDER BY key
"""


def retailers(cursor: Cursor) -> pd.DataFrame:
    """Active retailers; row number = position."""
    return cursor.execute(RETAILERS).df()


def products(cursor: Cursor) -> pd.DataFrame:
    """All products; row number = position."""
    return cursor.execute(PRODUCTS).df()


def purchases(cursor: Cursor) -> pd.DataFrame:
    """One row per retailer x product x day, sorted; cancelled orders left out.

    Columns retailer, product, day : int32; quantity : float32, 16 bytes a row. While
    it reads it holds 2 x 12 bytes a line besides what DuckDB sorts in (its memory
    limit, beyond which it spills to disk).
    """
    read = cursor.execute(PURCHASES).fetchnumpy()
    key, quantity = _a_row_a_day(np.asarray(read["key"]), np.asarray(read["quantity"]))
    del read
    whole = {
        RETAILER: _bits(key, DAY_BITS + PRODUCT_BITS, 64 - DAY_BITS - PRODUCT_BITS),
        PRODUCT: _bits(key, DAY_BITS, PRODUCT_BITS),
        "day": _bits(key, 0, DAY_BITS),
        QUANTITY: quantity,
    }
    return pd.DataFrame(whole, copy=False)


def as_of(cursor: Cursor) -> date | None:
    """The first day that is not known: the day after the last order."""
    (last,) = cursor.execute("SELECT max(ordered_on) FROM order_lines").fetchone() or (None,)
    return None if last is None else last + timedelta(days=1)


def _a_row_a_day(
    key: npt.NDArray[np.uint64], quantity: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.float32]]:
    """Add up the pieces of equal keys, which stand together."""
    new = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=new[1:])
    if new.all():
        return key, quantity
    first = np.flatnonzero(new)
    return key[first], np.add.reduceat(quantity, first)


def _bits(key: npt.NDArray[np.uint64], low: int, many: int) -> npt.NDArray[np.int32]:
    """Some bits of each key as a small number."""
    mask = np.uint64((1 << many) - 1)
    return np.asarray((key >> np.uint64(low)) & mask, dtype=np.int32)
