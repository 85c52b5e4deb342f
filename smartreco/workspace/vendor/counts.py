"""A vendor counts his stock: typed, pasted or uploaded; the last act can be taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import pandas as pd

from smartreco.columns import CATEGORY, NAME, PRODUCT_ID
from smartreco.entities import Principal
from smartreco.errors import InputError
from smartreco.language import Message
from smartreco.store import free_stock
from smartreco.store import vendor_counts as counts_store
from smartreco.store.connection import Cursor
from smartreco.workspace.cells import inert
from smartreco.workspace.core import permits
from smartreco.workspace.shelf.counting import HEADER, MOST_PIECES, preview
from smartreco.workspace.shelf.stock_views import CountLine, CountsPreview
from smartreco.workspace.vendor.desk import ANYBODY, EDITORS, VendorDesk
from smartreco.workspace.vendor.desk_views import StockTaken

NOT_HIS: Final = Message("No product of yours has this code or name")


class VendorCounts(VendorDesk):
    """Use cases on counts of a vendor's stock.

    A count is of now and of what lies in the warehouse, orders that are not delivered among
    it. It holds against imports of its day (`vendor_desk_views.IMPORT_STOCK`).
    """

    @permits(*EDITORS)
    def read_counts(
        self, principal: Principal, vendor_id: str, content: str | bytes, name: str = ""
    ) -> CountsPreview:
        """Read codes and pieces that were typed, pasted or uploaded; nothing is changed.

        Raises
        ------
        InputError
            A file that cannot be read.
        NotReadyError
            No model is fitted yet, and so no catalogue read.
        """
        mine = self._read(principal, vendor_id, lambda cursor: self._ids(cursor, vendor_id))
        found = preview(self._models.current.catalogue, content, name)
        return CountsPreview(tuple(_his(line, mine) for line in found.lines))

    @permits(*ANYBODY)
    def template(self, principal: Principal, vendor_id: str) -> bytes:
        """A sheet to count with: the vendor's products on offer, as CSV that Excel opens."""
        goods = self._read(
            principal, vendor_id, lambda cursor: self._stock.known(cursor, vendor_id).products
        )
        return _sheet(goods[goods["active"].astype(bool)])

    @permits(*EDITORS)
    def take_stock(
        self, principal: Principal, vendor_id: str, counts: Mapping[str, int],
        coming: Mapping[str, int] | None = None,
    ) -> StockTaken:  # fmt: skip
        """Enter what is there now; what `undo_stock` takes back comes out.

        Parameters
        ----------
        counts
            Pieces by product id.
        coming
            Pieces on their way to the vendor; where it says nothing, what the last count
            had on its way and is not due yet.

        Raises
        ------
        InputError
            Nothing counted, or pieces that cannot be.
        NotFoundError
            A product that is not his.
        """
        check_pieces(counts, "count")
        check_pieces(coming or {}, "delivery")
        now = self.core.now()

        def work(cursor: Cursor) -> StockTaken:
            for one in {*counts, *(coming or {})}:
                self._stock.require_product(cursor, vendor_id, one)
            key = counts_store.key_of(cursor, vendor_id)
            day = counts_store.day_of(cursor, key, self._stock.today(cursor))
            lead = self._stock.lead_days(cursor, vendor_id)
            due = _still_coming(free_stock.stock(cursor, list(counts)), lead, pd.Timestamp(day))
            due |= {one: pieces for one, pieces in (coming or {}).items() if one in counts}
            rows = {one: (pieces, due.get(one, 0)) for one, pieces in counts.items()}
            before = counts_store.put(cursor, key, rows, day, principal.username, now)
            self._record(cursor, principal, "vendor.counted", vendor_id, products=len(counts),
                         day=day)  # fmt: skip
            return StockTaken(tuple(counts.items()), day, now, before)

        if not counts:
            raise InputError("a count names a product", "none", "enter the pieces of one or more")
        return self._write(principal, vendor_id, work)

    @permits(*EDITORS)
    def undo_stock(self, principal: Principal, vendor_id: str, taken: StockTaken) -> int:
        """Take back one act of `take_stock`; returns how many products.

        What was there before is there again; what was counted once more since then stays.
        """

        def work(cursor: Cursor) -> int:
            mine = self._ids(cursor, vendor_id)
            ids = [one for one, _ in taken.counts if one in mine]
            before = [row for row in taken.before if row[0] in mine]
            key = counts_store.key_of(cursor, vendor_id)
            gone = counts_store.take_back(cursor, key, ids, taken.on_day, taken.entered_at, before)
            if gone:
                self._record(cursor, principal, "vendor.uncounted", vendor_id, products=gone)
            return gone

        return self._write(principal, vendor_id, work)

    def _ids(self, cursor: Cursor, vendor_id: str) -> set[str]:
        return set(self._stock.known(cursor, vendor_id).products[PRODUCT_ID])


def check_pieces(pieces: Mapping[str, int], what: str) -> None:
    """Refuse what cannot have been counted.

    Raises
    ------
    InputError
        Fewer than no pieces, parts of one, or more than anybody has.
    """
    for one, many in pieces.items():
        if isinstance(many, bool) or not isinstance(many, int) or not 0 <= many <= MOST_PIECES:
            raise InputError(
                f"a {what} is from 0 to {MOST_PIECES:,} whole pieces", f"{many} of {one}",
                "correct it",
            )  # fmt: skip


def _still_coming(stock: pd.DataFrame, lead: int, day: pd.Timestamp) -> dict[str, int]:
    """What a count of the day had on its way, or an earlier one that is not due by then."""
    counted = pd.to_datetime(stock["counted_on"])
    open_ = (counted >= day) | (counted + timedelta(days=lead) > day)
    some = stock[open_.to_numpy(dtype=bool)]
    return dict(zip(some[PRODUCT_ID], some["on_order"].astype(int).tolist(), strict=True))


def _his(line: CountLine, mine: set[str]) -> CountLine:
    """A line of another's product says no more than one of no product."""
    if line.product is None or line.product.product_id in mine:
        return line
    return CountLine(line.row, line.text, None, None, NOT_HIS.one, {})


def _sheet(goods: pd.DataFrame) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    rows = goods.sort_values([CATEGORY, NAME])[[PRODUCT_ID, NAME]].to_numpy().tolist()
    writer.writerows([inert(one), inert(name), ""] for one, name in rows)
    return out.getvalue().encode("utf-8-sig")
