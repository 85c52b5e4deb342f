"""Data that a vendor changes field by field: what it was, what it becomes, and one undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from pages.components import messages
from pages.components.markup import Html, place, tag
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.language import Money
from smartreco.workspace.vendor.desk_views import FieldEdit

#: Field of the store: its words, and whether it is an amount of money.
FIELDS: Final[Mapping[str, tuple[str, bool]]] = {
    "name": ("Name", False),
    "list_price": ("List price", True),
    "case_size": ("Pieces in a case", False),
    "unit_cost": ("Cost of a piece", True),
    "active": ("On offer", False),
    "lead_time_days": ("Days to deliver", False),
    "min_order_value": ("Least value of an order", True),
}


def shown(desk: SupplyDesk, field: str, value: object) -> str:
    """A value of a field in words."""
    t, money = desk.ctx.t, FIELDS[field][1]
    if value is None:
        return t("not known")
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if money and isinstance(value, int | float):
        return desk.ctx.language.show(Money(float(value)))
    return desk.ctx.language.show(value)


def priced(desk: SupplyDesk, label: str) -> str:
    """The label of an amount with the currency that it is in."""
    currency = desk.ctx.language.currency
    return f"{label}, {currency}" if currency else label


def changed(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """The fields whose value is another one."""
    return {field: value for field, value in new.items() if value != old[field]}


def difference(desk: SupplyDesk, old: Mapping[str, object], changes: Mapping[str, object]) -> None:
    """What would change, before it is kept."""
    if changes:
        items = (_item(desk, field, old[field], value) for field, value in changes.items())
        place(tag("ul", *items, cls="difference", role="status"))


def earlier(desk: SupplyDesk, edits: Sequence[FieldEdit]) -> None:
    """What was changed here before, beside what the data said."""
    t = desk.ctx.t
    if not edits:
        return
    place(tag("h3", t("Changed here")))
    items = (
        tag("li", _item_words(desk, one.field, one.old, one.new),
            tag("span", t("{who}, {when}", who=one.username, when=one.changed_at.date()),
                cls="small block"))
        for one in edits
    )  # fmt: skip
    place(tag("ul", *items, cls="difference"))


def undo(desk: SupplyDesk) -> None:
    """The way back from the last change."""
    t = desk.ctx.t
    if state.edited is None:
        return
    with st.container(key="sr-counted", horizontal=True, vertical_alignment="center"):
        place(tag("p", t("Your change is kept."), cls="there", role="status"), "content")
        st.button(
            t("Take it back"), key="edit-undo", type="tertiary", icon=":material/undo:",
            on_click=_undo, args=(desk,),
        )  # fmt: skip


def _undo(desk: SupplyDesk) -> None:
    edited, state.edited = state.edited, None
    if edited is None:
        return
    with messages.told(desk.ctx.language):
        desk.undo_edit(edited)
        state.table += 1
        messages.done(desk.ctx.t("Everything is as it was"))


def _item(desk: SupplyDesk, field: str, old: object, new: object) -> Html:
    return tag("li", _item_words(desk, field, old, new))


def _item_words(desk: SupplyDesk, field: str, old: object, new: object) -> Html:
    return tag(
        "span", f"{desk.ctx.t(FIELDS[field][0])}: ", tag("del", shown(desk, field, old)), " → ",
        tag("b", shown(desk, field, new)),
    )  # fmt: skip
