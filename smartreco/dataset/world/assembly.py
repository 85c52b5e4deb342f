"""From drawn lines to the frames that a data set holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.frames import CleanData
from smartreco.dataset.world.draw import Lines
from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.prices import promotion_frame
from smartreco.dataset.world.randomness import Ints
from smartreco.dataset.world.stock import make_stock
from smartreco.dataset.world.timeline import EPOCH
from smartreco.dataset.world.truth import Truth
from smartreco.entities import DatasetInfo, Provenance

#: Orders of the last days are on their way: first only placed, before that confirmed.
PLACED_DAYS, CONFIRMED_DAYS = 2, 5
#: The calendar also tells of festivals this many days ahead.
CALENDAR_AHEAD = 400


def assemble(plan: Plan, truth: Truth, lines: Lines) -> CleanData:
    """All frames of the data set, as `smartreco.dataset.frames` describes them."""
    orders = _orders(truth, lines)
    end = (truth.timeline.end - EPOCH).days
    info = DatasetInfo(
        name="Indian wholesale (made up)",
        currency="INR",
        locale="en_IN",
        provenance=Provenance.DEMO,
        credit="Made by SmartReco; names, shops and orders are invented.",
        as_of=truth.timeline.end,
        retailers=len(truth.retailers),
        products=len(truth.products),
        lines=len(orders),
    )
    return CleanData(
        info=info,
        orders=orders,
        products=_products(truth),
        retailers=_retailers(truth),
        vendors=_vendors(truth),
        stock=make_stock(truth, plan.random, lines, end - CONFIRMED_DAYS),
        promotions=promotion_frame(
            truth.depth.astype(np.float64).round(6), truth.products[c.PRODUCT_ID], truth.timeline
        ),
        calendar=_calendar(plan, truth),
    )


def _orders(truth: Truth, lines: Lines) -> pd.DataFrame:
    """Order lines in the order of their moment."""
    order = np.lexsort((lines.product, lines.retailer, lines.minute, lines.day))
    retailer, product, day = lines.retailer[order], lines.product[order], lines.day[order]
    ids, code = _order_ids(truth, retailer, day)
    moment = day * 1440 + lines.minute[order]
    age = (truth.timeline.end - EPOCH).days - day
    status = np.where(age <= PLACED_DAYS, 0, np.where(age <= CONFIRMED_DAYS, 1, 2))
    product_ids = truth.products[c.PRODUCT_ID].to_numpy()
    return pd.DataFrame(
        {
            c.ORDER_ID: _taken(ids, code),
            # A product is at most once in an order, so its name is the line's identity.
            c.LINE_ID: _taken([f"{name}#1" for name in product_ids], product),
            c.RETAILER_ID: _taken(truth.retailers[c.RETAILER_ID].to_numpy(), retailer),
            c.PRODUCT_ID: _taken(product_ids, product),
            c.ORDERED_AT: moment.astype("datetime64[m]").astype("datetime64[us]"),
            c.QUANTITY: lines.quantity[order],
            c.UNIT_PRICE: lines.unit_price[order],
            c.STATUS: _taken(["placed", "confirmed", "delivered"], status),
        }
    )


def _order_ids(truth: Truth, retailer: Ints, day: Ints) -> tuple[list[str], Ints]:
    """Order numbers made of day and shop: the same whatever others order."""
    key, code = np.unique(day * (len(truth.retailers) + 1) + retailer, return_inverse=True)
    days, shops = np.divmod(key, len(truth.retailers) + 1)
    stamp = np.datetime_as_string(days.astype("datetime64[D]"))
    shop_ids = truth.retailers[c.RETAILER_ID].to_numpy()
    names = [
        f"SO-{when[2:4]}{when[5:7]}{when[8:]}-{shop_ids[shop][1:]}"
        for when, shop in zip(stamp.tolist(), shops.tolist(), strict=True)
    ]
    return names, code.astype(np.int64)


def _taken(names: Sequence[str] | np.ndarray, code: Ints) -> pd.Series:
    """Names by code; far faster than writing each row's own text."""
    return pd.Series(list(names), dtype="str").take(code).reset_index(drop=True)


def _products(truth: Truth) -> pd.DataFrame:
    """Products as a data set knows them, with the last list price."""
    goods, last = truth.products, truth.timeline.weeks - 1
    price = np.round(truth.list_price[:, last].astype(np.float64), 2)
    on_market = (goods["launch_week"] <= last) & (goods["exit_week"] > last)
    frame = goods[[c.PRODUCT_ID, c.NAME, c.CATEGORY, c.SUBCATEGORY]].astype("str")
    return frame.assign(
        **{
            c.VENDOR_ID: _taken(truth.vendors[c.VENDOR_ID].to_numpy(), goods["vendor"].to_numpy()),
            c.CASE_SIZE: goods[c.CASE_SIZE].astype(np.int64),
            c.UNIT_COST: np.round(price * (1 - goods["margin"]), 2),
            c.LIST_PRICE: price,
            c.LAUNCHED_ON: goods[c.LAUNCHED_ON],
            c.ACTIVE: on_market.to_numpy(),
        }
    )


def _retailers(truth: Truth) -> pd.DataFrame:
    """Shops as a data set knows them."""
    shops, last = truth.retailers, truth.timeline.weeks - 1
    there = (shops["join_week"] <= last) & (shops["exit_week"] > last)
    texts = [c.RETAILER_ID, c.NAME, c.CITY, c.REGION, c.SEGMENT]
    numbers = [c.LAT, c.LON, c.CREDIT_LIMIT, c.OPEN_TO_VENDORS]
    return pd.concat([shops[texts].astype("str"), shops[numbers]], axis=1).assign(
        **{c.ACTIVE: there.to_numpy()}
    )


def _vendors(truth: Truth) -> pd.DataFrame:
    """Vendors as a data set knows them."""
    texts = [c.VENDOR_ID, c.NAME, c.CITY, c.REGION]
    numbers = [c.LEAD_TIME_DAYS, c.MIN_ORDER_VALUE]
    return pd.concat(
        [truth.vendors[texts].astype("str"), truth.vendors[numbers].astype(np.float64)], axis=1
    )


def _calendar(plan: Plan, truth: Truth) -> pd.DataFrame:
    """Festivals of the window and the year ahead."""
    table = plan.festivals
    first = pd.Timestamp(truth.timeline.start)
    last = pd.Timestamp(truth.timeline.end) + pd.Timedelta(days=CALENDAR_AHEAD)
    inside = table[table[c.DAY].between(first, last)].sort_values([c.DAY, c.FESTIVAL])
    return inside.astype({c.FESTIVAL: "str"}).reset_index(drop=True)
