"""Order lines: read, then judged row by row.

Holds everything that can be said of a line by itself; what needs other lines
comes before (copies, in `identity`) and after (units and returns, in `orders`).
The order of the rules is the order of precedence in the account.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.aliases import PRODUCT_NAME, SourceFormat
from smartreco.dataset.cleaning.coded import Coded, most_common
from smartreco.dataset.cleaning.ids import merge_cases
from smartreco.dataset.cleaning.ledger import Ledger, Mask
from smartreco.dataset.cleaning.moments import Moments
from smartreco.dataset.cleaning.numerals import Numbers
from smartreco.dataset.cleaning.services import service_kinds
from smartreco.dataset.cleaning.tables import EARLIEST, Table

MOST_PIECES: Final = 1_000_000  # on one line; above it stands a barcode or a slip
YEARS_AHEAD: Final = 2

_STATUS: Final = {
    "placed": "placed", "pending": "placed", "open": "placed", "new": "placed",
    "processing": "placed", "confirmed": "confirmed", "accepted": "confirmed",
    "shipped": "confirmed", "dispatched": "confirmed", "delivered": "delivered",
    "complete": "delivered", "completed": "delivered", "fulfilled": "delivered",
    "invoiced": "delivered", "paid": "delivered", "closed": "delivered",
    "cancelled": "cancelled", "canceled": "cancelled", "void": "cancelled",
    "voided": "cancelled", "rejected": "cancelled", "returned": "cancelled",
    "refunded": "cancelled",
}  # fmt: skip


@dataclass(frozen=True)
class Lines:
    """Order lines as arrays, one place a row of the file; the ledger says which count."""

    order: Coded
    retailer: Coded
    product: Coded
    line: Coded
    status: Coded
    moments: Moments
    quantities: Numbers
    prices: Numbers
    names: pd.Series  # of each distinct product, most frequent; may be missing

    def __len__(self) -> int:
        return len(self.order)


def read_lines(
    table: Table,
    source: SourceFormat | None,
    *,
    month_first: bool,
    product_ids: pd.Series,
    retailer_ids: pd.Series,
) -> Lines:
    """Read the columns of an orders file and make spellings of one id one.

    Parameters
    ----------
    table
        The orders file.
    source
        Its known format, if any.
    month_first
        How ``3/4/2026`` is read where the file does not tell.
    product_ids, retailer_ids
        Ids of the other files, whose spelling wins.
    """
    product, retailer = table.coded(c.PRODUCT_ID), table.coded(c.RETAILER_ID)
    prices = table.numbers(c.UNIT_PRICE)
    said, _ = table.named(PRODUCT_NAME)

    def names(ids: Coded) -> pd.Series:
        """What the lines of each product call it; lines with a price know best."""
        sold = most_common(ids.codes, said, len(ids.values), prices.values > 0)
        if sold.notna().all():
            return sold
        any_line = np.ones(len(table), dtype=bool)
        return sold.fillna(most_common(ids.codes, said, len(ids.values), any_line))

    product, changed = merge_cases(product, names)
    product, matched = _as_known(product, product_ids)
    retailer, renamed = _as_known(retailer, retailer_ids)
    table.ledger.mark("merged_spelling", changed | matched | renamed)
    return Lines(
        order=table.coded(c.ORDER_ID),
        retailer=retailer,
        product=product,
        line=table.coded(c.LINE_ID),
        status=table.coded(c.STATUS),
        moments=table.moments(c.ORDERED_AT, month_first=month_first),
        quantities=table.numbers(c.QUANTITY, counts=True),
        prices=prices,
        names=names(product),
    )


def _as_known(column: Coded, known: pd.Series) -> tuple[Coded, Mask]:
    """Ids that differ from a known one only in capitals take its spelling."""
    unknown = ~column.values.isin(known)
    if known.empty or not unknown.any():
        return column, np.zeros(len(column), dtype=bool)
    folded = known.str.casefold()
    spelling = pd.Series(known.to_numpy(), index=folded)[~folded.duplicated(keep=False).to_numpy()]
    renamed = column.values.mask(unknown, column.values.str.casefold().map(spelling))
    values = renamed.fillna(column.values).astype("str")
    changed = (values != column.values).to_numpy(dtype=bool)
    return column.renamed(values), np.append(changed, False)[column.codes]


def judge_lines(
    table: Table, lines: Lines, source: SourceFormat | None, today: date
) -> tuple[Lines, Mask]:
    """Run the rules on single lines; tell which of the remaining ones are returns."""
    ledger = table.ledger
    ledger.mark("missing_order", lines.order.missing)
    ledger.mark("missing_product", lines.product.missing)
    service = _judge_services(ledger, lines, source)
    ledger.mark("missing_retailer", lines.retailer.missing)
    _judge_dates(ledger, lines.moments, today)
    quantity = _judge_quantities(ledger, lines.quantities)
    _judge_prices(ledger, lines.prices, service)
    statuses = lines.status.values.str.casefold().map(_STATUS)
    stands = np.append((statuses == "cancelled").to_numpy(dtype=bool), False)
    ledger.mark("cancelled_status", stands[lines.status.codes])
    ledger.mark("unknown_status", np.append(statuses.isna(), False)[lines.status.codes])
    is_return = quantity < 0
    if source is not None:
        credit = lines.order.values.str.startswith(source.cancelled_prefix).to_numpy(dtype=bool)
        is_return |= np.append(credit, False)[lines.order.codes]
    signed = replace(
        lines,
        status=lines.status.renamed(statuses.fillna("delivered").astype("str")),
        quantities=replace(
            lines.quantities, values=np.where(is_return, -np.abs(quantity), quantity)
        ),
    )
    return signed, is_return


def _judge_services(ledger: Ledger, lines: Lines, source: SourceFormat | None) -> Mask:
    kinds = service_kinds(lines.product.values, lines.names, source)
    service = np.zeros(len(lines), dtype=bool)
    for kind in kinds.dropna().unique():
        rows = np.append(kinds.eq(kind).to_numpy(dtype=bool), False)[lines.product.codes]
        service |= ledger.mark(f"service.{kind}", rows)
    return service


def _judge_dates(ledger: Ledger, moments: Moments, today: date) -> None:
    ledger.mark("missing_date", moments.missing)
    ledger.mark("unreadable_date", moments.unreadable)
    now = np.datetime64(today, "D")
    ahead = np.datetime64(
        today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28)), "us"
    )
    impossible = (moments.values < EARLIEST) | (moments.values >= ahead)
    ledger.mark("impossible_date", impossible)
    tomorrow_ends = (now + np.timedelta64(2, "D")).astype("datetime64[us]")  # time zones
    ledger.mark("future_date", (moments.values >= tomorrow_ends) & ~impossible)
    ledger.mark("repaired_date", moments.repaired)


def _judge_quantities(ledger: Ledger, numbers: Numbers) -> npt.NDArray[np.float64]:
    values = numbers.values
    ledger.mark("missing_quantity", numbers.missing)
    ledger.mark("unreadable_quantity", numbers.unreadable)
    ledger.mark("fractional_quantity", ~np.isnan(values) & (values != np.round(values)))
    ledger.mark("zero_quantity", values == 0)
    ledger.mark("absurd_quantity", np.abs(values) > MOST_PIECES)
    ledger.mark("repaired_quantity", numbers.repaired)
    return values


def _judge_prices(ledger: Ledger, numbers: Numbers, service: Mask) -> None:
    ledger.mark("missing_price", numbers.missing)
    ledger.mark("unreadable_price", numbers.unreadable)
    ledger.mark("zero_price", numbers.values == 0)
    ledger.mark("negative_price", (numbers.values < 0) & ~service)
    ledger.mark("repaired_price", numbers.repaired)
