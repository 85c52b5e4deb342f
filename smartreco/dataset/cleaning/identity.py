"""Which rows are the same line: copies, corrections, and orders that hold two shops.

A line is (order_id, line_id), else (order_id, product_id, occurrence). All that
overlapping exports rely on is decided here, by what rows say and never by where
they stand in a file, save for the occurrence, which counts rows in their order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.cleaning.coded import Coded, code_column
from smartreco.dataset.cleaning.ledger import Ledger, Mask
from smartreco.dataset.cleaning.lines import Lines
from smartreco.dataset.cleaning.tables import Table
from smartreco.errors import InputError

FEW_LINE_IDS: Final = 0.5  # share of rows that would supersede each other if line_id were no id


def copied_rows(table: Table, lines: Lines) -> Mask:
    """Rows equal to an earlier one in every column of the file.

    Columns that are understood count by what they say, so that ``85123a`` and
    ``85123A`` are equal; unknown ones as they stand, since one of them may
    number the lines.
    """
    suspects = _same_product_again(lines)
    if len(lines.line.values) == len(lines) or not len(suspects):
        return np.zeros(len(lines), dtype=bool)
    understood = {
        c.ORDER_ID: (lines.order.codes, None),
        c.RETAILER_ID: (lines.retailer.codes, None),
        c.PRODUCT_ID: (lines.product.codes, None),
        c.LINE_ID: (lines.line.codes, None),
        c.ORDERED_AT: (lines.moments.values, lines.moments.unreadable),
        c.QUANTITY: (lines.quantities.values, lines.quantities.unreadable),
        c.UNIT_PRICE: (lines.prices.values, lines.prices.unreadable),
    }
    ours = {theirs: name for name, theirs in table.header.names.items()}
    columns: dict[str, npt.NDArray[np.generic]] = {}
    for theirs, raw in table.ledger.original.iloc[suspects].items():
        values, unreadable = understood.get(ours.get(str(theirs), ""), (None, None))
        if values is not None:
            columns[f"{theirs} as read"] = values[suspects]
        if values is None or (unreadable is not None and unreadable[suspects].any()):
            text = pd.factorize(raw)[0]  # where it cannot be read, the text itself tells apart
            held = slice(None) if unreadable is None else unreadable[suspects]
            columns[f"{theirs} as it stands"] = np.full(len(suspects), -1)
            columns[f"{theirs} as it stands"][held] = text[held]
    copies = np.zeros(len(lines), dtype=bool)
    copies[suspects[pd.DataFrame(columns).duplicated().to_numpy()]] = True
    return copies


def _same_product_again(lines: Lines) -> npt.NDArray[np.intp]:
    """Rows whose order holds their product more than once."""
    pair = lines.order.codes.astype(np.int64) * (len(lines.product.values) + 1)
    pair += lines.product.codes
    return np.flatnonzero(pd.Series(pair).duplicated(keep=False).to_numpy())


def identify(table: Table, lines: Lines) -> Lines:
    """Give each line its identity in its order, and each order one customer.

    A line is (order_id, line_id); where the source has no line id,
    (order_id, product_id, occurrence), counted in row order before value rules
    set rows aside, so that an overlapping export counts alike.

    Raises
    ------
    InputError
        The column line_id does not tell the lines of an order apart.
    """
    ledger = table.ledger
    sound = ~(ledger.marked("duplicate") | lines.order.missing | lines.product.missing)
    lines = _split_orders(ledger, lines, sound)
    line = _line_ids(lines, sound)
    ledger.name_lines(line.texts().where(pd.Series(sound | ~lines.line.missing)))
    later = np.zeros(len(lines), dtype=bool)
    at = np.flatnonzero(sound)
    keys = pd.DataFrame({"order": lines.order.codes[at], "line": line.codes[at]})
    later[at[keys.duplicated(keep="last").to_numpy()]] = True
    if later.sum() > FEW_LINE_IDS * len(at):
        raise InputError(
            "a line id tells the lines of one order apart",
            f"{int(later.sum()):,} rows of {ledger.source} that share theirs with another row of "
            "the same order",
            f"rename or drop the column {table.header.names.get(c.LINE_ID, c.LINE_ID)}",
        )
    ledger.mark("superseded_line", later)
    return replace(lines, line=line)


def _split_orders(ledger: Ledger, lines: Lines, sound: Mask) -> Lines:
    """Orders of two customers: the first keeps the number, others add their own id to it."""
    held = np.flatnonzero(sound & ~lines.retailer.missing)
    if not len(held):
        return lines
    order, retailer = lines.order.codes[held], lines.retailer.codes[held]
    owner = pd.Series(retailer).groupby(order).transform("first").to_numpy()
    other = held[retailer != owner]
    if not len(other):
        return lines
    ledger.mark("split_order", np.isin(np.arange(len(lines)), other))
    texts = lines.order.texts().to_numpy(dtype=object)
    shops = lines.retailer.texts().to_numpy(dtype=object)
    texts[other] = [f"{texts[at]}/{shops[at]}" for at in other]
    return replace(lines, order=code_column(pd.Series(texts, dtype="str")))


def _line_ids(lines: Lines, sound: Mask) -> Coded:
    """The given line ids, else ``product_id#occurrence``."""
    bare = np.flatnonzero(sound & lines.line.missing)
    if not len(bare):
        return lines.line
    product = lines.product.codes[bare]
    occurrence = np.zeros(len(bare), dtype=np.int64)
    again = np.isin(bare, _same_product_again(lines), assume_unique=True)
    times = pd.DataFrame({"order": lines.order.codes[bare[again]], "product": product[again]})
    occurrence[again] = times.groupby(["order", "product"]).cumcount().to_numpy()
    pair, distinct = pd.factorize(product * np.int64(occurrence.max() + 1) + occurrence)
    which, time = np.divmod(distinct, occurrence.max() + 1)
    made = lines.product.values.take(which).reset_index(drop=True) + "#"
    made += pd.Series(time + 1).astype("str")
    codes = lines.line.codes.copy()
    codes[bare] = pair + len(lines.line.values)
    values = pd.concat([lines.line.values, made], ignore_index=True)
    return Coded(codes, values).renamed(values.astype("str"))
