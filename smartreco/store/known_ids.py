"""Ids that an earlier import spelled with other capitals keep that spelling.

Within one file `85123a` and `85123A` are made one; between two exports, of which
each may hold only one of both, it is the store that knows. It knows as well which
shops were erased: those come back under their number only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from smartreco.store import erasure
from smartreco.store.connection import Cursor
from smartreco.store.registered import registered

if TYPE_CHECKING:
    from smartreco.entities import DatasetInfo
    from smartreco.store.importing import CleanFrames

_OTHERWISE = """
    WITH known AS (
        SELECT lower({id}) AS folded, any_value({id}) AS stored FROM {table}
        GROUP BY folded HAVING count(*) = 1
    )
    SELECT new.{id} AS given, stored FROM incoming new
    ANTI JOIN {table} USING ({id})
    JOIN known ON folded = lower(new.{id})
"""


@dataclass(frozen=True)
class Frames:
    """Clean frames with ids as the store spells them."""

    info: DatasetInfo
    orders: pd.DataFrame
    products: pd.DataFrame
    retailers: pd.DataFrame
    vendors: pd.DataFrame
    stock: pd.DataFrame | None
    promotions: pd.DataFrame | None
    returns: pd.DataFrame | None
    as_ordered: pd.DataFrame | None
    calendar: pd.DataFrame | None


def as_stored(cursor: Cursor, clean: CleanFrames) -> Frames:
    """The same data with products and shops spelled as the store knows them."""
    products = _spellings(cursor, "products", "product_id", clean.products)
    shops = _spellings(cursor, "retailers", "retailer_id", clean.retailers)
    erased = erasure.known_again(cursor, clean.retailers["retailer_id"])
    shops |= {given: one.retailer_id for given, one in erased.items()}

    def spelled(frame: Any) -> Any:
        if frame is None or not (products or shops):
            return frame
        changes = {}
        for name, spelling in (("product_id", products), ("retailer_id", shops)):
            if name in frame and spelling:
                changes[name] = frame[name].replace(spelling)
        if "line_id" in frame and products:  # product_id#occurrence names the product too
            bare, sign, occurrence = (frame["line_id"].str.rpartition("#")[at] for at in range(3))
            own = (bare == frame["product_id"]) & bare.isin(list(products))
            changes["line_id"] = frame["line_id"].mask(
                own, bare.replace(products) + sign + occurrence
            )
        if "holder_id" in frame and erased:
            held = frame["holder_id"].isin(list(erased)) & (frame["holder_kind"] == "retailer")
            return frame.assign(**changes)[~held]  # nobody looks after its shelf any more
        return frame.assign(**changes)

    return Frames(
        clean.info, spelled(clean.orders), spelled(clean.products),
        spelled(erasure.without_identity(clean.retailers, erased)),
        clean.vendors, spelled(clean.stock), spelled(clean.promotions), spelled(clean.returns),
        spelled(clean.as_ordered), clean.calendar,
    )  # fmt: skip


def _spellings(cursor: Cursor, table: str, identity: str, frame: pd.DataFrame) -> dict[str, str]:
    with registered(cursor, incoming=frame[[identity]]):
        rows = cursor.execute(_OTHERWISE.format(id=identity, table=table)).fetchall()
    return {str(given): str(stored) for given, stored in rows}
