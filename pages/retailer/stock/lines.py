"""What runs out first, and what there is too much of, product by product."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.components import cards, charts, header, messages, stock_cards
from pages.components.charts.running_out import PICK, SPAN
from pages.components.markup import literal, place, tag
from pages.retailer.stock import course as stock_course
from pages.retailer.stock.desk import StockDesk, name, orderable, show_more, state
from pages.retailer.stock.spans import span_of, spans
from smartreco.language import Message
from smartreco.workspace.shelf.stock_views import Known, ShelfRow

OVER_SHOWN = 5
NOT_COUNTED = Message(
    "{n} product is not counted yet and stands last.",
    "{n} products are not counted yet and stand last.", "n",
)  # fmt: skip
SHOWN_OF = Message("{n} product", "{n} products", "n")


def draw(desk: StockDesk, category: str | None) -> None:
    """The chart of when products run out, and the lines that are picked in it."""
    t = desk.ctx.t
    rows = desk.rows(category)
    picked = _chart(desk, rows) if desk.known else ()
    shown = [row for row in rows if not picked or span_of(row, desk.view) in picked]
    title = t("What runs out first") if desk.known else t("What you use")
    header.section(title, "shelf", _about(desk, shown, bool(picked)))
    if picked:
        st.button(
            t("Show all products again"), key="stock-unpick", type="tertiary",
            icon=":material/filter_list_off:", on_click=_unpick,
        )  # fmt: skip
    if not shown:
        messages.empty_state(
            t("No product here"), t("Take the filter back to see more."), "package", key="shelf"
        )
        return
    with st.container(key="sr-lines", gap=None):
        place(stock_cards.shelf_head(desk.ctx.language))
        for row in shown[: state.length]:
            _line(desk, row)
    left = len(shown) - state.length
    if left > 0:
        st.button(
            t("Show {n} more", n=min(left, 20)), key="more-shelf", type="tertiary",
            icon=":material/expand_more:", on_click=show_more,
        )  # fmt: skip


def too_much(desk: StockDesk, category: str | None) -> None:
    """Products of which there is more than the next weeks need, the dearest first."""
    t = desk.ctx.t
    rows = [row for row in desk.rows(category) if row.excess]
    rows.sort(key=lambda row: -(row.tied_up or 0.0))
    about = t("Stock above what you want to be sure of, by a case or more: let it run down.")
    if not rows:
        about = t("No money lies idle: nothing is above what you need by a case or more.")
    header.section(t("More than you need"), "over", about)
    if not rows:
        return
    with st.container(key="sr-over", gap=None):
        shown = rows if state.over else rows[:OVER_SHOWN]
        place(tag("div", *(stock_cards.over_line(row, desk.ctx.language) for row in shown)))
    if len(rows) > OVER_SHOWN and not state.over:
        st.button(
            t("Show {n} more", n=len(rows) - OVER_SHOWN), key="more-over", type="tertiary",
            icon=":material/expand_more:", on_click=_open_over,
        )  # fmt: skip


def _chart(desk: StockDesk, rows: Sequence[ShelfRow]) -> tuple[str, ...]:
    found = spans(rows, desk.view, desk.ctx.language)
    title = desk.ctx.t("When products run out")
    with st.container(key="sr-spans", gap="xxsmall"):
        place(tag("h3", title))
        picked = charts.draw_selectable(
            charts.running_out(found, "", desk.ctx.language),
            charts.running_out_in_words(found, title, desk.ctx.language),
            f"stock-spans-{state.chart}", PICK, SPAN,
        )  # fmt: skip
        messages.note(desk.ctx.t("Pick a bar to see its products only; with Shift several."))
    return picked


def _about(desk: StockDesk, shown: Sequence[ShelfRow], picked: bool) -> str:
    if picked:
        return desk.ctx.language.say(SHOWN_OF, {"n": len(shown)})
    if not desk.known:
        return desk.ctx.t("From your orders: what you take home is used until you order again.")
    said = [desk.ctx.t(
        "Suggested is what fills your shelf until the delivery after next; For you suggests what "
        "you usually order."
    )]  # fmt: skip
    unknown = sum(row.known is Known.UNKNOWN for row in shown)
    if unknown:
        said.append(desk.ctx.language.say(NOT_COUNTED, {"n": unknown}))
    return " ".join(said)


def _line(desk: StockDesk, row: ShelfRow) -> None:
    product_id = row.product.product_id
    with st.container(key=f"sr-line-{product_id}", horizontal=True, vertical_alignment="center"):
        place(stock_cards.shelf_line(row, desk.view, desk.ctx.language))
        _add_button(desk, row)
        stock_course.popover(desk, row)


def _add_button(desk: StockDesk, row: ShelfRow) -> None:
    """Add what is suggested; where nothing is, the least that the shop orders of it."""
    there, label = desk.on_order(row), desk.ctx.t("Add")
    if not orderable(row):
        label = cards.Packs(row.step, row.product.case_size).words(desk.ctx.language)
    st.button(
        desk.ctx.t("In order") if there else f"{label} *{literal(name(row))}*",
        key=f"add-{row.product.product_id}",
        icon=":material/check:" if there else ":material/add:", width="stretch",
        disabled=there or not row.product.active, on_click=desk.add, args=(row,),
    )  # fmt: skip


def _unpick() -> None:
    state.chart += 1


def _open_over() -> None:
    state.over = True
