"""Orders: what needs other lines to be judged, and the frames that come out.

Units before returns, since a return must count in the pieces of its line;
returns last, since only sound lines can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.aliases import RETAILER_NAME
from smartreco.dataset.cleaning.coded import Coded, most_common
from smartreco.dataset.cleaning.ledger import Ledger, Mask
from smartreco.dataset.cleaning.lines import Lines
from smartreco.dataset.cleaning.netting import PAIR, net_returns
from smartreco.dataset.cleaning.tables import Table
from smartreco.dataset.cleaning.units import repair_units

LINE_COLUMNS: Final = [
    c.ORDER_ID, c.LINE_ID, c.RETAILER_ID, c.PRODUCT_ID, c.ORDERED_AT, c.QUANTITY,
    c.UNIT_PRICE, c.STATUS,
]  # fmt: skip


@dataclass(frozen=True)
class Orders:
    """Clean order lines and what came with them.

    Attributes
    ----------
    lines
        Columns as in `frames.CleanData.orders`.
    returns, as_ordered
        As in `frames.CleanData`; None where nothing was returned.
    products, retailers
        What the orders say of each product and each shop: one row an id.
    """

    lines: pd.DataFrame
    returns: pd.DataFrame | None
    as_ordered: pd.DataFrame | None
    products: pd.DataFrame
    retailers: pd.DataFrame


def settle_orders(
    table: Table, lines: Lines, is_return: Mask, case_size: npt.NDArray[np.float64]
) -> Orders:
    """Turn wrong units, take returns off, and build the frames.

    Parameters
    ----------
    table
        The orders file, its single lines judged.
    lines
        Its lines; quantity below 0 for returns.
    is_return
        Rows that are returns.
    case_size
        Pieces in a case by product code; NaN where unknown.
    """
    price, quantity = _in_pieces(table.ledger, lines, case_size)
    ordered = quantity.astype(np.int64)
    left = _without_returns(table.ledger, lines, is_return, ordered)
    alive = table.ledger.alive
    frame = _frame(lines, alive, left, price)
    withdrawn = table.ledger.alive_but_for("cancelled_status") & ~is_return
    changed = (
        table.ledger.marked("reduced_by_return")
        | table.ledger.marked("cancelled_in_full")
        | withdrawn
    )
    gone = _returned(table.ledger)
    return Orders(
        lines=frame,
        returns=_frame(lines, gone, -ordered, price)[
            [c.ORDER_ID, c.LINE_ID, c.RETAILER_ID, c.PRODUCT_ID, c.ORDERED_AT, c.QUANTITY]
        ]
        if gone.any()
        else None,
        as_ordered=_frame(lines, changed, ordered, price) if changed.any() else None,
        products=_said_of_products(table, lines, alive | changed),
        retailers=_said_of_retailers(table, lines, alive | changed),
    )


def _in_pieces(
    ledger: Ledger, lines: Lines, case_size: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Prices a piece and quantities in pieces."""
    alive = ledger.alive
    size = np.append(case_size, np.nan)[lines.product.codes]
    counted = lines.quantities.in_cases & alive
    ledger.mark("unreadable_quantity", counted & np.isnan(size))
    ledger.mark("counted_in_cases", counted & ~np.isnan(size))
    quantity = np.where(
        counted, lines.quantities.values * np.nan_to_num(size, nan=1), lines.quantities.values
    )
    repaired = repair_units(
        lines.product.codes, lines.retailer.codes, lines.prices.values, quantity, case_size,
        ledger.alive,
    )  # fmt: skip
    ledger.mark("price_per_case", repaired.per_case)
    ledger.mark("price_in_hundredths", repaired.hundredths)
    ledger.mark("counted_in_cases", repaired.in_cases)
    return repaired.price, np.nan_to_num(repaired.quantity)


def _without_returns(
    ledger: Ledger, lines: Lines, is_return: Mask, ordered: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Pieces left on each row once returns are taken off; marks the rows concerned."""
    alive = ledger.alive
    pair = lines.retailer.codes.astype(np.int64) * (len(lines.product.values) + 1)
    pair += lines.product.codes
    touched = alive & np.isin(pair, np.unique(pair[alive & is_return]))
    at = np.flatnonzero(touched)
    left = ordered.copy()
    if not len(at):
        return left
    events = pd.DataFrame(
        {
            PAIR: pair[at],
            c.ORDERED_AT: _moments_of_orders(lines, alive, is_return)[at],
            c.ORDER_ID: lines.order.texts(touched),
            c.LINE_ID: lines.line.texts(touched),
            c.QUANTITY: ordered[at],
        }
    )
    left[at] = net_returns(events)
    asked = np.abs(ordered)
    ledger.mark("netted", touched & is_return & (left == 0))
    ledger.mark("netted_in_part", touched & is_return & (left > 0) & (left < asked))
    ledger.mark("unmatched_return", touched & is_return & (left == asked))
    ledger.mark("cancelled_in_full", touched & ~is_return & (left == 0))
    ledger.mark("reduced_by_return", touched & ~is_return & (left > 0) & (left < asked))
    return left


def _moments_of_orders(lines: Lines, alive: Mask, is_return: Mask) -> npt.NDArray[np.datetime64]:
    """When each row counts as ordered: a line with its order's first one, if on that day.

    The store keeps one moment an order and one day a line, and nets by these;
    netting here by more would make one export and two overlapping ones differ.
    """
    moments = lines.moments.values.copy()
    sold = np.flatnonzero(alive & ~is_return)
    own = pd.Series(moments[sold])
    first = own.groupby(lines.order.codes[sold]).transform("min").to_numpy()
    day = own.to_numpy().astype("datetime64[D]")
    moments[sold] = np.where(first.astype("datetime64[D]") == day, first, day)
    return moments


def _returned(ledger: Ledger) -> Mask:
    return (
        ledger.marked("netted")
        | ledger.marked("netted_in_part")
        | ledger.marked("unmatched_return")
    )


def _frame(
    lines: Lines, rows: Mask, quantity: npt.NDArray[np.int64], price: npt.NDArray[np.float64]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            c.ORDER_ID: lines.order.texts(rows),
            c.LINE_ID: lines.line.texts(rows),
            c.RETAILER_ID: lines.retailer.texts(rows),
            c.PRODUCT_ID: lines.product.texts(rows),
            c.ORDERED_AT: lines.moments.values[rows],
            c.QUANTITY: quantity[rows],
            c.UNIT_PRICE: price[rows],
            c.STATUS: lines.status.texts(rows).fillna("delivered"),
        }
    )


def _said_of_products(table: Table, lines: Lines, rows: Mask) -> pd.DataFrame:
    said = _said(table, lines.product, rows, [c.CATEGORY, c.SUBCATEGORY, c.VENDOR])
    said = {c.PRODUCT_ID: lines.product.values, c.NAME: lines.names, **said}
    return _present(said, lines.product, rows)


def _said_of_retailers(table: Table, lines: Lines, rows: Mask) -> pd.DataFrame:
    names = [RETAILER_NAME, c.CITY, c.REGION, c.SEGMENT]
    said = _said(table, lines.retailer, rows, names)
    said = {c.RETAILER_ID: lines.retailer.values, c.NAME: said.pop(RETAILER_NAME), **said}
    return _present(said, lines.retailer, rows)


def _said(table: Table, owner: Coded, rows: Mask, names: list[str]) -> dict[str, pd.Series]:
    """What the rows of each id say most often."""
    return {
        name: most_common(owner.codes, table.named(name)[0], len(owner.values), rows)
        for name in names
    }


def _present(said: dict[str, pd.Series], owner: Coded, rows: Mask) -> pd.DataFrame:
    """Only the ids that the rows hold."""
    return pd.DataFrame(said)[owner.counts(rows) > 0].reset_index(drop=True)
