"""Retailers: their own file, completed by what the orders say."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.cleaning.regions import with_regions
from smartreco.dataset.cleaning.tables import Table, one_row_an_id, spelled_places, titled
from smartreco.dataset.report import Note

COLUMNS: Final = [
    c.RETAILER_ID, c.NAME, c.CITY, c.REGION, c.SEGMENT, c.LAT, c.LON, c.CREDIT_LIMIT,
    c.OPEN_TO_VENDORS, c.ACTIVE, "derived",
]  # fmt: skip


def read_retailers(table: Table | None, open_to_vendors: bool) -> pd.DataFrame:
    """The rows of the retailer file that stand; empty where there is no file.

    Parameters
    ----------
    table
        The file.
    open_to_vendors
        Whether shops may be named to vendors where the file does not say.
    """
    if table is None:
        return pd.DataFrame(columns=COLUMNS).astype({c.RETAILER_ID: "str"})
    ids, stands = one_row_an_id(table, c.RETAILER_ID)
    name = table.label(c.NAME)
    table.ledger.mark("named_by_id", (name.isna() & ids.notna()).to_numpy())
    lat, lon = table.amount(c.LAT, -90, 90), table.amount(c.LON, -180, 180)
    nowhere = (lat == 0) & (lon == 0)
    table.ledger.mark("dropped_value", nowhere)
    frame = pd.DataFrame(
        {
            c.RETAILER_ID: ids,
            c.NAME: name.fillna(ids),
            c.CITY: table.place(c.CITY),
            c.REGION: table.place(c.REGION),
            c.SEGMENT: table.place(c.SEGMENT),
            c.LAT: np.where(nowhere | np.isnan(lon), np.nan, lat),
            c.LON: np.where(nowhere | np.isnan(lat), np.nan, lon),
            c.CREDIT_LIMIT: table.amount(c.CREDIT_LIMIT, 0),
            c.OPEN_TO_VENDORS: table.flags(c.OPEN_TO_VENDORS, default=open_to_vendors),
            c.ACTIVE: table.flags(c.ACTIVE, default=True),
            "derived": False,
        }
    )
    return frame[stands].reset_index(drop=True)


def complete_retailers(
    read: pd.DataFrame, ordered: pd.DataFrame, open_to_vendors: bool
) -> tuple[pd.DataFrame, list[Note]]:
    """Add shops that order but are in no file, and give every shop a region.

    Parameters
    ----------
    read
        From `read_retailers`.
    ordered
        One row a shop of the clean orders: retailer_id, name, city, region,
        segment; all but the id may be missing.
    open_to_vendors
        For the added shops.
    """
    extra = ordered[~ordered[c.RETAILER_ID].isin(read[c.RETAILER_ID])]
    extra = extra.assign(
        name=extra[c.NAME].fillna(extra[c.RETAILER_ID]),
        open_to_vendors=open_to_vendors, active=True, derived=True,
    )  # fmt: skip
    frame = pd.concat([read, extra], ignore_index=True) if len(read) else extra
    frame = _typed(frame.reset_index(drop=True).reindex(columns=COLUMNS))
    for name in (c.CITY, c.REGION, c.SEGMENT):
        frame[name] = titled(spelled_places(frame[name], cities=name == c.CITY))
    frame, notes = with_regions(frame)
    shown = titled(frame[c.NAME], frame[c.RETAILER_ID])
    if not shown.equals(frame[c.NAME]):
        notes.append(Note("Shop names in capitals are shown in title case."))
    frame = frame.assign(name=shown, region=titled(frame[c.REGION]))
    return frame, [*_added_note(read, extra), *notes]


def _added_note(read: pd.DataFrame, extra: pd.DataFrame) -> list[Note]:
    if extra.empty:
        return []
    if read.empty:
        return [
            Note.counting(
                len(extra),
                "No file of retailers: {n} shop was read off the orders.",
                "No file of retailers: {n} shops were read off the orders.",
            )
        ]
    return [
        Note.counting(
            len(extra),
            "{n} shop that orders is not in the file of retailers; added.",
            "{n} shops that order are not in the file of retailers; added.",
        )
    ]


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [c.RETAILER_ID, c.NAME, c.CITY, c.REGION, c.SEGMENT]
    numbers = [c.LAT, c.LON, c.CREDIT_LIMIT]
    flags = [c.OPEN_TO_VENDORS, c.ACTIVE, "derived"]
    return frame.astype(
        dict.fromkeys(texts, "str") | dict.fromkeys(numbers, float) | dict.fromkeys(flags, bool)
    )
