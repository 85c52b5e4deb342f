"""A vendor's product data and terms: what they are, what he changed, one step back."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CASE_SIZE, CATEGORY, NAME, PRODUCT_ID, UNIT_COST
from smartreco.entities import Principal
from smartreco.errors import InputError
from smartreco.store import data_edits
from smartreco.store import vendor_supply as supply_store
from smartreco.store.connection import Cursor
from smartreco.store.data_edits import same
from smartreco.workspace.core import permits
from smartreco.workspace.vendor.desk import ANYBODY, EDITORS, VendorDesk
from smartreco.workspace.vendor.desk_views import Edited, FieldChange, FieldEdit, ProductData, Terms

LONGEST_NAME: Final = 200
MOST: Final = 1e9  # of a price or a value
#: Whole numbers and amounts with their bounds; whether they may be unknown.
WHOLE: Final = {CASE_SIZE: (1, 100_000, False), "lead_time_days": (1, 365, True)}
AMOUNTS: Final = {"list_price": (0.01, True), UNIT_COST: (0.0, True),
                  "min_order_value": (0.0, True)}  # fmt: skip


class VendorGoods(VendorDesk):
    """Use cases on product data.

    A change holds at once: shops see names, prices and case sizes as they are now, and what is
    taken off sale leaves their lists and cannot be placed; minimums and lead times hold for
    the next order. Orders keep the prices that they were placed at. See
    `vendor_desk_views.IMPORT_PRODUCTS` for what an import does.
    """

    @permits(*ANYBODY)
    def goods(self, principal: Principal, vendor_id: str) -> tuple[ProductData, ...]:
        """All his products by name."""
        return self._read(principal, vendor_id, lambda cursor: self._goods(cursor, vendor_id))

    @permits(*ANYBODY)
    def product(self, principal: Principal, vendor_id: str, product_id: str) -> ProductData:
        """One product of his."""

        def work(cursor: Cursor) -> ProductData:
            self._stock.require_product(cursor, vendor_id, product_id)
            rows = self._goods(cursor, vendor_id)
            return next(one for one in rows if one.product_id == product_id)

        return self._read(principal, vendor_id, work)

    @permits(*ANYBODY)
    def terms(self, principal: Principal, vendor_id: str) -> Terms:
        """What he asks of shops."""
        return self._read(principal, vendor_id, lambda cursor: _terms(cursor, vendor_id))

    @permits(*EDITORS)
    def change_product(
        self, principal: Principal, vendor_id: str, product_id: str, changes: Mapping[str, object]
    ) -> Edited:
        """Change name, list_price, case_size, unit_cost or active; None: not known.

        Raises
        ------
        InputError
            Another field, or a value that cannot be.
        NotFoundError
            A product that is not his.
        """

        def work(cursor: Cursor) -> Edited:
            self._stock.require_product(cursor, vendor_id, product_id)
            return self._change(cursor, principal, "product", product_id, changes)

        return self._write(principal, vendor_id, work)

    @permits(*EDITORS)
    def change_terms(
        self, principal: Principal, vendor_id: str, changes: Mapping[str, object]
    ) -> Edited:
        """Change lead_time_days or min_order_value; None: not known, or none asked.

        Raises
        ------
        InputError
            Another field, or a value that cannot be.
        """
        return self._write(
            principal, vendor_id,
            lambda cursor: self._change(cursor, principal, "vendor", vendor_id, changes),
        )  # fmt: skip

    @permits(*EDITORS)
    def undo_product(self, principal: Principal, vendor_id: str, edited: Edited) -> int:
        """Take back one act of `change_product` or `change_terms`; returns how many fields.

        A field that was changed again since, by whoever, stays.
        """

        def work(cursor: Cursor) -> int:
            if edited.kind == "product":
                self._stock.require_product(cursor, vendor_id, edited.id)
            one = edited.id if edited.kind == "product" else vendor_id
            present = data_edits.read(cursor, edited.kind, one)
            back = {
                change.field: change.old for change in edited.changes
                if same(present[change.field], change.new)
            }  # fmt: skip
            if back:
                data_edits.put_back(cursor, edited.kind, one, back, edited.overlay)
                self._record(cursor, principal, f"{edited.kind}.undone", one, fields=list(back))
            return len(back)

        return self._write(principal, vendor_id, work)

    def _change(
        self, cursor: Cursor, principal: Principal, kind: str, one: str,
        wanted: Mapping[str, object],
    ) -> Edited:  # fmt: skip
        present = data_edits.read(cursor, kind, one)
        unknown = [field for field in wanted if field not in present]
        if unknown:
            raise InputError(
                f"what can be changed is {', '.join(present)}", unknown[0], "leave it out"
            )
        values = {field: checked(field, value) for field, value in wanted.items()}
        changes = tuple(
            FieldChange(field, present[field], value)
            for field, value in values.items()
            if not same(present[field], value)
        )
        before = data_edits.overlay(cursor, kind, one)
        if changes:
            new = {change.field: change.new for change in changes}
            data_edits.write(cursor, kind, one, new, principal.username, self.core.now())
            told = {change.field: [change.old, change.new] for change in changes}
            self._record(cursor, principal, f"{kind}.changed", one, **told)
        return Edited(kind, one, changes, before)

    def _goods(self, cursor: Cursor, vendor_id: str) -> tuple[ProductData, ...]:
        frame = self._stock.known(cursor, vendor_id).products
        cost = supply_store.costs(cursor, vendor_id).set_index(PRODUCT_ID)[UNIT_COST]
        edits = data_edits.all_of_vendor(cursor, vendor_id)
        rows = [
            ProductData(
                product_id=row[PRODUCT_ID], name=row[NAME], category=row[CATEGORY],
                list_price=_none(row["list_price"]), usual_price=_none(row["price"]),
                case_size=int(row[CASE_SIZE]), unit_cost=_none(cost[row[PRODUCT_ID]]),
                active=bool(row["active"]), edits=_edits(edits.get(row[PRODUCT_ID], ())),
            )
            for row in frame.to_dict("records")
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda one: (one.name, one.product_id)))


def checked(field: str, value: object) -> object:
    """A value that a field can have.

    Raises
    ------
    InputError
        It cannot.
    """
    if field == NAME:
        return _name(value)
    if field == "active":
        if not isinstance(value, bool | np.bool_):
            raise InputError("a product is on sale or not", repr(value), "choose one")
        return bool(value)
    if field in WHOLE:
        return _whole(field, value, *WHOLE[field])
    return _amount(field, value, *AMOUNTS[field])


def _name(value: object) -> str:
    text = " ".join("".join(sign for sign in str(value or "") if sign.isprintable()).split())
    if not 1 <= len(text) <= LONGEST_NAME:
        raise InputError(f"a name has 1 to {LONGEST_NAME} signs", str(len(text)), "write another")
    return text


def _whole(field: str, value: object, least: int, most: int, unknown: bool) -> int | None:
    if value is None and unknown:
        return None
    number = value if isinstance(value, int | float | np.number) else None
    if number is None or isinstance(value, bool) or not (
        float(number).is_integer() and least <= number <= most
    ):  # fmt: skip
        raise InputError(
            f"{field} is a whole number from {least} to {most:,}", repr(value), "correct it"
        )
    return int(number)


def _amount(field: str, value: object, least: float, unknown: bool) -> float | None:
    if value is None and unknown:
        return None
    number = value if isinstance(value, int | float | np.number) else None
    if number is None or isinstance(value, bool) or not (
        isfinite(number) and least <= number <= MOST
    ):  # fmt: skip
        raise InputError(f"{field} is {least:g} or more", repr(value), "correct it")
    return float(number)


def _terms(cursor: Cursor, vendor_id: str) -> Terms:
    fields = data_edits.read(cursor, "vendor", vendor_id)
    lead, least = fields["lead_time_days"], _none(fields["min_order_value"])
    name = supply_store.vendor_name(cursor, vendor_id)
    return Terms(
        vendor_id, name, None if lead is None else int(str(lead)), least,
        _edits(data_edits.edits(cursor, "vendor", vendor_id)),
    )  # fmt: skip


def _edits(rows: tuple[data_edits.Edit, ...]) -> tuple[FieldEdit, ...]:
    return tuple(
        FieldEdit(one.field, one.old, one.new, one.username, one.changed_at) for one in rows
    )


def _none(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type, call-overload]
