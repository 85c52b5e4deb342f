"""The two lists of "For you", and what can be done with each line."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, header, reasons
from pages.components.markup import literal, place, tag
from pages.retailer import why
from pages.retailer.visit import Part, Visit
from pages.state import Slot
from smartreco.entities import Suggestion

REORDER_SHOWN, DISCOVER_SHOWN = 8, 6  # before "show more"
REORDER_MORE = 40  # lines that "show more" adds: each is drawn anew with every act on the list
CHIPS = 3


class Length:
    """How far a reader has opened the lists: lines of the one, the other to its end."""

    reorder = Slot(REORDER_SHOWN)
    discover = Slot(False)


length = Length()


def reorder(visit: Visit) -> None:
    """What is due, all of it before what is next."""
    header.section(visit.ctx.t("Time to reorder"), "reorder")
    with st.container(key="sr-lines", gap=None):
        place(cards.reorder_head(visit.ctx.language))
        for line in visit.shown.reorder:
            _line(visit, line)
    _more(visit, min(len(visit.shown.due) - len(visit.shown.reorder), REORDER_MORE), Part.REORDER)


def discover(visit: Visit) -> None:
    """What the shop has never ordered and may sell well."""
    t, lines = visit.ctx.t, visit.shown.discover
    header.section(t("New for your shop"), "discover", t("Products you have not ordered yet."))
    with st.grid(3, min_column_width=220, gap="small", key="sr-cards"):
        for line in lines if length.discover else lines[:DISCOVER_SHOWN]:
            _card(visit, line)
    _more(visit, 0 if length.discover else len(lines) - DISCOVER_SHOWN, Part.DISCOVER)


def _more(visit: Visit, lines: int, part: Part) -> None:
    if lines <= 0:
        return
    st.button(
        visit.ctx.t("Show {n} more", n=lines), key=f"more-{part.value}",
        type="tertiary", icon=":material/expand_more:", on_click=_open, args=(part,),
    )  # fmt: skip


def _open(part: Part) -> None:
    if part is Part.DISCOVER:
        length.discover = True
        return
    length.reorder += REORDER_MORE
    st.rerun()  # the lines beyond are not read before somebody wants them


def _line(visit: Visit, line: Suggestion) -> None:
    if visit.hidden(line.product.product_id):
        _gone(visit, line)
        return
    with st.container(
        key=f"sr-line-{line.product.product_id}", horizontal=True, vertical_alignment="center"
    ):
        why_line = " · ".join(_chips(visit, line, 1))
        place(cards.reorder_line(line, why_line, visit.ctx.language))
        _add_button(visit, line, visit.ctx.t("Add"))
        _off_button(visit, line, ":material/close:")


def _card(visit: Visit, line: Suggestion) -> None:
    if visit.hidden(line.product.product_id):
        _gone(visit, line)
        return
    with st.container(
        key=f"sr-card-{line.product.product_id}", height="stretch", horizontal=True, gap="xsmall"
    ):
        place(cards.product_card(line, _chips(visit, line, CHIPS), visit.ctx.language))
        _add_button(visit, line, visit.ctx.t("Add to order"))
        why.draw(visit, line)
        _off_button(visit, line)


def _add_button(visit: Visit, line: Suggestion, label: str) -> None:
    product_id = line.product.product_id
    ordered = visit.ordered(product_id)
    st.button(
        visit.ctx.t("In order") if ordered else f"{label} *{_name(line)}*",
        key=f"add-{product_id}", icon=":material/check:" if ordered else ":material/add:",
        width="stretch", disabled=ordered, on_click=visit.add, args=(line,),
    )  # fmt: skip


def _off_button(visit: Visit, line: Suggestion, icon: str | None = None) -> None:
    """Off the order where the product is on it, else off the list."""
    product_id, t = line.product.product_id, visit.ctx.t
    if visit.ordered(product_id):
        st.button(
            f"**{t('Remove')}** *{_name(line)}*", key=f"off-{product_id}", type="tertiary",
            icon=icon, on_click=visit.remove, args=(product_id,),
        )  # fmt: skip
    else:
        st.button(
            f"**{t('Not for me')}** *{_name(line)}*", key=f"hide-{product_id}", type="tertiary",
            icon=icon, on_click=visit.dismiss, args=(line,),
        )  # fmt: skip


def _gone(visit: Visit, line: Suggestion) -> None:
    product, name = line.product, cards.calm(line.product.name)
    with st.container(
        key=f"sr-gone-{product.product_id}", horizontal=True, vertical_alignment="center"
    ):
        place(tag("p", visit.ctx.t("{name} will not be suggested again", name=name), cls="small"))
        st.button(
            f"{visit.ctx.t('Undo')} *{_name(line)}*", key=f"unhide-{product.product_id}",
            type="tertiary", on_click=visit.restore, args=(product,),
        )  # fmt: skip


def _chips(visit: Visit, line: Suggestion, most: int) -> list[str]:
    return reasons.chips(line.recommendation.reasons, most, visit.ctx.language)


def _name(line: Suggestion) -> str:
    return literal(cards.calm(line.product.name))
