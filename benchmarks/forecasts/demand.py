"""Orders as the forecaster takes them: weeks of every level in one panel, and how they add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartreco.columns import (
    CATEGORY,
    LAUNCHED_ON,
    LIST_PRICE,
    ORDERED_AT,
    PRODUCT_ID,
    QUANTITY,
    REGION,
    RETAILER_ID,
    VENDOR_ID,
)
from smartreco.forecast.arrays import Floats
from smartreco.forecast.coherent import Structure
from smartreco.forecast.linking import TOTAL_ID, groups, links
from smartreco.forecast.panel import Level, Panel

UNKNOWN = "unknown"
DAY = np.timedelta64(1, "D")
WEEK = 7
MONDAY = np.datetime64("1970-01-05")
KEYS = {
    Level.REGION: REGION,
    Level.CATEGORY: CATEGORY,
    Level.VENDOR: VENDOR_ID,
    Level.RETAILER: RETAILER_ID,
    Level.PRODUCT: PRODUCT_ID,
}


@dataclass(frozen=True)
class Demand:
    """All levels of one data set.

    Attributes
    ----------
    panel
        Full weeks that begin on Mondays.
    structure
        Links between levels, and the products.
    """

    panel: Panel
    structure: Structure

    def known(self, week: int) -> Demand:
        """What was known before a week: series without a sale until then are not there."""
        panel = self.panel.until(week)
        sold = np.flatnonzero((panel.values > 0).any(axis=1))
        products = self.structure.products
        seen = products["first_week"].to_numpy() < panel.ahead(1)[0]
        return Demand(panel.take(sold), Structure(self.structure.links, products[seen]))


def weekly(orders: pd.DataFrame, products: pd.DataFrame, retailers: pd.DataFrame) -> Demand:
    """Add order lines up to weeks.

    Parameters
    ----------
    orders
        Columns retailer_id, product_id, ordered_at, quantity.
    products
        Columns product_id, category, vendor_id, list_price; a missing vendor is "unknown".
    retailers
        Columns retailer_id, region; a missing region is "unknown".
    """
    products = products.assign(**{VENDOR_ID: products[VENDOR_ID].fillna(UNKNOWN)})
    retailers = retailers.assign(**{REGION: retailers[REGION].fillna(UNKNOWN)})
    day = orders[ORDERED_AT].to_numpy().astype("datetime64[D]")
    first, weeks = _span(day)
    lines = pd.DataFrame(
        {
            "week": (day - first) // DAY // WEEK,
            PRODUCT_ID: orders[PRODUCT_ID].to_numpy(),
            RETAILER_ID: orders[RETAILER_ID].to_numpy(),
            QUANTITY: orders[QUANTITY].to_numpy(dtype=float),
        }
    ).query("0 <= week < @weeks")
    lines = lines.merge(products[[PRODUCT_ID, CATEGORY, VENDOR_ID]], on=PRODUCT_ID)
    lines = lines.merge(retailers[[RETAILER_ID, REGION]], on=RETAILER_ID)
    panel = _panel(lines, first, weeks)
    begun = lines.groupby(PRODUCT_ID)["week"].min()
    sold = products[products[PRODUCT_ID].isin(begun.index)]
    first_week = first + sold[PRODUCT_ID].map(begun).to_numpy() * WEEK * DAY
    launched = sold.get(LAUNCHED_ON, pd.Series(pd.NaT, index=sold.index))
    known = sold[[PRODUCT_ID, CATEGORY, VENDOR_ID, LIST_PRICE]].assign(
        **{LAUNCHED_ON: launched, "first_week": first_week.astype("datetime64[s]")}
    )
    shared = groups(panel.levels, panel.ids, known, retailers)
    panel = Panel(panel.values, panel.ids, panel.levels, shared, panel.starts)
    return Demand(panel, Structure(links(known, retailers), known))


def _span(day: np.ndarray) -> tuple[np.datetime64, int]:
    """First Monday, and how many full weeks follow it."""
    first = day.min() + (-((day.min() - MONDAY) // DAY) % WEEK) * DAY
    return first, int((day.max() + DAY - first) // DAY // WEEK)


def _panel(lines: pd.DataFrame, first: np.datetime64, weeks: int) -> Panel:
    """Every level that tells more than one series apart, and the total."""
    total = np.bincount(lines["week"], weights=lines[QUANTITY], minlength=weeks)
    values: list[Floats] = [total[None, :].astype(float)]
    ids, levels = [TOTAL_ID], [Level.TOTAL.value]
    for level, column in KEYS.items():
        code, names = pd.factorize(lines[column], sort=True)
        if len(names) < 2:
            continue
        added = np.zeros((len(names), weeks))
        np.add.at(added, (code, lines["week"].to_numpy()), lines[QUANTITY].to_numpy())
        values.append(added)
        ids += list(names.astype(str))
        levels += [level.value] * len(names)
    every = np.maximum(np.concatenate(values), 0.0)
    names_, starts = np.array(levels), first + WEEK * DAY * np.arange(weeks)
    return Panel(every, np.array(ids), names_, names_, starts)
