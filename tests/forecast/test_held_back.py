"""What shelves held back is missing from every sum of it, and is put back into each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.forecast.held_back import with_held_back
from smartreco.forecast.linking import links
from smartreco.forecast.panel import Panel

WEEKS = 14
IDS = ("p1", "p2", "tea", "v1", "s1", "s2", "north", "south", "total")
LEVELS = ("product", "product", "category", "vendor", "retailer", "retailer", "region", "region")


def panel(missing: bool) -> tuple[Panel, pd.DataFrame]:
    """Two products of one category sold to two shops; p1 ran out in week 10."""
    p1, p2 = np.full(WEEKS, 8.0), np.full(WEEKS, 4.0)
    if missing:
        p1[10] = 0.0
    total = p1 + p2
    shops = [0.75 * total, 0.25 * total]
    values = np.stack([p1, p2, total, total, *shops, *shops, total])
    gone = np.zeros(values.shape, dtype=bool)
    gone[0, 10] = missing
    products = pd.DataFrame({"product_id": ["p1", "p2"], "category": "tea", "vendor_id": "v1"})
    retailers = pd.DataFrame({"retailer_id": ["s1", "s2"], "region": ["north", "south"]})
    levels = np.array([*LEVELS, "total"])
    starts = np.datetime64("2024-01-01") + 7 * np.arange(WEEKS)
    made = Panel(values, np.array(IDS), levels, levels, starts, gone)
    return made, links(products, retailers)


def test_every_level_lacks_the_same() -> None:
    short, which = panel(missing=True)
    filled = with_held_back(short, which)
    full, _ = panel(missing=False)
    assert filled.demand == pytest.approx(full.demand)
    assert (filled.values == short.values).all()
    assert with_held_back(full, which) is full


def test_it_goes_with_the_panel() -> None:
    short, which = panel(missing=True)
    filled = with_held_back(short, which)
    assert filled.until(11).demand == pytest.approx(filled.demand[:, :11])
    assert filled.take(np.array([8])).demand == pytest.approx(filled.demand[[8]])
    assert filled.until(10).demand == pytest.approx(short.values[:, :10])
