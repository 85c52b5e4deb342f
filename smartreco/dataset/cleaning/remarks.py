"""What an import assumed and what its data do not hold, in sentences for people."""

from __future__ import annotations

from smartreco import columns as c
from smartreco.dataset.aliases import SourceFormat
from smartreco.dataset.cleaning.ledger import Mask
from smartreco.dataset.cleaning.lines import Lines
from smartreco.dataset.cleaning.tables import Table
from smartreco.dataset.frames import CleanData
from smartreco.dataset.report import Note
from smartreco.entities import DatasetInfo


def return_notes(table: Table, returns: Mask) -> list[Note]:
    """How all cancellations and returns fared, under whatever rule they are counted."""
    rows = int(returns.sum())
    account = table.ledger.account()
    cancelled = account.rows("cancelled_status")
    if not (rows or cancelled):
        return []
    netted, unmatched = account.rows("netted"), account.rows("unmatched_return")
    values = {
        "rows": rows, "netted": netted, "unmatched": unmatched,
        "rest": rows - netted - unmatched, "cancelled": cancelled,
    }  # fmt: skip
    words = (
        "Cancellations and returns: {rows} rows, {netted} netted against earlier lines, "
        "{unmatched} without one, {rest} set aside for another reason; {cancelled} lines "
        "cancelled by their status."
    )
    return [Note(words, values)]


def form_notes(lines: Lines, source: SourceFormat | None, info: DatasetInfo) -> list[Note]:
    notes = []
    if source is not None:
        notes.append(
            Note(
                "The header is that of {source}: currency {currency}, locale {locale}.",
                {"source": source.name, "currency": info.currency, "locale": info.locale},
            )
        )
    elif not info.currency:
        notes.append(Note("No currency is known; amounts are shown as plain numbers."))
    if lines.moments.day_first is not None:
        notes.append(
            Note("Dates such as 3/4/2026 were read with the day first.")
            if lines.moments.day_first
            else Note("Dates such as 3/4/2026 were read with the month first.")
        )
    if lines.quantities.comma or lines.prices.comma:
        notes.append(Note("Numbers were read with a comma before their decimals."))
    if lines.quantities.own_form or lines.prices.own_form:
        notes.append(Note("Signs and words beside most numbers of a column were left out."))
    return notes


def absent(data: CleanData) -> tuple[str, ...]:
    """What the data set does not hold and pages must not invent."""
    products, shops = data.products, data.retailers
    checks = (
        (data.vendors.empty, "The data hold no vendors."),
        (data.stock is None, "The data hold no stock."),
        (data.promotions is None, "The data hold no promotions."),
        (shops[c.SEGMENT].isna().all(), "The data hold no customer segments."),
        (shops[c.CREDIT_LIMIT].isna().all(), "The data hold no credit limits."),
        (products[c.UNIT_COST].isna().all(), "The data hold no costs."),
        (products[c.CASE_SIZE].eq(1).all(), "The data hold no case sizes; orders are in pieces."),
    )
    return tuple(words for missing, words in checks if missing)
