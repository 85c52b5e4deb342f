"""A store the size of a whole state's trade, made by SQL alone: no names, no Python loop.

Popularity follows Zipf, shops differ in size and taste (segment x category), each
pair of shop and product repeats in a rhythm of its own, on the shop's weekday.
All draws are hashes of keys, so that the same sizes make the same store.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from smartreco.config import Settings
from smartreco.entities import DatasetInfo, Provenance
from smartreco.store import Store
from smartreco.store import dataset as dataset_store
from smartreco.store.connection import Cursor

LAST_DAY = date(2025, 12, 31)


@dataclass(frozen=True)
class Size:
    """How large a store to make."""

    lines: int = 25_000_000
    retailers: int = 2_800
    products: int = 12_000
    pairs: int = 2_500_000
    """Of shop and product, about."""

    days: int = 1_461


UNIFORM = "((hash({}) % 1000003 + 1) / 1000004.0)"  # in (0, 1), from keys
NORMAL = f"(sqrt(-2 * ln({UNIFORM})) * cos(6.2831853 * {UNIFORM}))"


def uniform(*keys: object) -> str:
    """SQL of a number between 0 and 1 that belongs to some keys."""
    return UNIFORM.format(", ".join(map(str, keys)))


def normal(*keys: object) -> str:
    """SQL of a standard normal number that belongs to some keys."""
    joined = ", ".join(map(str, keys))
    return NORMAL.format(f"{joined}, 71", f"{joined}, 72")


CATALOGUE = f"""
    INSERT INTO vendors
    SELECT v, 'V' || v, 'Vendor ' || v, NULL, NULL, NULL, NULL FROM range(300) t(v);

    INSERT INTO products
    SELECT p, printf('P%05d', p),
           list_extract(['Red','Blue','Old','Fine','Dry','Sweet','Dark','Light'], (hash(p, 1) % 8 + 1)::INT)
               || ' ' || list_extract(['Rice','Tea','Soap','Oil','Rum','Gin','Malt','Salt'], (hash(p, 2) % 8 + 1)::INT)
               || ' brand' || (hash(p, 3) % 900),
           'Category ' || (hash(p, 4) % 40), NULL, (hash(p, 5) % 300)::INT, 6, NULL,
           round(2 + 30 * {uniform("p", 6)}, 2), NULL, true
    FROM range($products) t(p);

    INSERT INTO retailers
    SELECT r, printf('R%05d', r), 'Shop ' || r, 'City ' || (hash(r, 1) % 120), 'Region ' || (hash(r, 2) % 12),
           list_extract(['store','bar','club','market'], (hash(r, 3) % 4 + 1)::INT),
           NULL, NULL, NULL, false, true
    FROM range($retailers) t(r);
"""  # noqa: E501

PULL = f"""
    CREATE TEMP TABLE pull AS
    SELECT retailer_key AS r, product_key AS p,
           exp(0.7 * {normal("retailer_key", 11)})
           * pow(hash(product_key, 12) % $products + 30, -0.8)
           * exp(1.0 * {normal("hash(segment, category)", 13)}) AS pull
    FROM retailers, products
"""

PAIRS = f"""
    CREATE TEMP TABLE pairs AS
    SELECT r, p, least(pull * $scale, 0.9) AS chance,
           pow(-ln({uniform("r", "p", 22)}), 1.4) AS eagerness,
           {uniform("r", "p", 23)} AS first_at
    FROM pull WHERE {uniform("r", "p", 21)} < least(pull * $scale, 0.9)
"""

LINES = f"""
    INSERT INTO order_lines
    WITH repeats AS (
        SELECT r, p, first_at * 0.7 AS first_at,
               least(greatest(1, round($each * eagerness * (0.4 + chance) / $mean)), 190)::INT AS n
        FROM pairs
    ), lines AS (
        SELECT r, p, i,
               ($days * (first_at + (1 - first_at) * (i + {uniform("r", "p", "i")}) / n))::INT
               AS day
        FROM (SELECT r, p, first_at, n, unnest(range(n))::INT AS i FROM repeats)
    ), snapped AS (
        SELECT *, greatest(least(day - (day + (hash(r, 31) % 7)::INT) % 7, $days - 1), 0) AS on_day
        FROM lines
    )
    SELECT r::BIGINT * 10000 + on_day, printf('P%05d#%d', p, i), r, p,
           (DATE '{LAST_DAY}' - ($days - 1 - on_day)::INT)::DATE,
           (6 * (1 + hash(r, p, i, 32) % 3))::INT, 2 + 30 * {uniform("p", 6)}, 1,
           (6 * (1 + hash(r, p, i, 32) % 3))::INT
    FROM snapped ORDER BY on_day
"""

ORDERS = """
    INSERT INTO orders
    SELECT DISTINCT order_key, order_key::VARCHAR, retailer_key, ordered_on::TIMESTAMP,
           'delivered', ordered_on, NULL::INTEGER
    FROM order_lines
"""


def make_store(path: Path, size: Size) -> int:
    """Make a store at a path where none is; return its number of order lines."""
    store = Store.open(Settings(db=path))
    try:
        return store.write(lambda cursor: _fill(cursor, size))
    finally:
        store.close()


def count_lines(path: Path) -> int:
    """Order lines of a store."""
    store = Store.open(Settings(db=path))
    try:
        with store.cursor() as cursor:
            return int(_one(cursor, "SELECT count(*) FROM order_lines")[0])
    finally:
        store.close()


def _fill(cursor: Cursor, size: Size) -> int:
    for statement in CATALOGUE.split(";"):
        if statement.strip():
            named = {"products": size.products, "retailers": size.retailers}
            cursor.execute(statement, {k: v for k, v in named.items() if f"${k}" in statement})
    cursor.execute(PULL, {"products": size.products})
    cursor.execute(PAIRS, {"scale": _scale(cursor, size.pairs)})
    pairs, mean = _one(cursor, "SELECT count(*), avg(eagerness * (0.4 + chance)) FROM pairs")
    each = 1.0 * size.lines / pairs  # rounding and the cap take about as much as they give
    cursor.execute(LINES, {"each": each, "mean": mean, "days": size.days})
    cursor.execute("DROP TABLE pull; DROP TABLE pairs")
    cursor.execute(ORDERS)
    info = DatasetInfo("Scale", "USD", "en-US", Provenance.IMPORTED)
    dataset_store.write(cursor, info, datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))
    (lines,) = _one(cursor, "SELECT count(*) FROM order_lines")
    return int(lines)


def _scale(cursor: Cursor, pairs: int) -> float:
    """What pull is multiplied by so that about so many pairs come out."""
    (total,) = _one(cursor, "SELECT sum(pull) FROM pull")
    scale = pairs / total
    for _ in range(4):
        (found,) = cursor.execute(
            "SELECT sum(least(pull * ?, 0.9)) FROM pull", [scale]
        ).fetchone() or (0,)
        scale *= pairs / found
    return float(scale)


def _one(cursor: Cursor, sql: str) -> tuple[float, ...]:
    row = cursor.execute(sql).fetchone()
    assert row is not None
    return row


MORE = f"""
    INSERT INTO order_lines
    SELECT retailer_key::BIGINT * 10000 + 5000 + $ahead, line_id || '+', retailer_key, product_key,
           (DATE '{LAST_DAY}' + $ahead::INT)::DATE, quantity, unit_price, 2, quantity
    FROM order_lines
    WHERE ordered_on = DATE '{LAST_DAY}' - $ahead::INT
"""


def add_days(path: Path, days: int) -> None:
    """New orders: the last days again, after the end."""
    store = Store.open(Settings(db=path))

    def add(cursor: Cursor) -> None:
        for ahead in range(1, days + 1):
            cursor.execute(MORE, {"ahead": ahead})
        cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")

    try:
        store.write(add)
    finally:
        store.close()
