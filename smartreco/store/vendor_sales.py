"""What a vendor's own buyers ordered of his products: one query a view, over the weekly sums.

Money in the data set's currency, quantities in pieces, weeks by their Mondays. Regions,
cities, categories, shops and products are all added up from one table of shop x product:
one pass over the sales serves them all, and their sums agree. Cancelled orders do not
count: ``gone`` is what `smartreco.store.vendor_scope.cancelled` found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope, Span, named, own, read_sold, shops

_WEEKS: Final = """
    SELECT week, sum(quantity) AS quantity, sum(value) AS value
    FROM sold GROUP BY week ORDER BY week
"""
_SHOPS_BY_WEEK: Final = """
    , by_shop AS (
        SELECT week, retailer_key, sum(quantity) AS quantity FROM sold GROUP BY ALL
    )
    SELECT week, count(*) FILTER (quantity > 0) AS shops
    FROM by_shop GROUP BY week ORDER BY week
"""
_ORDERS: Final = """
    SELECT date_trunc('week', ordered_on)::DATE AS week, count(DISTINCT order_key) AS orders
    FROM order_lines SEMI JOIN own USING (product_key){some}
    ANTI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    WHERE ordered_on >= $first AND ordered_on < $until
    GROUP BY ALL ORDER BY week
"""
_PAIRS: Final = """
    SELECT retailer_key, product_key, {sums} FROM sold GROUP BY ALL
"""
_SHOPS: Final = """
    SELECT retailer_key, retailer_id, name, region, city, segment, lat, lon
    FROM shops ORDER BY retailer_id
"""
_PRODUCT_WEEKS: Final = """
    , by_product AS (
        SELECT product_key, week, sum(quantity) AS quantity, sum(value) AS value
        FROM sold GROUP BY ALL
    )
    SELECT product_id, week, quantity, value FROM by_product JOIN own USING (product_key)
    ORDER BY product_id, week
"""


def by_week(cursor: Cursor, gone: pd.DataFrame, scope: Scope, span: Span) -> pd.DataFrame:
    """Columns week, quantity, value; weeks without an order are missing rows."""
    return read_sold(cursor, gone, scope, _WEEKS, span)


def shops_by_week(cursor: Cursor, gone: pd.DataFrame, scope: Scope, span: Span) -> pd.DataFrame:
    """Columns week, shops: that bought in the week."""
    return read_sold(cursor, gone, scope, _SHOPS_BY_WEEK, span)


def orders_by_week(cursor: Cursor, scope: Scope, span: Span) -> pd.DataFrame:
    """Columns week, orders: those with a line of the vendor's; an order lies in one week."""
    some = scope.regions or scope.cities or scope.segments
    sql = f"WITH {own(scope)}, {shops(scope)}" + _ORDERS.format(
        some=" SEMI JOIN shops USING (retailer_key)" if some else ""
    )
    return cursor.execute(sql, {**named(scope), "first": span[0], "until": span[1]}).df()


def pairs(cursor: Cursor, gone: pd.DataFrame, scope: Scope, spans: Sequence[Span]) -> pd.DataFrame:
    """Shop x product, what every comparison of times is added up from; in no order.

    Columns retailer_key, product_key, then of each span n: quantity_n, value_n; 0 where
    nothing was bought in it. Spans may overlap.
    """
    sums = ", ".join(
        f"sum(CASE WHEN week >= $from_{n} AND week < $to_{n} THEN {column} ELSE 0 END)"
        f" AS {column}_{n}"
        for n in range(len(spans))
        for column in ("quantity", "value")
    )
    days = {f"from_{n}": span[0] for n, span in enumerate(spans)}
    days |= {f"to_{n}": span[1] for n, span in enumerate(spans)}
    whole = min(span[0] for span in spans), max(span[1] for span in spans)
    return read_sold(cursor, gone, scope, _PAIRS.format(sums=sums), whole, **days)


def shop_places(cursor: Cursor, scope: Scope) -> pd.DataFrame:
    """Who and where shops are; for names of those that are among the `pairs` only.

    Columns retailer_key, retailer_id, name, region, city, segment ("unknown" where none),
    lat, lon (missing where not known), sorted by retailer_id.
    """
    values = {k: v for k, v in named(scope).items() if k in ("regions", "cities", "segments")}
    return cursor.execute(f"WITH {shops(scope)}" + _SHOPS, values).df()


def by_product_week(cursor: Cursor, gone: pd.DataFrame, scope: Scope, span: Span) -> pd.DataFrame:
    """Columns product_id, week, quantity, value; weeks without an order are missing rows."""
    return read_sold(cursor, gone, scope, _PRODUCT_WEEKS, span)
