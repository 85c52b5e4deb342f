"""The fields of one promotion, new or there already, with what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import streamlit as st

from pages.components import messages
from pages.components.cards import calm
from pages.components.markup import place, tag
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.language import Money, Percent
from smartreco.workspace.vendor.desk_views import PromotionKey, PromotionRow, PromotionState

FIRST: Final = timedelta(days=1)
USUAL_DAYS: Final = 13
USUAL_DEPTH: Final = 10.0  # per cent
DEEPEST: Final = 90.0


def add(desk: SupplyDesk) -> None:
    """A new one."""
    t, names = desk.ctx.t, desk.product_names
    product_id = st.selectbox(
        t("Product"), list(names), index=None, key="promotion-of",
        format_func=lambda one: names.get(one, one), placeholder=t("Choose one"),
    )  # fmt: skip
    first = desk.today + FIRST
    wanted = _fields(
        desk, product_id, first, first + timedelta(days=USUAL_DAYS), USUAL_DEPTH, "new"
    )
    _warned(desk, wanted, None)
    st.button(
        t("Add the promotion"), key="promotion-add", type="primary", icon=":material/check:",
        disabled=wanted is None, on_click=_add, args=(desk, wanted),
    )  # fmt: skip


def change(desk: SupplyDesk, row: PromotionRow, at: int) -> None:
    """One that is there already."""
    t, key = desk.ctx.t, row.key
    place(tag("p", calm(row.name), cls="name"))
    begun = row.state is PromotionState.RUNNING
    wanted = _fields(
        desk, key.product_id, key.starts_on, key.ends_on, round(100 * key.depth, 1),
        f"change-{at}", begun,
    )  # fmt: skip
    if begun:
        messages.note(t("It has begun: only its last day can be changed."))
    _warned(desk, wanted, key)
    st.button(
        t("Keep the change"), key=f"promotion-keep-{at}", type="primary", icon=":material/check:",
        disabled=wanted is None or wanted == key, on_click=_change, args=(desk, key, wanted),
    )  # fmt: skip


def _fields(
    desk: SupplyDesk, product_id: str | None, first: date, last: date, depth: float, key: str,
    begun: bool = False,
) -> PromotionKey | None:  # fmt: skip
    t = desk.ctx.t
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        starts = st.date_input(t("First day"), value=first, key=f"promotion-first-{key}",
                               format="YYYY-MM-DD", width=150, disabled=begun)  # fmt: skip
        ends = st.date_input(t("Last day"), value=last, key=f"promotion-last-{key}",
                             format="YYYY-MM-DD", width=150)  # fmt: skip
        off = st.number_input(
            t("Per cent off"), 1.0, DEEPEST, float(depth), 1.0, format="%g", width=150,
            key=f"promotion-off-{key}", disabled=begun,
        )  # fmt: skip
    if product_id is None or not isinstance(starts, date) or not isinstance(ends, date):
        return None
    return PromotionKey(product_id, starts, ends, round(float(off) / 100, 4))


def _warned(desk: SupplyDesk, wanted: PromotionKey | None, before: PromotionKey | None) -> None:
    """What speaks against it, before it is kept."""
    if wanted is None or wanted == before:
        return
    for words in _against(desk, wanted, before):
        place(tag("p", words, cls="warning", role="status"))


def _against(desk: SupplyDesk, wanted: PromotionKey, before: PromotionKey | None) -> Iterator[str]:
    """Another one at the time (which is refused), a price below cost, stock that runs out."""
    t, first, last = desk.ctx.t, wanted.starts_on, wanted.ends_on
    for other in desk.promotions.of(wanted.product_id):
        key = other.key
        if key != before and key.starts_on <= last and key.ends_on >= first:
            yield t("There is another one of {share} from {first} to {last}: choose other days.",
                    share=Percent(key.depth), first=key.starts_on, last=key.ends_on)  # fmt: skip
    product = desk.goods[wanted.product_id]
    price = product.list_price or product.usual_price
    if price is not None and product.unit_cost is not None:
        lower = price * (1 - wanted.depth)
        if lower < product.unit_cost:
            yield t("{price} a piece is below its cost of {cost}.", price=Money(lower),
                    cost=Money(product.unit_cost))  # fmt: skip
    row = desk.whole.row(wanted.product_id)
    if row is not None and row.runs_out_on is not None and row.runs_out_on <= last:
        yield t("Even without it the stock is likely to run out on {day}: order more first.",
                day=row.runs_out_on)  # fmt: skip


def _add(desk: SupplyDesk, wanted: PromotionKey) -> None:
    with messages.told(desk.ctx.language):
        state.promotion = desk.add_promotion(wanted)
        st.session_state["promotion-of"] = None
        messages.done(
            desk.ctx.t("{name}: {share} off from {day}",
                       name=desk.product_names.get(wanted.product_id, wanted.product_id),
                       share=Percent(wanted.depth), day=wanted.starts_on)
        )  # fmt: skip


def _change(desk: SupplyDesk, key: PromotionKey, wanted: PromotionKey) -> None:
    with messages.told(desk.ctx.language):
        state.promotion = desk.change_promotion(key, wanted)
        messages.done(desk.ctx.t("The promotion is changed"))
