"""Demand as series of weeks or days, added up to the level that is asked for.

Weeks come from the product x retailer x week aggregate; days from the lines
themselves. What the future holds stays hidden: nothing on or after ``until`` is
read. Lines of cancelled orders are in the aggregate and are taken off here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import DAY, FESTIVAL
from smartreco.store.connection import Cursor

UNKNOWN: Final = "unknown"  # stands for the region or vendor of those that have none, so sums agree
SEPARATOR: Final = "/"  # between retailer and product in the id of their pair

_KEYS: Final = {
    "total": "'total'",
    "category": "p.category",
    "vendor": f"coalesce(v.vendor_id, '{UNKNOWN}')",
    "region": f"coalesce(r.region, '{UNKNOWN}')",
    "retailer": "r.retailer_id",
    "product": "p.product_id",
    "retailer_product": f"r.retailer_id || '{SEPARATOR}' || p.product_id",
}
_JOINS: Final = """
    JOIN products p USING (product_key)
    JOIN retailers r USING (retailer_key)
    LEFT JOIN vendors v USING (vendor_key)
"""
_GONE: Final = "SELECT order_key FROM orders WHERE status = 'cancelled'"
_WEEKS: Final = f"""
    WITH sold AS (
        SELECT week AS day, retailer_key, product_key, quantity
        FROM weekly_sales WHERE week >= $first AND week < $until
        UNION ALL
        SELECT date_trunc('week', ordered_on)::DATE, retailer_key, product_key, -quantity
        FROM order_lines SEMI JOIN ({_GONE}) USING (order_key)
        WHERE ordered_on >= $first AND ordered_on < $until
    )
"""
_DAYS: Final = f"""
    WITH sold AS (
        SELECT ordered_on AS day, retailer_key, product_key, quantity
        FROM order_lines ANTI JOIN ({_GONE}) USING (order_key)
        WHERE ordered_on >= $first AND ordered_on < $until
    )
"""
_SUMS: Final = """
    , added AS (
        SELECT {keys}, (day - $first) // {days} AS period, sum(quantity)::DOUBLE AS quantity
        FROM sold GROUP BY ALL
    )
    SELECT {name} AS id, period::INTEGER AS period, sum(quantity) AS quantity
    FROM added {joins} GROUP BY ALL ORDER BY id, period
"""
_STOCK_OUTS: Final = """
    SELECT DISTINCT p.product_id AS id, ((s."at" - $first) // 7)::INTEGER AS period
    FROM stock_levels s JOIN products p USING (product_key)
    WHERE s.holder_kind = 'vendor' AND s.on_hand <= 0 AND s."at" >= $first AND s."at" < $until
    ORDER BY ALL
"""
_PRODUCTS: Final = f"""
    SELECT p.product_id, p.category, coalesce(v.vendor_id, '{UNKNOWN}') AS vendor_id,
           p.list_price, p.launched_on, min(w.week) AS first_week
    FROM products p LEFT JOIN vendors v USING (vendor_key)
    LEFT JOIN weekly_sales w ON w.product_key = p.product_key AND w.week < $until
    WHERE p.launched_on IS NULL OR p.launched_on < $until
    GROUP BY ALL
    HAVING first_week IS NOT NULL OR (any_value(p.active) AND p.launched_on >= $recent)
    ORDER BY p.product_id
"""


_CHOICES: Final = {
    "region": f"coalesce(r.region, '{UNKNOWN}')",
    "city": f"coalesce(r.city, '{UNKNOWN}')",
    "segment": f"coalesce(r.segment, '{UNKNOWN}')",
    "retailer": "r.retailer_id",
    "category": "p.category",
    "vendor": f"coalesce(v.vendor_id, '{UNKNOWN}')",
    "product": "p.product_id",
}
_CHOSEN: Final = """
    SELECT p.product_id AS id, ((day - $first) // 7)::INTEGER AS period,
           sum(quantity)::DOUBLE AS quantity
    FROM sold {joins} WHERE {conditions} GROUP BY ALL ORDER BY id, period
"""


@dataclass(frozen=True, slots=True)
class Span:
    """The full weeks that are known: `first` and `until` are Mondays, `until` is the first out."""

    first: date
    until: date

    @property
    def weeks(self) -> int:
        """How many."""
        return (self.until - self.first).days // 7


def span(cursor: Cursor, as_of: date | None = None) -> Span | None:
    """Full weeks before `as_of` (None: the day after the last order); None where none is full.

    A week of which only some days are in the data is not a low week, so the first
    and the last count only when all their days lie inside.
    """
    found = cursor.execute(
        "SELECT min(ordered_on), max(ordered_on) FROM order_lines "
        "WHERE $as_of IS NULL OR ordered_on < $as_of",
        {"as_of": as_of},
    ).fetchone()
    if found is None or found[0] is None:
        return None
    earliest, latest = found
    known_until = latest + timedelta(days=1) if as_of is None else as_of
    first = earliest + timedelta(days=-earliest.weekday() % 7)
    until = known_until - timedelta(days=known_until.weekday())
    return Span(first, until) if until > first else None


def weekly(cursor: Cursor, level: str, known: Span) -> pd.DataFrame:
    """Pieces a week: columns id, period (weeks since `known.first`), quantity; gaps are zeros."""
    return _added(cursor, _WEEKS, level, known.first, known.until, days=7)


def chosen_weekly(cursor: Cursor, known: Span, chosen: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Pieces of each product a week at some shops: columns id, period, quantity.

    Parameters
    ----------
    chosen
        Values that count, by region, city, segment, retailer, category, vendor, product
        ("unknown": those without one); what is absent or empty does not restrict.
    """
    named = {name: list(values) for name, values in chosen.items() if values}
    conditions = [f"list_contains(${name}::VARCHAR[], {_CHOICES[name]})" for name in named]
    sql = _WEEKS + _CHOSEN.format(joins=_JOINS, conditions=" AND ".join(conditions) or "true")
    return cursor.execute(sql, {"first": known.first, "until": known.until, **named}).df()


def shops_by_region(cursor: Cursor) -> dict[str, int]:
    """How many shops each region has; "unknown" stands for those without one."""
    rows = cursor.execute(f"SELECT {_CHOICES['region']}, count(*) FROM retailers r GROUP BY 1")
    return {str(region): int(count) for region, count in rows.fetchall()}


def daily(cursor: Cursor, level: str, first: date, until: date) -> pd.DataFrame:
    """Pieces a day: columns id, period (days since `first`), quantity; gaps are zeros."""
    return _added(cursor, _DAYS, level, first, until, days=1)


def _added(
    cursor: Cursor, sold: str, level: str, first: date, until: date, days: int
) -> pd.DataFrame:
    sql = sold + _SUMS.format(
        keys="retailer_key, product_key", days=days, name=_KEYS[level], joins=_JOINS
    )
    return cursor.execute(sql, {"first": first, "until": until}).df()


def stock_outs(cursor: Cursor, known: Span) -> pd.DataFrame:
    """Weeks in which a product's vendor had none left: columns id (product), period."""
    return cursor.execute(_STOCK_OUTS, {"first": known.first, "until": known.until}).df()


def products(cursor: Cursor, known: Span) -> pd.DataFrame:
    """Products sold before `known.until` or launched in the year before it.

    Columns product_id, category, vendor_id ("unknown" where none), list_price, launched_on,
    first_week (Monday of the first order; missing where nothing was sold yet).
    """
    recent = known.until - timedelta(days=365)
    return cursor.execute(_PRODUCTS, {"until": known.until, "recent": recent}).df()


def retailers(cursor: Cursor) -> pd.DataFrame:
    """Columns retailer_id, region ("unknown" where none)."""
    return cursor.execute(
        f"SELECT retailer_id, coalesce(region, '{UNKNOWN}') AS region FROM retailers "
        "ORDER BY retailer_id"
    ).df()


def festivals(cursor: Cursor) -> pd.DataFrame:
    """The calendar: columns festival, day."""
    return cursor.execute(
        f"SELECT festival AS {FESTIVAL}, day AS {DAY} FROM calendar ORDER BY ALL"
    ).df()


def matrix(frame: pd.DataFrame, ids: npt.NDArray[np.str_], periods: int) -> npt.NDArray[np.float64]:
    """Spread rows of id, period, quantity over a matrix ids x periods; unknown ids are left out."""
    row = pd.Index(ids).get_indexer(pd.Index(frame["id"]))
    keep = row >= 0
    values = np.zeros((len(ids), periods))
    values[row[keep], frame["period"].to_numpy()[keep]] = frame["quantity"].to_numpy()[keep]
    return values


def pairs(cursor: Cursor) -> int:
    """How many pairs of shop and product ever were, about."""
    row = cursor.execute(
        "SELECT approx_count_distinct(retailer_key * 100000000::BIGINT + product_key) "
        "FROM weekly_sales"
    ).fetchone()
    return 0 if row is None else int(row[0])
