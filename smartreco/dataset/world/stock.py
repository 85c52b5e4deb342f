"""What vendors and shops hold on the last day, consistent with what was ordered.

Of earlier weeks only that a vendor had nothing left is written down: those are the weeks
whose orders tell nothing of demand.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.columns import (
    AT,
    CASE_SIZE,
    HOLDER_ID,
    HOLDER_KIND,
    ON_HAND,
    ON_ORDER,
    PRODUCT,
    PRODUCT_ID,
    RETAILER,
    RETAILER_ID,
    VENDOR_ID,
)
from smartreco.dataset.world.draw import Lines
from smartreco.dataset.world.randomness import Randomness
from smartreco.dataset.world.timeline import EPOCH
from smartreco.dataset.world.truth import Truth

#: Weeks of demand that a vendor holds at least and at most, and looks back over.
COVER, LOOK_BACK = (1.5, 7.0), 8
#: A shop's product is regular when ordered this often in so many days.
REGULAR_LINES, REGULAR_DAYS = 3, 270
#: What is left of earlier orders when one arrives, at most, as a share of it.
LEFT_OVER = 0.4
MIDDLE = 3  # days after the first of a week


def make_stock(
    truth: Truth, random: Randomness, lines: Lines, delivered_before: int
) -> pd.DataFrame:
    """Vendors' stock-outs of the past, and everybody's stock on the last known day.

    `delivered_before` is the first day, since 1970-01-01, whose orders are still on the way.
    """
    last = (truth.timeline.end - EPOCH).days - 1
    parts = [
        _past_stock_outs(truth),
        _vendor_stock(truth, random, lines).assign(**{AT: last}),
        _shop_stock(truth, random, lines, delivered_before).assign(**{AT: last}),
    ]
    stock = pd.concat([part for part in parts if len(part)], ignore_index=True)
    stock[AT] = stock[AT].to_numpy(dtype="datetime64[D]").astype("datetime64[us]")
    columns = [HOLDER_KIND, HOLDER_ID, PRODUCT_ID, AT, ON_HAND, ON_ORDER]
    return stock[columns].astype({HOLDER_KIND: "str", HOLDER_ID: "str", PRODUCT_ID: "str"})


def _past_stock_outs(truth: Truth) -> pd.DataFrame:
    """A row a product and week before the last in which its vendor had none, at its middle.

    The middle lies in the calendar week that shares most days with it.
    """
    before = truth.timeline.weeks - 1
    product, week = np.nonzero(truth.stock_outs[:, :before])
    goods = truth.products
    return pd.DataFrame(
        {
            HOLDER_KIND: "vendor",
            HOLDER_ID: truth.vendors[VENDOR_ID].to_numpy()[goods["vendor"].to_numpy()[product]],
            PRODUCT_ID: goods[PRODUCT_ID].to_numpy()[product],
            AT: truth.timeline.first_days[week] + MIDDLE,
            ON_HAND: np.zeros(len(week), dtype=np.int64),
            ON_ORDER: np.zeros(len(week), dtype=np.int64),
        }
    )


def _vendor_stock(truth: Truth, random: Randomness, lines: Lines) -> pd.DataFrame:
    """Some weeks of demand in whole cases; nothing where the product is out of stock now."""
    goods, last = truth.products, truth.timeline.weeks - 1
    at = np.arange(len(goods))
    recent = lines.week > last - LOOK_BACK
    sold = np.bincount(lines.product[recent], weights=lines.quantity[recent], minlength=len(goods))
    case = goods[CASE_SIZE].to_numpy()
    weekly = np.maximum(sold / LOOK_BACK, case / 2)
    low, high = COVER
    weeks = low + (high - low) * random.uniform("vendor cover", at) ** 2
    offered = (truth.on_sale[:, last] > 0) & truth.in_stock[:, last]
    on_hand = np.where(offered, np.ceil(weekly * weeks / case) * case, 0)
    short = (truth.on_sale[:, last] > 0) & (on_hand < 2.5 * weekly)
    on_order = np.where(short, np.ceil(weekly * 4 / case) * case, 0)
    return pd.DataFrame(
        {
            HOLDER_KIND: "vendor",
            HOLDER_ID: truth.vendors[VENDOR_ID].to_numpy()[goods["vendor"]],
            PRODUCT_ID: goods[PRODUCT_ID].to_numpy(),
            ON_HAND: on_hand.astype(np.int64),
            ON_ORDER: on_order.astype(np.int64),
        }
    )


def _shop_stock(
    truth: Truth, random: Randomness, lines: Lines, delivered_before: int
) -> pd.DataFrame:
    """What is left of the last delivery after selling at the shop's own pace.

    Only of regular products; what is ordered and not delivered is on order.
    """
    end = (truth.timeline.end - EPOCH).days
    held = _ledger(lines, end - REGULAR_DAYS, delivered_before)
    who, what = (held[name].to_numpy() for name in (RETAILER, PRODUCT))
    size, total = held["size"].to_numpy(), held["total"].to_numpy()
    pace = total / np.maximum(end - held["first"].to_numpy(), 28)
    before = LEFT_OVER * random.uniform("left over", who, what) * size
    left = size + before - pace * (end - held["last"].to_numpy())
    on_hand = np.clip(np.round(left), 0, total)
    return pd.DataFrame(
        {
            HOLDER_KIND: "retailer",
            HOLDER_ID: truth.retailers[RETAILER_ID].to_numpy()[who],
            PRODUCT_ID: truth.products[PRODUCT_ID].to_numpy()[what],
            ON_HAND: on_hand.astype(np.int64),
            ON_ORDER: held["coming"].to_numpy().astype(np.int64),
        }
    )


def _ledger(lines: Lines, since: int, delivered_before: int) -> pd.DataFrame:
    """What came of each shop's regular products, from a day on.

    Columns retailer, product; total, coming : pieces delivered and on the way; first,
    last : days of delivered orders; size : pieces of the last one.
    """
    keys = [RETAILER, PRODUCT]
    frame = pd.DataFrame(
        {RETAILER: lines.retailer, PRODUCT: lines.product, "day": lines.day, "n": lines.quantity}
    )
    frame = frame[frame["day"] >= since].sort_values("day", kind="stable")
    came = frame[frame["day"] < delivered_before].groupby(keys)
    coming = frame[frame["day"] >= delivered_before].groupby(keys)["n"].sum()
    held = came.agg(
        count=("n", "size"), total=("n", "sum"), size=("n", "last"),
        first=("day", "first"), last=("day", "last"),
    )  # fmt: skip
    held = held.join(coming.rename("coming"), how="left").fillna({"coming": 0})
    return held[held["count"] >= REGULAR_LINES].reset_index()
