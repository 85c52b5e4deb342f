"""Stock, promotions and the calendar of festivals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.dataset.cleaning.ledger import Mask
from smartreco.dataset.cleaning.numerals import Numbers
from smartreco.dataset.cleaning.tables import EARLIEST, Table


def clean_stock(
    table: Table, products: pd.Series, retailers: pd.Series, vendors: pd.Series
) -> pd.DataFrame:
    """Stock levels of shops and vendors that the data set knows; one row a holder, product, day."""
    kind = table.coded(c.HOLDER_KIND).texts().str.casefold()
    holder, product = table.coded(c.HOLDER_ID).texts(), table.coded(c.PRODUCT_ID).texts()
    moments = table.moments(c.AT)
    on_hand, on_order = table.numbers(c.ON_HAND), table.numbers(c.ON_ORDER)
    wrong_number = _no_count(on_hand) | (_no_count(on_order) & ~on_order.missing)
    ledger = table.ledger
    ledger.mark("missing_id", (holder.isna() | product.isna()).to_numpy())
    ledger.mark(
        "missing_value",
        np.isnat(moments.values) | (moments.values < EARLIEST) | wrong_number
        | ~kind.isin(["retailer", "vendor"]).to_numpy(),
    )  # fmt: skip
    known = np.where(kind == "retailer", holder.isin(retailers), holder.isin(vendors))
    ledger.mark("unknown_holder", ~known & holder.notna().to_numpy())
    ledger.mark("unknown_product", (~product.isin(products) & product.notna()).to_numpy())
    frame = pd.DataFrame(
        {
            c.HOLDER_KIND: kind,
            c.HOLDER_ID: holder,
            c.PRODUCT_ID: product,
            c.AT: moments.values.astype("datetime64[D]").astype("datetime64[us]"),
            c.ON_HAND: on_hand.values,
            c.ON_ORDER: np.nan_to_num(on_order.values),
        }
    )
    _last_stands(table, frame, [c.HOLDER_KIND, c.HOLDER_ID, c.PRODUCT_ID, c.AT])
    return (
        frame[ledger.alive].astype({c.ON_HAND: "int64", c.ON_ORDER: "int64"}).reset_index(drop=True)
    )


def clean_promotions(table: Table, products: pd.Series) -> pd.DataFrame:
    """Promotions of products that the data set knows; depth as a share, 20 and 20 % as 0.2."""
    product = table.coded(c.PRODUCT_ID).texts()
    starts, ends = table.moments(c.STARTS_ON).values, table.moments(c.ENDS_ON).values
    raw = table.raw(c.DEPTH)
    per_cent = raw.astype("str").str.contains("%").fillna(False).to_numpy(dtype=bool)
    depth = table.numbers(c.DEPTH).values
    stripped = pd.to_numeric(raw.astype("str").str.rstrip("% "), errors="coerce")
    depth = np.where(np.isnan(depth), stripped, depth)
    depth = np.where(per_cent | (depth > 1), depth / 100, depth)
    ledger = table.ledger
    ledger.mark("missing_id", product.isna().to_numpy())
    unreadable = np.isnat(starts) | np.isnat(ends) | (starts < EARLIEST)
    ledger.mark("missing_value", unreadable | ~((depth >= 0) & (depth <= 1)))
    ledger.mark("ends_before_it_starts", ends < starts)
    ledger.mark("unknown_product", (~product.isin(products) & product.notna()).to_numpy())
    frame = pd.DataFrame(
        {c.PRODUCT_ID: product, c.STARTS_ON: starts, c.ENDS_ON: ends, c.DEPTH: depth}
    )
    _last_stands(table, frame, [c.PRODUCT_ID, c.STARTS_ON, c.ENDS_ON])
    return frame[ledger.alive].reset_index(drop=True)


def clean_calendar(table: Table) -> pd.DataFrame:
    """Festivals and their days."""
    festival, day = table.label(c.FESTIVAL), table.moments(c.DAY).values
    table.ledger.mark("missing_id", festival.isna().to_numpy())
    table.ledger.mark("missing_value", np.isnat(day) | (day < EARLIEST))
    frame = pd.DataFrame({c.FESTIVAL: festival, c.DAY: day})
    _last_stands(table, frame, [c.FESTIVAL, c.DAY])
    return frame[table.ledger.alive].reset_index(drop=True)


def _no_count(numbers: Numbers) -> Mask:
    """Rows that hold no whole number from 0 upwards."""
    values = numbers.values
    fine: Mask = (values >= 0) & (values == np.floor(values)) & (values < 2**31)
    return ~fine


def _last_stands(table: Table, frame: pd.DataFrame, key: list[str]) -> None:
    """Mark rows that a later row with the same key repeats or corrects."""
    alive = table.ledger.alive
    held = frame[alive]
    copies, corrected = np.zeros(len(frame), dtype=bool), np.zeros(len(frame), dtype=bool)
    same = held.duplicated().to_numpy()
    copies[np.flatnonzero(alive)[same]] = True
    rest = held[~same]
    places = np.flatnonzero(alive)[~same]
    corrected[places[rest.duplicated(key, keep="last").to_numpy()]] = True
    table.ledger.mark("duplicate", copies)
    table.ledger.mark("superseded_row", corrected)
