"""Past demand as the forecaster takes it: read from the store, every level in one panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import PRODUCT_ID
from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.arrays import Days, Floats, Texts
from smartreco.forecast.coherent import Structure
from smartreco.forecast.forecaster import FEWEST_WEEKS
from smartreco.forecast.held_back import with_held_back
from smartreco.forecast.linking import groups, links
from smartreco.forecast.panel import Level, Panel
from smartreco.store import history as history_store
from smartreco.store import series as series_store
from smartreco.store.connection import Cursor
from smartreco.store.series import Span

#: Levels that are forecast and reconciled together; pairs follow from them.
TOGETHER: Final = tuple(level for level in Level if level is not Level.RETAILER_PRODUCT)
PROFILE_WEEKS: Final = 60  # past weeks whose weekdays split the coming ones


@dataclass(frozen=True)
class Demand:
    """What was known on a day.

    Attributes
    ----------
    as_of
        First day that is not known.
    known
        Full weeks before it.
    panel
        All levels of `TOGETHER`.
    structure
        How they hang together.
    """

    as_of: date
    known: Span
    panel: Panel
    structure: Structure


def first_unknown(cursor: Cursor, as_of: date | None) -> date:
    """The day to forecast from: as asked, at most the day after the last order.

    Raises
    ------
    NotEnoughDataError
        The store holds no orders.
    InputError
        Orders up to that day are not known.
    """
    last = history_store.as_of(cursor)
    if last is None:
        raise NotEnoughDataError(
            "a forecast needs orders", "none in the store", "import orders or make the demo data"
        )
    if as_of is not None and as_of > last:
        raise InputError(
            f"orders are known until {last}, the first day to forecast from", f"{as_of}",
            "choose a day up to it",
        )  # fmt: skip
    return as_of or last


def read(cursor: Cursor, as_of: date) -> Demand:
    """Read all levels but the pairs.

    Raises
    ------
    NotEnoughDataError
        Too few full weeks lie before the day.
    """
    known = series_store.span(cursor, as_of)
    if known is None or known.weeks < FEWEST_WEEKS:
        raise NotEnoughDataError(
            f"a forecast needs {FEWEST_WEEKS} full weeks of orders",
            f"{known.weeks if known else 0} before {as_of}", "choose a later day or import more",
        )  # fmt: skip
    products = series_store.products(cursor, known)
    retailers = series_store.retailers(cursor)
    starts = _starts(known)
    ids, levels, values = _series(cursor, known, products)
    panel = Panel(
        values, ids, levels, groups(levels, ids, products, retailers), starts,
        missing=_missing(cursor, known, ids, levels), calendar=series_store.festivals(cursor),
    )  # fmt: skip
    structure = Structure(links(products, retailers), products)
    return Demand(as_of, known, with_held_back(panel, structure.links), structure)


def read_pairs(cursor: Cursor, demand: Demand) -> Panel:
    """The pairs of shop and product that ever were, with their past."""
    frame = series_store.weekly(cursor, Level.RETAILER_PRODUCT, demand.known)
    ids = np.unique(frame["id"].to_numpy().astype(str))
    level = np.repeat(Level.RETAILER_PRODUCT.value, len(ids))
    values = np.maximum(series_store.matrix(frame, ids, demand.known.weeks), 0.0)
    return Panel(values, ids, level, level, demand.panel.starts, calendar=demand.panel.calendar)


def read_days(cursor: Cursor, known: Span, levels: Texts, ids: Texts) -> Floats:
    """Pieces a day over the last weeks of some series: series x days, from a Monday."""
    until = known.until
    first = max(known.first, _weeks_before(until, PROFILE_WEEKS))
    days = (until - first).days
    found = np.zeros((len(ids), days))
    for level in np.unique(levels):
        rows = np.flatnonzero(levels == level)
        frame = series_store.daily(cursor, str(level), first, until)
        found[rows] = series_store.matrix(frame, ids[rows], days)
    return found


def _series(cursor: Cursor, known: Span, products: pd.DataFrame) -> tuple[Texts, Texts, Floats]:
    """Ids, levels and weeks of all series; products that nothing was sold of are zeros.

    A vendor or region is a level only where the data tell more than one apart.
    """
    ids: list[Texts] = []
    values: list[Floats] = []
    levels: list[str] = []
    for level in TOGETHER:
        frame = series_store.weekly(cursor, level, known)
        names = np.unique(frame["id"].to_numpy().astype(str))
        if level is Level.PRODUCT:
            names = np.union1d(names, products[PRODUCT_ID].to_numpy().astype(str))
        if level in (Level.VENDOR, Level.REGION) and set(names) == {series_store.UNKNOWN}:
            continue
        ids.append(names)
        values.append(np.maximum(series_store.matrix(frame, names, known.weeks), 0.0))
        levels += [level.value] * len(names)
    return np.concatenate(ids), np.array(levels), np.concatenate(values)


def _missing(cursor: Cursor, known: Span, ids: Texts, levels: Texts) -> np.ndarray | None:
    """Weeks in which a product's vendor had none; None where stock is not in the data."""
    outs = series_store.stock_outs(cursor, known).assign(quantity=1.0)
    if not len(outs):
        return None
    product = levels == Level.PRODUCT.value
    found = np.zeros((len(ids), known.weeks), dtype=bool)
    found[product] = series_store.matrix(outs, ids[product], known.weeks) > 0
    return found


def _starts(known: Span) -> Days:
    return np.asarray(np.datetime64(known.first, "D") + 7 * np.arange(known.weeks))


def _weeks_before(day: date, weeks: int) -> date:
    return date.fromordinal(day.toordinal() - 7 * weeks)
