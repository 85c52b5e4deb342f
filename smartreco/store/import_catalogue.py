"""Vendors, products, shops, stock, promotions and festivals of an import.

Integer keys are given once and never again: a known id keeps its key, a new one
gets the next. A row that was only read off orders ("derived") never overwrites
one that a file of its own had described, and a value that a later file does not
hold leaves the known one as it is.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from smartreco.store import data_edits
from smartreco.store.connection import Cursor
from smartreco.store.registered import count, registered

VENDORS: Final = ("vendor_id", "name", "city", "region", "lead_time_days", "min_order_value")
PRODUCTS: Final = (
    "product_id", "name", "category", "subcategory", "vendor_key", "case_size", "unit_cost",
    "list_price", "launched_on", "active",
)  # fmt: skip
RETAILERS: Final = (
    "retailer_id", "name", "city", "region", "segment", "lat", "lon", "credit_limit",
    "open_to_vendors", "active",
)  # fmt: skip

_INSERT_STOCK: Final = """
    INSERT INTO stock_levels
    SELECT holder_kind, coalesce(r.retailer_key, v.vendor_key), product_key, "at"::DATE,
           on_hand, on_order
    FROM incoming
    JOIN products USING (product_id)
    LEFT JOIN retailers r ON holder_kind = 'retailer' AND r.retailer_id = holder_id
    LEFT JOIN vendors v ON holder_kind = 'vendor' AND v.vendor_id = holder_id
    WHERE coalesce(r.retailer_key, v.vendor_key) IS NOT NULL
      AND NOT (holder_kind = 'vendor' AND (product_id, "at"::DATE) IN (
          SELECT product_id, counted_on FROM vendor_counts))
    EXCEPT SELECT * FROM stock_levels  -- what is known already is no news
    ON CONFLICT (holder_kind, holder_key, product_key, "at")
    DO UPDATE SET on_hand = excluded.on_hand, on_order = excluded.on_order
"""

_PROMOTIONS: Final = """
    SELECT product_key, starts_on::DATE AS starts_on, ends_on::DATE AS ends_on, depth
    FROM incoming JOIN products USING (product_id)
    WHERE (product_id, starts_on::DATE, ends_on::DATE, depth) NOT IN (
        SELECT product_id, starts_on, ends_on, depth FROM promotion_edits WHERE act = 'removed')
"""


def write_vendors(cursor: Cursor, vendors: pd.DataFrame) -> int:
    """Add and update vendors; returns how many rows changed. See `data_edits` on edits."""
    vendors = data_edits.kept(cursor, "vendor", vendors)
    with registered(cursor, incoming=_ready(vendors)):
        return _upsert(cursor, "vendors", "vendor_key", VENDORS, "SELECT * FROM incoming")


def write_products(cursor: Cursor, products: pd.DataFrame) -> int:
    """Add and update products, whose vendors are known; returns how many rows changed.

    See `data_edits` on what was edited here.
    """
    # a file without case sizes has one piece everywhere: that is no news
    cased = bool((products["case_size"] > 1).any())
    products = data_edits.kept(cursor, "product", products, () if cased else ("case_size",))
    source = f"""
        SELECT i.* EXCLUDE (launched_on, case_size), launched_on::DATE AS launched_on, vendor_key,
               {"i.case_size" if cased else "coalesce(p.case_size, 1)"} AS case_size
        FROM incoming i LEFT JOIN vendors USING (vendor_id)
        LEFT JOIN (SELECT product_id, case_size FROM products) p USING (product_id)
    """
    with registered(cursor, incoming=_ready(products)):
        return _upsert(cursor, "products", "product_key", PRODUCTS, source)


def write_retailers(cursor: Cursor, retailers: pd.DataFrame) -> int:
    """Add and update shops; returns how many rows changed."""
    with registered(cursor, incoming=_ready(retailers)):
        return _upsert(cursor, "retailers", "retailer_key", RETAILERS, "SELECT * FROM incoming")


def write_stock(cursor: Cursor, stock: pd.DataFrame | None) -> int:
    """Add stock levels; the same holder, product and day again replaces the old one.

    What a vendor typed of a day stays.
    """
    if stock is None:
        return 0
    with registered(cursor, incoming=stock):
        return count(cursor, _INSERT_STOCK)


def write_promotions(cursor: Cursor, promotions: pd.DataFrame | None) -> int:
    """Add promotions that are not known yet, and were not taken away here."""
    if promotions is None:
        return 0
    with registered(cursor, incoming=promotions):
        return count(
            cursor, f"INSERT INTO promotions {_PROMOTIONS} EXCEPT SELECT * FROM promotions"
        )


def write_calendar(cursor: Cursor, calendar: pd.DataFrame | None) -> int:
    """Add festivals that are not known yet."""
    if calendar is None:
        return 0
    with registered(cursor, incoming=calendar):
        return count(
            cursor,
            "INSERT INTO calendar SELECT festival, day::DATE FROM incoming ON CONFLICT DO NOTHING",
        )


def _ready(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its row number and the mark of derived rows."""
    return frame.assign(derived=frame.get("derived", False), position=range(len(frame)))


def _upsert(cursor: Cursor, table: str, key: str, columns: tuple[str, ...], source: str) -> int:
    identity, *values = columns
    added = count(
        cursor,
        f"""
        INSERT INTO {table} ({key}, {", ".join(columns)})
        SELECT (SELECT coalesce(max({key}), 0) FROM {table})
                   + row_number() OVER (ORDER BY position), {", ".join(columns)}
        FROM ({source}) AS new ANTI JOIN {table} USING ({identity})
        """,
    )
    changes = ", ".join(f"{name} = coalesce(new.{name}, {table}.{name})" for name in values)
    differs = " OR ".join(f"new.{name} <> {table}.{name}" for name in values)
    appears = " OR ".join(f"(new.{name} IS NOT NULL AND {table}.{name} IS NULL)" for name in values)
    updated = count(
        cursor,
        f"""
        UPDATE {table} SET {changes} FROM ({source}) AS new
        WHERE {table}.{identity} = new.{identity} AND NOT new.derived
          AND ({differs} OR {appears})
        """,
    )
    return added + updated
