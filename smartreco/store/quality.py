"""Checks of the order lines held: gaps, repeats, odd values, and what has changed since a fit.

What counts as far from usual is measured on the log scale, since amounts err by factors (a case
for a piece), and against medians, which a few wrong lines do not move.

A quantity depends on the product and on who buys it: a large shop takes two hundred bottles where
most take six, and that is no mistake. So a line is far only if it is far both from what its
product and its shop together lead to expect (median of the product times the shop's usual
multiple of such medians) and from what this shop took of this product before. Far is five robust
standard deviations: 1.4826 times the median absolute deviation (Hampel 1974; Iglewicz & Hoaglin
1993 advise 3.5 for one list, but every line of a store is judged here, and trade has longer tails
than the normal curve), beyond Tukey's outer fence, which lies 4.7 of them off. Where most lines
of a product are alike its own deviation is nought, so the deviation of all lines is its least.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.placing import PLACED_HERE

#: Lines that came after a fit: by import, or placed here.
_SINCE: Final = """
    SELECT * FROM order_lines
    WHERE batch_id IN (SELECT batch_id FROM import_batches WHERE imported_at > $fitted)
       OR (batch_id = $here
           AND order_key IN (SELECT order_key FROM placements WHERE placed_at > $fitted))
"""
# A week is empty, too, with less than a quarter of the lines of those around it (median of six
# weeks on each side). The first and the last may be cut by the export and are not judged so.
_EMPTY_WEEKS: Final = """
    WITH counted AS (
        SELECT date_trunc('week', ordered_on)::DATE AS week_start, count(*) AS n
        FROM order_lines GROUP BY week_start
    ), spanned AS (
        SELECT unnest(generate_series(min(week_start), max(week_start), INTERVAL 7 DAY))::DATE
               AS week_start FROM counted
    ), judged AS (
        SELECT week_start, coalesce(n, 0) AS n, count(*) OVER () AS among,
               median(n) OVER (ORDER BY week_start ROWS BETWEEN 6 PRECEDING AND 6 FOLLOWING)
                   AS usual,
               lag(week_start) OVER (ORDER BY week_start) IS NULL
                   OR lead(week_start) OVER (ORDER BY week_start) IS NULL AS at_an_end
        FROM spanned LEFT JOIN counted USING (week_start)
    )
    SELECT week_start AS week, n AS lines, usual AS usual_lines, among FROM judged
    WHERE n = 0 OR (n < usual / 4 AND NOT at_an_end) ORDER BY n, week DESC
"""
# The same goods, quantities and prices for the same shop on the same day under two numbers. Two
# lines at least: the same single line twice is trade.
_REPEATED: Final = """
    WITH whole AS (
        SELECT order_key, retailer_key, ordered_on, count(*) AS lines,
               sum(hash(product_key, quantity, unit_price)::HUGEINT) AS content
        FROM order_lines GROUP BY ALL HAVING count(*) >= 2
    ), judged AS (
        SELECT *, min(order_key) OVER same AS first_key, count(*) OVER () AS among
        FROM whole WINDOW same AS (PARTITION BY retailer_key, ordered_on, lines, content)
    )
    SELECT o.order_id, f.order_id AS same_as, ordered_on, r.retailer_id, r.name, lines, among
    FROM judged j JOIN orders o USING (order_key) JOIN orders f ON f.order_key = j.first_key
    JOIN retailers r ON r.retailer_key = j.retailer_key
    WHERE j.order_key <> first_key ORDER BY lines DESC, ordered_on DESC, o.order_id
"""
# A shop is quiet once it has been away three times as long as it usually is, four weeks at least.
_QUIET: Final = """
    WITH visits AS (
        SELECT retailer_key, count(DISTINCT ordered_on) AS n, min(ordered_on) AS began,
               max(ordered_on) AS last
        FROM order_lines GROUP BY retailer_key HAVING count(DISTINCT ordered_on) >= 4
    ), paced AS (
        SELECT *, (last - began) / (n - 1.0) AS usual_days,
               (SELECT max(ordered_on) FROM order_lines) - last AS away_days,
               count(*) OVER () AS among
        FROM visits
    )
    SELECT r.retailer_id, r.name, last AS last_order, n AS order_days,
           round(usual_days, 1) AS usual_days, away_days, among
    FROM paced JOIN retailers r USING (retailer_key)
    WHERE away_days > greatest(28, 3 * usual_days)
    ORDER BY away_days / greatest(usual_days, 1) DESC, r.retailer_id
"""
_ODD: Final = """
    WITH usual AS (
        SELECT product_key, median(ln({value})) AS middle, mad(ln({value})) AS spread
        FROM order_lines WHERE {value} > 0 GROUP BY product_key HAVING count(*) >= 20
    ), held AS (
        SELECT l.*, u.middle, u.spread, ln(l.{value}) - u.middle AS over_product
        FROM order_lines l JOIN usual u USING (product_key) WHERE l.{value} > 0
    ), shops AS (
        SELECT retailer_key,
               CASE WHEN count(*) >= 20 THEN median(over_product) ELSE 0 END AS multiple
        FROM held GROUP BY retailer_key
    ), own AS (
        SELECT retailer_key, product_key, median(over_product) AS own_middle
        FROM held GROUP BY retailer_key, product_key HAVING count(*) >= 4
    ), judged AS (
        SELECT h.*, h.over_product - s.multiple AS off, h.middle + s.multiple AS expected,
               abs(h.over_product - o.own_middle) AS off_own
        FROM held h JOIN shops s USING (retailer_key)
        LEFT JOIN own o USING (retailer_key, product_key)
    ), least AS (SELECT median(abs(off)) AS spread, count(*) AS among FROM judged)
    SELECT o.order_id, j.line_id, j.ordered_on, r.retailer_id, p.product_id, p.name,
           j.{value} AS found, round(exp(j.expected), 2) AS usual,
           round(exp(abs(j.off)), 1) AS times, least.among
    FROM judged j CROSS JOIN least
    JOIN products p USING (product_key) JOIN orders o USING (order_key)
    JOIN retailers r ON r.retailer_key = j.retailer_key
    WHERE least(abs(j.off), coalesce(j.off_own, abs(j.off)))
          > greatest(ln({factor}), 5 * 1.4826 * greatest(j.spread, least.spread))
    ORDER BY abs(j.off) DESC, o.order_id, j.line_id
"""
_NEW: Final = f"""
    WITH since AS ({_SINCE}),
    counted AS (SELECT {{key}}, count(*) AS lines, min(ordered_on) AS first_order FROM since
                GROUP BY {{key}}),
    known AS (SELECT {{key}}, count(*) AS lines FROM order_lines GROUP BY {{key}})
    SELECT t.{{id}}, t.name, c.lines, c.first_order, (SELECT count(*) FROM counted) AS among
    FROM counted c JOIN known k USING ({{key}}) JOIN {{table}} t USING ({{key}})
    WHERE k.lines = c.lines ORDER BY c.lines DESC, t.{{id}}
"""
#: Lines of the half year before those, to compare with.
_BEFORE: Final = f"""
    SELECT * FROM order_lines ANTI JOIN ({_SINCE}) USING (order_key, line_id)
    WHERE ordered_on >= (SELECT max(ordered_on) FROM order_lines) - 182
"""
_MIX: Final = f"""
    WITH now_by AS (SELECT category, count(*) AS n FROM ({_SINCE}) JOIN products USING (product_key)
                    GROUP BY category),
    before_by AS (SELECT category, count(*) AS n FROM ({_BEFORE})
                  JOIN products USING (product_key) GROUP BY category)
    SELECT category, coalesce(b.n, 0) AS lines_before, coalesce(a.n, 0) AS lines_since
    FROM now_by a FULL JOIN before_by b USING (category) ORDER BY category
"""
# Medians of a product of five lines since and ten before; fewer say more of chance than of change.
_MOVED: Final = f"""
    WITH since AS (SELECT product_key, median({{value}}) AS value_since, count(*) AS lines_since
                   FROM ({_SINCE}) WHERE {{value}} > 0 GROUP BY product_key HAVING count(*) >= 5),
    before AS (SELECT product_key, median({{value}}) AS value_before, count(*) AS lines_before
               FROM ({_BEFORE}) WHERE {{value}} > 0 GROUP BY product_key HAVING count(*) >= 10),
    judged AS (SELECT *, value_since / value_before AS ratio, count(*) OVER () AS among
               FROM since JOIN before USING (product_key))
    SELECT product_id, name, round(value_before, 2) AS before, round(value_since, 2) AS since,
           round(ratio, 2) AS times, lines_before, lines_since, among
    FROM judged JOIN products USING (product_key)
    WHERE abs(ln(ratio)) > ln({{factor}}) ORDER BY abs(ln(ratio)) DESC, product_id
"""
_JUDGED: Final = """
    SELECT (SELECT (max(week)::DATE - min(week)::DATE) // 7 + 1 FROM weekly_sales),
           (SELECT count(*) FROM (SELECT order_key FROM order_lines GROUP BY order_key
                                  HAVING count(*) >= 2)),
           (SELECT count(*) FROM (SELECT retailer_key FROM order_lines GROUP BY retailer_key
                                  HAVING count(DISTINCT ordered_on) >= 4)),
           (SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM order_lines
                                             GROUP BY product_key HAVING count(*) >= 20)),
           (SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM order_lines
                                             WHERE unit_price > 0
                                             GROUP BY product_key HAVING count(*) >= 20))
"""
_JUDGED_SINCE: Final = f"""
    WITH since AS ({_SINCE}), before AS ({_BEFORE}),
    both_sides AS (
        SELECT product_key FROM since GROUP BY product_key HAVING count(*) >= 5
        INTERSECT SELECT product_key FROM before GROUP BY product_key HAVING count(*) >= 10
    )
    SELECT count(DISTINCT product_key), count(DISTINCT retailer_key),
           (SELECT count(*) FROM both_sides), (SELECT count(*) FROM both_sides)
    FROM since
"""
#: Least factor off the usual that is odd: a carton for a piece is often 6 or 12, and trade itself
#: varies by that; prices hardly vary.
_FACTORS: Final = {"quantity": 10, "unit_price": 2}
#: Factor that a product's median moves by: in four weeks one product in twenty moves its quantity
#: threefold, and one in forty its price by a quarter, where nothing is wrong.
_MOVES: Final = {"quantity": 3, "unit_price": 1.25}


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what is held is."""

    lines: int
    last_day: date | None
    imported_at: datetime | None
    lines_since_fit: int | None


def freshness(cursor: Cursor, fitted_at: datetime | None) -> Freshness:
    """Lines held, their last day, the last import, and lines that came after a fit."""
    row = cursor.execute(
        "SELECT count(*), max(ordered_on), (SELECT max(imported_at) FROM import_batches) "
        "FROM order_lines"
    ).fetchone()
    assert row is not None  # noqa: S101 - an aggregate always answers
    since = None
    if fitted_at is not None:
        found = cursor.execute(f"SELECT count(*) FROM ({_SINCE})", _since(fitted_at)).fetchone()
        since = 0 if found is None else int(found[0])
    return Freshness(int(row[0]), row[1], row[2], since)


def judged(cursor: Cursor, fitted_at: datetime | None) -> dict[str, int]:
    """By check, how many were looked at: it must be told where nothing was found as well."""
    row = cursor.execute(_JUDGED).fetchone()
    names = ("empty_weeks", "repeated_orders", "quiet_shops", "odd_quantities", "odd_prices")
    among = dict(zip(names, row or (), strict=False))
    if fitted_at is not None:
        since = cursor.execute(_JUDGED_SINCE, _since(fitted_at)).fetchone()
        later = ("new_products", "new_shops", "quantities_moved", "prices_moved")
        among |= dict(zip(later, since or (), strict=False))
    return {name: int(n or 0) for name, n in among.items()}


def empty_weeks(cursor: Cursor) -> pd.DataFrame:
    """Weeks with hardly an order between the first and the last; among (weeks spanned)."""
    return cursor.execute(_EMPTY_WEEKS).df()


def repeated_orders(cursor: Cursor) -> pd.DataFrame:
    """Orders that hold what another of the same shop and day does; among (orders of two lines)."""
    return cursor.execute(_REPEATED).df()


def quiet_shops(cursor: Cursor) -> pd.DataFrame:
    """Shops away for much longer than they usually are; among (shops of four visits or more)."""
    return cursor.execute(_QUIET).df()


def odd_values(cursor: Cursor, value: str) -> pd.DataFrame:
    """Lines whose quantity or unit_price is far from what is usual; among (lines judged)."""
    return cursor.execute(_ODD.format(value=value, factor=_FACTORS[value])).df()


def new_products(cursor: Cursor, fitted_at: datetime) -> pd.DataFrame:
    """Products first ordered after a fit; among (products ordered since)."""
    sql = _NEW.format(key="product_key", id="product_id", table="products")
    return cursor.execute(sql, _since(fitted_at)).df()


def new_shops(cursor: Cursor, fitted_at: datetime) -> pd.DataFrame:
    """Shops that first ordered after a fit; among (shops that ordered since)."""
    sql = _NEW.format(key="retailer_key", id="retailer_id", table="retailers")
    return cursor.execute(sql, _since(fitted_at)).df()


def mix(cursor: Cursor, fitted_at: datetime) -> pd.DataFrame:
    """Order lines by category: those since a fit, those of the half year before without them."""
    return cursor.execute(_MIX, _since(fitted_at)).df()


def moved(cursor: Cursor, fitted_at: datetime, value: str) -> pd.DataFrame:
    """Products whose median quantity or unit_price moved since a fit; among (those compared)."""
    sql = _MOVED.format(value=value, factor=_MOVES[value])
    return cursor.execute(sql, _since(fitted_at)).df()


def _since(fitted_at: datetime) -> dict[str, object]:
    return {"fitted": fitted_at, "here": PLACED_HERE}
