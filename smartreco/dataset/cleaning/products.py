"""Products: their own file, completed by what the orders say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.aliases import VOLUME, SourceFormat
from smartreco.dataset.cleaning.heads import UNCATEGORISED, categories_from_names
from smartreco.dataset.cleaning.ledger import Ledger
from smartreco.dataset.cleaning.services import service_kinds
from smartreco.dataset.cleaning.spelling import spellings
from smartreco.dataset.cleaning.tables import Table, one_row_an_id, titled
from smartreco.dataset.cleaning.vendors import vendor_ids
from smartreco.dataset.report import Note

COLUMNS: Final = [
    c.PRODUCT_ID, c.NAME, c.CATEGORY, c.SUBCATEGORY, c.VENDOR_ID, c.CASE_SIZE, c.UNIT_COST,
    c.LIST_PRICE, c.LAUNCHED_ON, c.ACTIVE, "derived",
]  # fmt: skip


@dataclass(frozen=True)
class Products:
    """Clean products and vendors, with what was assumed on the way."""

    frame: pd.DataFrame
    vendors: pd.DataFrame
    notes: tuple[Note, ...]


def read_products(
    table: Table | None, source: SourceFormat | None, latest: np.datetime64
) -> pd.DataFrame:
    """The rows of the product file that stand, read but not yet spelled alike.

    Columns as in `COLUMNS` with ``vendor`` (the name) and ``row`` (place in the
    file) beside them; empty where there is no file.
    """
    if table is None:
        return pd.DataFrame(columns=[*COLUMNS, c.VENDOR, VOLUME, "row"]).astype(
            {c.PRODUCT_ID: "str", c.NAME: "str", c.CASE_SIZE: float}
        )
    ids, _ = one_row_an_id(table, c.PRODUCT_ID)
    names = table.label(c.NAME)
    kinds = service_kinds(ids.fillna("0"), names, source)
    for kind in kinds.dropna().unique():
        table.ledger.mark(f"service.{kind}", kinds.eq(kind).to_numpy(dtype=bool))
    frame = pd.DataFrame(
        {
            c.PRODUCT_ID: ids,
            c.NAME: names,
            c.CATEGORY: table.label(c.CATEGORY),
            c.SUBCATEGORY: table.label(c.SUBCATEGORY),
            c.VENDOR: table.label(c.VENDOR),
            c.VENDOR_ID: table.coded(c.VENDOR_ID).texts(),
            c.CASE_SIZE: table.amount(c.CASE_SIZE, 1, 100_000, whole=True),
            c.UNIT_COST: table.amount(c.UNIT_COST, 0),
            c.LIST_PRICE: table.amount(c.LIST_PRICE, 0),
            c.LAUNCHED_ON: table.day(c.LAUNCHED_ON, latest),
            c.ACTIVE: table.flags(c.ACTIVE, default=True),
            VOLUME: table.amount(VOLUME, 0),
            "derived": False,
            "row": np.arange(len(table)),
        }
    )
    return frame[table.ledger.alive].reset_index(drop=True)


def complete_products(
    read: pd.DataFrame, ordered: pd.DataFrame, vendors: pd.DataFrame, ledger: Ledger | None
) -> Products:
    """Add ordered products that no file names, and give each thing one spelling.

    Parameters
    ----------
    read
        From `read_products`.
    ordered
        One row a product of the clean orders: product_id, name, category,
        subcategory, vendor; all but the id may be missing.
    vendors
        Vendors of their own file.
    ledger
        The product file's ledger, None where there is no file.
    """
    extra = ordered[~ordered[c.PRODUCT_ID].isin(read[c.PRODUCT_ID])]
    extra = extra.assign(active=True, derived=True, row=-1)
    frame = (
        pd.concat([read, extra], ignore_index=True) if len(read) else extra.reset_index(drop=True)
    )
    frame = frame.reindex(columns=[*COLUMNS, c.VENDOR, VOLUME, "row"])
    notes = [*_added_note(read, extra)]
    frame, more = _named(frame, ledger)
    notes += more
    frame, more = _categorised(frame, ledger)
    notes += more
    ids, everyone, odd = vendor_ids(frame[c.VENDOR], frame[c.VENDOR_ID], vendors)
    _mark(ledger, "vendor_spelling", frame["row"], odd)
    frame = frame.assign(**{c.VENDOR_ID: ids, c.CASE_SIZE: frame[c.CASE_SIZE].fillna(1)})
    return Products(_typed(frame[COLUMNS]), everyone, tuple(notes))


def _named(frame: pd.DataFrame, ledger: Ledger | None) -> tuple[pd.DataFrame, list[Note]]:
    name = frame[c.NAME].astype("str")
    _mark(ledger, "named_by_id", frame["row"], name.isna())
    notes = []
    shown = titled(name, frame[c.PRODUCT_ID])
    if not shown.equals(name):
        notes.append(Note("Product names in capitals are shown in title case."))
    name = shown.fillna(frame[c.PRODUCT_ID])
    several = name.groupby(name).transform("size") > 1
    volume = frame[VOLUME].astype(float)
    differ = volume.groupby(name).transform("nunique") > 1
    told_apart = several & differ & volume.notna()
    if told_apart.any():
        shown = volume[told_apart].map("{:g} ml".format)
        name = name.mask(told_apart, name[told_apart] + ", " + shown)
        notes.append(
            Note.counting(
                int(told_apart.sum()),
                "{n} product that shares its name with others carries its volume in it.",
                "{n} products that share a name with others carry their volume in it.",
            )
        )
    return frame.assign(**{c.NAME: name}), notes


def _categorised(frame: pd.DataFrame, ledger: Ledger | None) -> tuple[pd.DataFrame, list[Note]]:
    notes = []
    if frame[c.CATEGORY].notna().any():
        _mark(ledger, "missing_category", frame["row"], frame[c.CATEGORY].isna())
        category = _one_spelling(frame, c.CATEGORY, ledger).fillna(UNCATEGORISED)
    else:
        category = categories_from_names(frame[c.NAME])
        notes.append(
            Note.counting(
                category.nunique(),
                "The data hold no categories, and names share too few words to read any off them.",
                "The data hold no categories: {n} were read off the words that end the "
                "products' names.",
            )
        )
    sub = _one_spelling(frame, c.SUBCATEGORY, ledger)
    return frame.assign(**{c.CATEGORY: category, c.SUBCATEGORY: sub}), notes


def _one_spelling(frame: pd.DataFrame, column: str, ledger: Ledger | None) -> pd.Series:
    raw = frame[column].astype("str")
    words = set(re.findall(r"[^\W\d_]+", " ".join(frame[c.NAME].dropna()).casefold()))
    chosen = spellings(raw.dropna(), words | {word + "s" for word in words})
    rows = frame["row"]
    _mark(ledger, "category_spelling", rows, raw.isin(chosen.misspelled))
    _mark(ledger, "category_synonym", rows, raw.isin(chosen.synonym))
    return titled(raw.map(chosen.name).astype("str"))


def _added_note(read: pd.DataFrame, extra: pd.DataFrame) -> list[Note]:
    if extra.empty:
        return []
    if read.empty:
        return [
            Note.counting(
                len(extra),
                "No file of products: {n} product was read off the orders.",
                "No file of products: {n} products were read off the orders.",
            )
        ]
    return [
        Note.counting(
            len(extra),
            "{n} ordered product is not in the file of products; added.",
            "{n} ordered products are not in the file of products; added.",
        )
    ]


def _mark(ledger: Ledger | None, code: str, rows: pd.Series, hit: pd.Series) -> None:
    """Mark the file's rows that a mask over products speaks of; derived ones have none."""
    if ledger is None:
        return
    mask = np.zeros(len(ledger), dtype=bool)
    at: npt.NDArray[np.intp] = rows[hit.fillna(False).astype(bool)].to_numpy(dtype=np.intp)
    mask[at[at >= 0]] = True
    ledger.mark(code, mask)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(
        {
            c.PRODUCT_ID: "str", c.NAME: "str", c.CATEGORY: "str", c.SUBCATEGORY: "str",
            c.VENDOR_ID: "str", c.CASE_SIZE: "int64", c.UNIT_COST: float, c.LIST_PRICE: float,
            c.LAUNCHED_ON: "datetime64[us]", c.ACTIVE: bool, "derived": bool,
        }
    )  # fmt: skip
