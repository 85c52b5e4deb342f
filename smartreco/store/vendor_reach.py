"""What shops buy of whole categories, from anybody: added up to groups before it leaves the store.

A vendor may know what five or more shops buy together (`smartreco.vendors.size_groups`);
nothing here but `shops`, `sizes` and `buying` has a row a shop, and of those the workspace
shows counts of whole groups only. Cancelled orders do not count: ``gone`` is what
`cancelled` found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.registered import lent, registered
from smartreco.store.vendor_scope import Scope, Span, read_sold

_SHOPS: Final = """
    SELECT retailer_key, retailer_id, name, region, city, segment, open_to_vendors
    FROM retailers WHERE active ORDER BY retailer_id
"""
_SIZES: Final = """
    SELECT retailer_key, sum(value) AS value FROM (
        SELECT retailer_key, value FROM weekly_sales
        UNION ALL SELECT retailer_key, -value FROM gone
    ) GROUP BY retailer_key ORDER BY retailer_key
"""
_GONE: Final = """
    SELECT date_trunc('week', ordered_on)::DATE AS week, retailer_key, product_key,
           sum(quantity)::DOUBLE AS quantity, sum(quantity * unit_price) AS value
    FROM order_lines
    SEMI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    GROUP BY ALL ORDER BY ALL
"""
_PRICES: Final = """
    SELECT product_id, coalesce(list_price, paid) AS price
    FROM products LEFT JOIN (
        SELECT product_key, sum(value) / sum(quantity) AS paid FROM weekly_sales
        SEMI JOIN (SELECT product_key FROM products WHERE list_price IS NULL) USING (product_key)
        GROUP BY product_key HAVING sum(quantity) > 0
    ) USING (product_key) ORDER BY product_id
"""
_GOODS: Final = "SELECT product_key, category FROM products ORDER BY product_key"
# numbers, not names, tell groups apart: grouping millions of rows by text takes six times as long
_SOLD: Final = """
    WITH bought AS (
        SELECT week, retailer_key, product_key, value FROM weekly_sales
        WHERE week >= $first AND week < $until
        UNION ALL
        SELECT week::DATE, retailer_key, product_key, -value FROM gone
        WHERE week >= $first AND week < $until
    )
"""
_WEEKS: Final = """
    SELECT size_group, ((week - $first) // 7)::INTEGER AS period, sum(value) AS value
    FROM bought JOIN goods USING (product_key) JOIN members USING (retailer_key)
    GROUP BY ALL ORDER BY ALL
"""
_SPANS: Final = """
    SELECT category, size_group, {sums}
    FROM bought JOIN goods USING (product_key) JOIN members USING (retailer_key)
    GROUP BY category, size_group ORDER BY category, size_group
"""
_BUYING: Final = """
    SELECT retailer_key, category, bool_or(mine AND value > 0) AS mine,
           bool_or(NOT mine AND value > 0) AS others
    FROM (
        SELECT retailer_key, category, mine, sum(value) AS value
        FROM bought JOIN goods USING (product_key) GROUP BY ALL
    ) GROUP BY ALL ORDER BY ALL
"""
_SHOP_WEEKS: Final = """
    SELECT retailer_key, ((week::DATE - $first) // 7)::INTEGER AS period,
           sum(quantity) AS quantity, sum(value) AS value
    FROM sold GROUP BY ALL ORDER BY ALL
"""
_SHOP_QUARTERS: Final = """
    SELECT retailer_key, date_trunc('quarter', week)::DATE AS quarter, max(week) AS last_week,
           sum(quantity) AS quantity, sum(value) AS value
    FROM sold GROUP BY ALL ORDER BY ALL
"""
_LAST_BOUGHT: Final = """
    SELECT retailer_key, product_key, last_week, value FROM (
        SELECT retailer_key, product_key, sum(quantity) AS quantity, sum(value) AS value,
               max(CASE WHEN quantity > 0 THEN week END) AS last_week
        FROM sold GROUP BY ALL
    ) WHERE quantity > 0 ORDER BY retailer_key, product_key
"""


def shops(cursor: Cursor) -> pd.DataFrame:
    """All shops that are active: the universe.

    Columns retailer_key, retailer_id, name, region, city, segment (missing where not known),
    open_to_vendors; sorted by retailer_id.
    """
    return cursor.execute(_SHOPS).df()


def cancelled(cursor: Cursor) -> pd.DataFrame:
    """What was cancelled of all products at any time; to be read once a state of the data."""
    return cursor.execute(_GONE).df()


def sizes(cursor: Cursor, gone: pd.DataFrame) -> pd.DataFrame:
    """What each shop ever bought of everything: columns retailer_key, value."""
    with registered(cursor, gone=gone):
        return cursor.execute(_SIZES).df()


def goods(cursor: Cursor) -> pd.DataFrame:
    """All products: columns product_key, category."""
    return cursor.execute(_GOODS).df()


def prices(cursor: Cursor) -> pd.DataFrame:
    """Columns product_id, price: list price, else the average paid, else missing."""
    return cursor.execute(_PRICES).df()


def category_weeks(
    cursor: Cursor, gone: pd.DataFrame, members: pd.DataFrame, goods: pd.DataFrame, span: Span
) -> pd.DataFrame:
    """What groups of shops bought of some products together, week by week.

    Parameters
    ----------
    members
        Columns retailer_key, size_group: the shops that count.
    goods
        Column product_key: all products of the categories.

    Returns
    -------
    Columns size_group, period (weeks since the span's first), value.
    """
    return _read(cursor, gone, span, _WEEKS, members=members, goods=goods)


def category_spans(
    cursor: Cursor, gone: pd.DataFrame, members: pd.DataFrame, goods: pd.DataFrame,
    spans: Sequence[Span],
) -> pd.DataFrame:  # fmt: skip
    """The same of each category over several times.

    Parameters
    ----------
    goods
        Columns product_key, category (a number).

    Returns
    -------
    Columns category, size_group, then value_n of each span n.
    """
    sums = ", ".join(
        f"sum(CASE WHEN week >= $from_{n} AND week < $to_{n} THEN value ELSE 0 END) AS value_{n}"
        for n in range(len(spans))
    )
    days = {f"from_{n}": span[0] for n, span in enumerate(spans)}
    days |= {f"to_{n}": span[1] for n, span in enumerate(spans)}
    whole = min(span[0] for span in spans), max(span[1] for span in spans)
    sql = _SPANS.format(sums=sums)
    return _read(cursor, gone, whole, sql, days, members=members, goods=goods)


def buying(cursor: Cursor, gone: pd.DataFrame, goods: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Who bought of which category, from the vendor and from others.

    Parameters
    ----------
    goods
        Columns product_key, category (a number), mine (whether the vendor's).

    Returns
    -------
    Columns retailer_key, category, mine, others (whether it bought there).
    """
    return _read(cursor, gone, span, _BUYING, goods=goods)


def shop_weeks(cursor: Cursor, gone: pd.DataFrame, scope: Scope, span: Span) -> pd.DataFrame:
    """What each shop bought of the vendor: columns retailer_key, period, quantity, value."""
    return read_sold(cursor, gone, scope, _SHOP_WEEKS, span)


def shop_quarters(cursor: Cursor, gone: pd.DataFrame, scope: Scope, span: Span) -> pd.DataFrame:
    """The same by quarter (a week belongs to that of its Monday).

    Columns retailer_key, quarter (its first day), last_week, quantity, value.
    """
    return read_sold(cursor, gone, scope, _SHOP_QUARTERS, span)


def last_bought(cursor: Cursor, gone: pd.DataFrame, scope: Scope, span: Span) -> pd.DataFrame:
    """Pairs that were ever bought: columns retailer_key, product_key, last_week, value."""
    return read_sold(cursor, gone, scope, _LAST_BOUGHT, span)


def _read(
    cursor: Cursor, gone: pd.DataFrame, span: Span, select: str,
    more: Mapping[str, object] | None = None, **frames: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    with registered(cursor, gone=gone), lent(cursor, **frames):
        values = {"first": span[0], "until": span[1], **(more or {})}
        return cursor.execute(_SOLD + select, values).df()
