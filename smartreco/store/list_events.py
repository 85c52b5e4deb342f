"""What became of the lines that shops were shown: one query over events and orders.

A *line* is a product on a list of a shop under one version, from the moment it was first
shown. It ends when the shop is shown the product under another version or on another list;
a line that is shown on for longer than the time it is given counts anew from then.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.placing import PLACED_HERE

VERSION, MODEL, LIST, RANK, SHOP = "version", "model", "list", "rank", "shop"
SHOWN_AT, DAYS, SAID = "shown_at", "days", "said"
ADDED, ORDERED, DISMISSED = "added", "ordered", "dismissed"
OUTCOMES: Final = (ADDED, ORDERED, DISMISSED)
COLUMNS: Final = (VERSION, MODEL, LIST, RANK, SHOP, SHOWN_AT, DAYS, SAID, *OUTCOMES)

_LINES: Final = """
WITH shown AS (
    SELECT r.retailer_key AS shop, p.product_key AS product, e.list, e.rank,
           e.happened_at AS moment, e.probability AS said,
           coalesce(e.blend_version, -1) AS version,
           CASE WHEN e.blend_version IS NULL THEN coalesce(e.model_version, 0) ELSE -1 END AS model
    FROM events e
    JOIN retailers r USING (retailer_id)
    JOIN products p USING (product_id)
    WHERE e.kind = 'shown' AND e.list IS NOT NULL AND e.happened_at <= $now
), marked AS (
    SELECT *, coalesce(version <> lag(version) OVER own OR model <> lag(model) OVER own
                       OR list <> lag(list) OVER own, true) AS fresh
    FROM shown WINDOW own AS (PARTITION BY shop, product ORDER BY moment)
), runs AS (
    SELECT *, max(CASE WHEN fresh THEN moment END) OVER (
               PARTITION BY shop, product ORDER BY moment ROWS UNBOUNDED PRECEDING) AS began
    FROM marked
), lines AS MATERIALIZED (
    SELECT shop, product, any_value(version) AS version, any_value(model) AS model,
           any_value(list) AS list, min(moment) AS moment, arg_min(rank, moment) AS rank,
           arg_min(said, moment) AS said
    FROM runs GROUP BY shop, product, began,
             floor((epoch(moment) - epoch(began)) / ($days * 86400.0))
), acts AS (
    SELECT r.retailer_key AS shop, p.product_key AS product, e.kind, e.happened_at AS moment
    FROM events e JOIN retailers r USING (retailer_id) JOIN products p USING (product_id)
    WHERE e.kind IN ('added', 'dismissed') AND e.happened_at <= $now
    UNION ALL
    SELECT l.retailer_key, l.product_key, 'ordered', a.placed_at
    FROM order_lines l JOIN placements a USING (order_key)
    WHERE l.batch_id = $placed_here AND a.placed_at <= $now
    UNION ALL
    SELECT l.retailer_key, l.product_key, 'ordered', o.ordered_at
    FROM order_lines l JOIN orders o USING (order_key)
    WHERE l.batch_id <> $placed_here AND o.ordered_at <= $now
      AND l.ordered_on >= (SELECT min(happened_at)::DATE FROM events WHERE kind = 'shown')
), came AS (
    SELECT b.shop, b.product, b.moment,
           bool_or(a.kind = 'added') AS added, bool_or(a.kind = 'ordered') AS ordered,
           bool_or(a.kind = 'dismissed') AS dismissed
    FROM acts a ASOF JOIN lines b
      ON a.shop = b.shop AND a.product = b.product AND a.moment >= b.moment
    WHERE a.moment < b.moment + to_days($days)
    GROUP BY b.shop, b.product, b.moment
)
SELECT b.version, b.model, b.list, b.rank, b.shop, b.moment AS shown_at,
       least($days, epoch(least($now,
           lead(b.moment, 1, $now) OVER (PARTITION BY b.shop, b.product ORDER BY b.moment)
       )) / 86400 - epoch(b.moment) / 86400) AS days,
       b.said, coalesce(c.added, false) AS added, coalesce(c.ordered, false) AS ordered,
       coalesce(c.dismissed, false) AS dismissed
FROM lines b LEFT JOIN came c USING (shop, product, moment)
"""


class Mark(NamedTuple):
    """What the events are known by: it differs when there are others."""

    events: int
    last: datetime | None


def mark(cursor: Cursor) -> Mark:
    """How many events of shown lines and of what was done with them there are, and the latest."""
    row = cursor.execute("SELECT count(*), max(happened_at) FROM events").fetchone()
    return Mark(0, None) if row is None else Mark(int(row[0]), row[1])


def lines(cursor: Cursor, now: datetime, days: int) -> pd.DataFrame:
    """Every line shown and what became of it within some days.

    An order counts whatever way the product came onto it; one that was cancelled does not.
    Orders placed here count by the time they were placed, imported ones by their own.

    Parameters
    ----------
    now
        In UTC; what happened later is left out.
    days
        For which an act counts after the line was first shown, unless the line ended before.

    Returns
    -------
    One row a line, columns `COLUMNS`: version (-1: before there were versions, then ``model`` is
    that of the model, else -1); rank where it was first shown; shop (a number); shown_at; days
    for which it could be seen to be acted on; said (probability stated, NaN: none); and a
    boolean for each of `OUTCOMES`.
    """
    asked = {"now": now, "days": days, "placed_here": PLACED_HERE}
    return cursor.execute(_LINES, asked).df()[list(COLUMNS)]
