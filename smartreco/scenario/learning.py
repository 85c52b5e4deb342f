"""From what the data tell to the market that a simulation starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.errors import InputError
from smartreco.forecast.arrays import Floats, Texts
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.price_belief import PriceBelief
from smartreco.forecast.price_known import Prices
from smartreco.scenario.errors_together import together
from smartreco.scenario.learning_response import response as learned_response
from smartreco.scenario.market import Market
from smartreco.scenario.market_parts import Goods, Shelves
from smartreco.scenario.substitution import substitution

UNITS, VALUE, LINES, SQUARES = "units", "value", "lines", "squares"
RECENT_COLUMNS: Final = (c.PRODUCT_ID, c.RETAILER_ID, UNITS, VALUE, LINES, SQUARES)
RECENT_WEEKS: Final = 26
UNKNOWN: Final = ""
OUT_PRIOR: Final = 52.0  # weeks that the mean of all products is worth beside a product's own


@dataclass(frozen=True)
class Known:
    """What a market is learned from, as the store or a synthetic world tells it.

    Attributes
    ----------
    panel, forecast
        All levels: the past, and the forecast made from it (without pairs).
    prices
        Of the panel's products, in the panel's order; None where the data hold none.
    belief
        None where the data hold no prices.
    products
        Columns product_id, name, category, subcategory, vendor_id, unit_cost, list_price;
        values but the id may be missing.
    retailers
        Columns retailer_id, region, segment; values may be missing.
    recent
        Columns `RECENT_COLUMNS`: what each shop ordered of each product in the panel's last
        `RECENT_WEEKS` weeks: pieces, currency, lines, and the sum of squared pieces of lines.
    first_orders
        Week of each shop's first order by retailer_id, counted from the panel's first.
    stock
        Columns product_id, on_hand, on_order, lead_weeks of the vendors; None: not in the data.
    """

    panel: Panel
    forecast: Forecast
    prices: Prices | None
    belief: PriceBelief | None
    products: pd.DataFrame
    retailers: pd.DataFrame
    recent: pd.DataFrame
    first_orders: pd.Series[int]
    stock: pd.DataFrame | None = None


def market(known: Known) -> Market:
    """Learn everything that a scenario needs of today.

    Raises
    ------
    InputError
        A column of `Known.recent` is missing.
    """
    missing = [name for name in RECENT_COLUMNS if name not in known.recent]
    if missing:
        raise InputError("recent orders have columns " + ", ".join(RECENT_COLUMNS), str(missing))
    panel = known.panel.take(known.panel.levels == Level.PRODUCT.value)
    made = known.forecast.at(Level.PRODUCT)
    regions, goods = _goods(known, made.ids)
    regular, price, depth = _prices(known, panel, made.horizon)
    missing_weeks = panel.missing
    return Market(
        goods=goods,
        starts=made.starts,
        mean=np.maximum(made.mean, 0.0),
        quantiles=made.quantiles,
        price=price,
        depth=depth,
        response=learned_response(known.belief, goods, regular),
        together=together(known.forecast, panel.demand, goods.category),
        substitution=substitution(panel.demand, panel.values, missing_weeks, goods.like),
        out=_out(panel),
        stock_known=missing_weeks is not None,
        regions=regions,
        segments=np.unique(_texts(known.retailers[c.SEGMENT])),
        shops=_shops(known),
        buyers=known.recent[[c.PRODUCT_ID, c.RETAILER_ID, UNITS]],
        shelves=_shelves(known.stock, goods),
        panel=panel,
        whole_panel=known.panel if known.panel.calendar is not None else None,
    )


def _goods(known: Known, ids: Texts) -> tuple[Texts, Goods]:
    frame = known.products.drop_duplicates(c.PRODUCT_ID).set_index(c.PRODUCT_ID).reindex(ids)
    category = _texts(frame[c.CATEGORY])
    blank = np.full(len(frame), UNKNOWN)
    subcategory = _texts(frame[c.SUBCATEGORY]) if c.SUBCATEGORY in frame else blank
    recent = known.recent.assign(loose=known.recent[SQUARES] * _comes_and_goes(known.recent))
    summed = recent.groupby(c.PRODUCT_ID)[[UNITS, LINES, SQUARES, "loose"]].sum().reindex(ids)
    units = np.nan_to_num(summed[UNITS].to_numpy(dtype=float))
    all_units, all_lines = units.sum(), np.nan_to_num(summed[LINES].to_numpy(dtype=float)).sum()
    usual = all_units / max(all_lines, 1.0) or 1.0
    line = _ratio(summed[UNITS], summed[LINES], usual)
    lump = np.maximum(_ratio(summed[SQUARES], summed[UNITS], usual), line)
    loose = np.minimum(_ratio(summed["loose"], summed[UNITS], usual), lump)
    regions, places = _places(known, ids)
    return regions, Goods(
        ids, _texts(frame[c.NAME]), category, subcategory, _texts(frame[c.VENDOR_ID]),
        frame[c.UNIT_COST].to_numpy(dtype=float, na_value=np.nan),
        line, lump, loose, places,
    )  # fmt: skip


def _comes_and_goes(recent: pd.DataFrame) -> Floats:
    """How far lines of a pair come and go with demand, beside what demand moves in them.

    Lines that come at a rate h are in an order with the chance p = 1 - exp(-h). With demand
    moved by a small share, their number moves by h exp(-h) / p of it; the rest is their size.
    Orders of a shop are at least as many as its lines of the product that it takes most often.
    """
    lines = recent[LINES].to_numpy(dtype=float)
    orders = recent.groupby(c.RETAILER_ID)[LINES].transform("max").to_numpy(dtype=float)
    share = np.clip(lines / (orders + 1), 1e-6, None)  # one more: not even the most is certain
    rate = -np.log1p(-share)
    return np.asarray(rate * np.exp(-rate) / share)


def _places(known: Known, ids: Texts) -> tuple[Texts, Floats]:
    """Share of regions in each product; one that nobody bought lately is sold as all are."""
    home = known.retailers.set_index(c.RETAILER_ID)[c.REGION]
    region = _texts(known.recent[c.RETAILER_ID].map(home))
    names, at = np.unique(region, return_inverse=True)
    if not len(names):
        names, at = np.array([UNKNOWN]), np.zeros(0, dtype=np.int64)
    row = pd.Index(ids).get_indexer(pd.Index(known.recent[c.PRODUCT_ID].to_numpy(dtype=str)))
    units = known.recent[UNITS].to_numpy(dtype=float)
    found = np.zeros((len(ids), len(names)))
    np.add.at(found, (row[row >= 0], at[row >= 0]), units[row >= 0])
    everyone = found.sum(axis=0) / max(found.sum(), 1e-9) if found.any() else 1.0 / len(names)
    total = found.sum(axis=1, keepdims=True)
    return names, np.where(total > 0, found / np.maximum(total, 1e-9), everyone)


def _prices(known: Known, panel: Panel, horizon: int) -> tuple[Floats, Floats, Floats]:
    """Log of the price now, what is paid for a piece (NaN: unknown), and promotions ahead."""
    n = len(panel)
    if known.prices is None:
        return np.zeros(n), np.full(n, np.nan), np.zeros((n, horizon))
    T = panel.weeks
    planned = known.prices.until(T, horizon)
    last = slice(max(T - RECENT_WEEKS, 0), T)
    usual = np.exp(planned.regular[:, last]) * (1 - np.clip(planned.depth[:, last], 0.0, 0.95))
    listed = (usual * panel.values[:, last]).sum(axis=1)
    paid = known.recent.groupby(c.PRODUCT_ID)[VALUE].sum().reindex(panel.ids).to_numpy(dtype=float)
    # Large lines are cheaper by the piece: what was paid beside the price of a usual line.
    share = np.divide(np.nan_to_num(paid), listed, out=np.ones(n), where=listed > 0)
    share = np.where((share > 0.5) & (share < 2.0), share, 1.0)
    now = planned.regular[:, T - 1]
    ever = planned.regular[:, :T].any(axis=1)
    return now, np.where(ever, np.exp(now) * share, np.nan), planned.depth[:, T : T + horizon]


def _out(panel: Panel) -> Floats:
    """Chance of an empty shelf in a week: the product's own past, leaning on all products'."""
    if panel.missing is None:
        return np.zeros(len(panel))
    since = np.arange(panel.weeks)[None, :] >= panel.begins[:, None]
    weeks, out = since.sum(axis=1), (panel.missing & since).sum(axis=1)
    usual = out.sum() / max(int(weeks.sum()), 1)
    return np.asarray((out + OUT_PRIOR * usual) / (weeks + OUT_PRIOR))


def _shops(known: Known) -> pd.DataFrame:
    weeks = max(min(RECENT_WEEKS, known.panel.weeks), 1)
    units = known.recent.groupby(c.RETAILER_ID)[UNITS].sum()
    ids = known.retailers[c.RETAILER_ID].to_numpy(dtype=str)
    first = known.first_orders.reindex(ids).fillna(known.panel.weeks).to_numpy(dtype=np.int64)
    since = np.clip(known.panel.weeks - first, 1, weeks)
    return pd.DataFrame(
        {
            c.RETAILER_ID: ids,
            c.REGION: _texts(known.retailers[c.REGION]),
            c.SEGMENT: _texts(known.retailers[c.SEGMENT]),
            UNITS: np.nan_to_num(units.reindex(ids).to_numpy(dtype=float)) / since,
            "first_week": first,
        }
    )


def _shelves(stock: pd.DataFrame | None, goods: Goods) -> Shelves | None:
    if stock is None or stock.empty:
        return None
    held = stock.drop_duplicates(c.PRODUCT_ID).set_index(c.PRODUCT_ID).reindex(goods.ids)
    found = (held[name].to_numpy(dtype=float) for name in (c.ON_HAND, c.ON_ORDER, "lead_weeks"))
    return Shelves(*found)


def _ratio(above: pd.Series[float], below: pd.Series[float], usual: float) -> Floats:
    top = np.nan_to_num(above.to_numpy(dtype=float))
    bottom = np.nan_to_num(below.to_numpy(dtype=float))
    usual_one = np.full(len(top), float(usual))
    return np.asarray(np.divide(top, bottom, out=usual_one, where=bottom > 0))


def _texts(values: pd.Series[str]) -> Texts:
    return values.fillna(UNKNOWN).to_numpy().astype(str)
