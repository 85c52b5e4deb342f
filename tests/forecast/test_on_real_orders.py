"""On real wholesale orders forecasts beat simple ones, and bands hold."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartreco.forecast.backtest import Backtest, backtest
from smartreco.forecast.coherent import Structure, coherent
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.linking import groups, links
from smartreco.forecast.panel import Panel
from smartreco.forecast.season import SHORTEST_OVERLAP, YEAR

IOWA = Path(__file__).resolve().parents[2] / "data" / "iowa"
FIRST, WEEKS = pd.Timestamp("2020-11-02"), 104
AHEAD = 8
#: Every fourth week from which the yearly season is known and what came is, too.
ORIGINS = 1 + (WEEKS - AHEAD - (YEAR + SHORTEST_OVERLAP)) // (AHEAD // 2)


@pytest.fixture(scope="module")
def scored() -> Backtest:
    """400 products that sold most and the shops that took them, over the last nine months."""
    orders = pd.read_parquet(IOWA / "iowa_orders.parquet")
    orders = orders.astype({"product_id": str, "retailer_id": str})
    top = orders["product_id"].value_counts().index[:400]
    orders = orders[orders["product_id"].isin(top)]
    products = pd.read_parquet(IOWA / "iowa_products.parquet").astype({"product_id": str})
    products = products[products["product_id"].isin(top)]
    products = products.assign(
        vendor_id=products["vendor"].fillna("unknown"),
        first_week=FIRST,
        launched_on=pd.NaT,
        list_price=np.nan,
    )
    retailers = pd.DataFrame({"retailer_id": orders["retailer_id"].unique(), "region": "all"})
    lines = orders.merge(products[["product_id", "category", "vendor_id"]], on="product_id")
    lines = lines.assign(total="total", region="all")
    lines["week"] = (pd.to_datetime(lines["ordered_at"]) - FIRST).dt.days // 7
    lines = lines[lines["week"].between(0, WEEKS - 1)]
    panel = _panel(lines, products, retailers)
    structure = Structure(links(products, retailers), products)

    def make(structure: Structure, known: Panel, horizon: int) -> Forecast:
        return coherent(known, structure, horizon)

    return backtest(panel, AHEAD, ORIGINS, np.random.default_rng(0), partial(make, structure))


def _panel(lines: pd.DataFrame, products: pd.DataFrame, retailers: pd.DataFrame) -> Panel:
    blocks, ids, levels = [], [], []
    for level, column in (
        ("total", "total"), ("category", "category"), ("vendor", "vendor_id"),
        ("product", "product_id"), ("retailer", "retailer_id"),
    ):  # fmt: skip
        table = lines.pivot_table(
            index=column, columns="week", values="quantity", aggfunc="sum", fill_value=0
        ).reindex(columns=range(WEEKS), fill_value=0)
        blocks.append(table.to_numpy(dtype=float))
        ids += list(table.index)
        levels += [level] * len(table)
    names, kinds = np.array(ids), np.array(levels)
    starts = np.datetime64(FIRST, "D") + 7 * np.arange(WEEKS)
    group = groups(kinds, names, products, retailers)
    return Panel(np.concatenate(blocks), names, kinds, group, starts)


@pytest.mark.parametrize("level", ["category", "vendor", "product", "retailer"])
def test_ours_is_at_or_below_the_best_simple_one(scored: Backtest, level: str) -> None:
    ours = scored.of(level)
    peers = [one for one in scored.scores if one.level == level and one.less_rmsse is not None]
    assert ours.rmsse <= 1.01 * min(one.rmsse for one in peers)
    assert ours.pinball <= 1.01 * min(one.pinball for one in peers)


@pytest.mark.parametrize("level", ["category", "vendor", "product"])
def test_bands_hold_what_they_say(scored: Backtest, level: str) -> None:
    ours = scored.of(level)
    assert 0.75 <= ours.covered_80 <= 0.92
    assert 0.92 <= ours.covered_95 <= 0.985
