"""The way of all files through cleaning, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.aliases import SourceFormat
from smartreco.dataset.cleaning.extras import clean_calendar, clean_promotions, clean_stock
from smartreco.dataset.cleaning.identity import copied_rows, identify
from smartreco.dataset.cleaning.ledger import ChangedRows
from smartreco.dataset.cleaning.lines import Lines, judge_lines, read_lines
from smartreco.dataset.cleaning.options import CleaningOptions
from smartreco.dataset.cleaning.orders import Orders, settle_orders
from smartreco.dataset.cleaning.products import Products, complete_products, read_products
from smartreco.dataset.cleaning.refusal import judge, refuse_nothing_left
from smartreco.dataset.cleaning.remarks import absent, form_notes, return_notes
from smartreco.dataset.cleaning.retailers import complete_retailers, read_retailers
from smartreco.dataset.cleaning.tables import Table
from smartreco.dataset.cleaning.vendors import clean_vendors
from smartreco.dataset.frames import CleanData, RawData
from smartreco.dataset.report import ImportReport, Note
from smartreco.entities import DatasetInfo, Provenance

Doing = Callable[[float, str], None]


@dataclass(frozen=True)
class Cleaned:
    """Clean data with the account of how they came to be."""

    data: CleanData
    report: ImportReport
    changed: tuple[ChangedRows, ...]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Every fixed or quarantined row: file, row_number, outcome, reason, also, then as it came.

        A column of a file that is named like one of these gets " (file)" after it.
        """
        frames = []
        for part in self.changed:
            marks = part.marks.assign(file=part.source)
            marks = marks[["file", *part.marks.columns]]
            taken = {name: f"{name} (file)" for name in marks.columns}
            original = part.original.rename(columns=taken)
            frames.append(pd.concat([marks, original], axis=1))
        frames = [frame for frame in frames if len(frame)] or frames[:1]
        return pd.concat(frames, ignore_index=True)


def clean(
    raw: RawData, options: CleaningOptions | None = None, *, today: date,
    progress: Doing | None = None,
) -> Cleaned:  # fmt: skip
    """Clean the frames of one import.

    Parameters
    ----------
    raw
        Frames by kind; ``orders`` is required.
    options
        What is known beyond the files.
    today
        The day of the import: orders cannot lie after it.
    progress
        Told how far it is (0..1) and what it does.

    Raises
    ------
    InputError
        A required column is missing, too many values are impossible (see
        `refusal`), or nothing is left.
    """
    options, tell = options or CleaningOptions(), progress or _silent
    tables = {kind: Table(kind, raw) for kind in raw.frames}
    source = tables["orders"].header.source
    info = _info(raw, options, source)
    latest = np.datetime64(today, "us") + np.timedelta64(730, "D")
    named = info.provenance is not Provenance.IMPORTED
    read = read_products(tables.get("products"), source, latest)
    shops = read_retailers(tables.get("retailers"), named)
    vendors = clean_vendors(tables.get("vendors"))

    tell(0.1, "Reading order lines")
    lines, orders, about_returns = _orders(
        tables["orders"], options, info, read, shops, today, tell
    )
    tell(0.8, "Products, shops and vendors")
    file = tables.get("products")
    products = complete_products(read, orders.products, vendors, file.ledger if file else None)
    retailers, notes = complete_retailers(shops, orders.retailers, named)
    data = _data(info, orders, products, retailers, tables)
    report = ImportReport(
        files=tuple(table.ledger.account(table.header.ignored) for table in tables.values()),
        notes=(*about_returns, *form_notes(lines, source, info), *products.notes, *notes),
        absent=absent(data),
    )
    changed = tuple(table.ledger.changed_rows() for table in tables.values())
    tell(1.0, "Clean")
    return Cleaned(data, report, changed)


def _orders(
    table: Table, options: CleaningOptions, info: DatasetInfo, products: pd.DataFrame,
    retailers: pd.DataFrame, today: date, tell: Doing,
) -> tuple[Lines, Orders, list[Note]]:  # fmt: skip
    source = table.header.source
    month_first = source.month_first if source else info.locale.endswith("_US")
    lines = read_lines(
        table, source, month_first=month_first,
        product_ids=products[c.PRODUCT_ID], retailer_ids=retailers[c.RETAILER_ID],
    )  # fmt: skip
    tell(0.4, "Judging order lines")
    table.ledger.mark("duplicate", copied_rows(table, lines) & table.ledger.alive)
    lines, is_return = judge_lines(table, lines, source, today)
    judge(table.ledger, options, dict(table.header.names))
    lines = identify(table, lines)
    tell(0.6, "Netting returns")
    sizes = products.set_index(c.PRODUCT_ID)[c.CASE_SIZE]
    orders = settle_orders(
        table, lines, is_return, lines.product.values.map(sizes).to_numpy(dtype=np.float64)
    )
    if orders.lines.empty and orders.returns is None and orders.as_ordered is None:
        refuse_nothing_left(table.ledger)
    return lines, orders, return_notes(table, is_return & (lines.prices.values > 0))


def _data(
    info: DatasetInfo, orders: Orders, products: Products, retailers: pd.DataFrame,
    tables: dict[str, Table],
) -> CleanData:  # fmt: skip
    ids = products.frame[c.PRODUCT_ID]
    last = orders.lines[c.ORDERED_AT].max()  # a file may hold returns only
    as_of = None if pd.isna(last) else (last + pd.Timedelta(days=1)).date()
    return CleanData(
        info=DatasetInfo(
            info.name, info.currency, info.locale, info.provenance, info.credit,
            as_of=as_of, retailers=len(retailers), products=len(ids), lines=len(orders.lines),
        ),
        orders=orders.lines,
        products=products.frame,
        retailers=retailers,
        vendors=products.vendors,
        stock=clean_stock(
            tables["stock"], ids, retailers[c.RETAILER_ID], products.vendors[c.VENDOR_ID]
        )
        if "stock" in tables
        else None,
        promotions=clean_promotions(tables["promotions"], ids) if "promotions" in tables else None,
        calendar=clean_calendar(tables["calendar"]) if "calendar" in tables else None,
        returns=orders.returns,
        as_ordered=orders.as_ordered,
    )  # fmt: skip


def _info(raw: RawData, options: CleaningOptions, source: SourceFormat | None) -> DatasetInfo:
    sample = raw.sample
    known = sample or source
    provenance = options.provenance or (Provenance.SAMPLE if sample else Provenance.IMPORTED)
    stem = Path(raw.sources.get("orders", "orders")).stem
    return DatasetInfo(
        name=options.name or (sample.name if sample else stem),
        currency=options.currency or (known.currency if known else ""),
        locale=options.locale or (known.locale if known else "en"),
        provenance=provenance,
        credit=options.credit or (sample.credit if sample else ""),
    )


def _silent(fraction: float, doing: str) -> None:
    """Tell nobody."""
