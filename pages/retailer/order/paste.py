"""A list of codes and quantities, pasted or from a file: looked through before it is taken."""

from __future__ import annotations

import streamlit as st

from pages.components import messages, pasted_rows
from pages.components.cards import Packs, calm
from pages.components.markup import place, tag
from pages.retailer.draft_acts import said_on_order
from pages.retailer.order.desk import Desk
from pages.state import Slot
from smartreco.language import Language, Message
from smartreco.workspace.order.book_views import Choice, Pasted
from smartreco.workspace.order.pasting import chosen

TEXT, FILE = "order-paste", "order-file"
LONGEST = 200_000  # characters
MOST_ASKED = 6  # rows of which a reader chooses the product here
GOOD = Message("{n} row can be taken", "{n} rows can be taken", "n")
BAD = Message("{n} row needs a look", "{n} rows need a look", "n")
TAKE = Message("Put {n} product on my order", "Put {n} products on my order", "n")


class PasteState:
    """What this part keeps for a browser tab."""

    pasted = Slot[Pasted | None](None)


state = PasteState()


def draw(desk: Desk) -> None:
    """Where to paste, and what was understood of it."""
    t = desk.ctx.t
    with st.grid(2, min_column_width=280, gap="medium", key="sr-bring"):
        with st.container(gap="small"):
            st.text_area(
                t("Codes or names, with quantities in pieces"), key=TEXT, max_chars=LONGEST,
                height=140, placeholder="P0012, 24\nP0340, 12",
            )  # fmt: skip
            st.button(
                t("Look through it"), key="paste-read", icon=":material/fact_check:",
                on_click=_read_text, args=(desk,),
            )  # fmt: skip
        st.file_uploader(
            t("Or a file (CSV, TXT or XLSX)"), type=["csv", "txt", "xlsx"], key=FILE,
            on_change=_read_file, args=(desk,),
        )  # fmt: skip
    if state.pasted is not None:
        _preview(desk, state.pasted)


def _read_text(desk: Desk) -> None:
    text = str(st.session_state.get(TEXT) or "")[:LONGEST]
    state.pasted = None
    with messages.told(desk.ctx.language):
        state.pasted = desk.ctx.workspace.orders.paste(desk.ctx.principal, desk.retailer_id, text)


def _read_file(desk: Desk) -> None:
    sent = st.session_state.get(FILE)
    state.pasted = None
    if sent is None:
        return
    with messages.told(desk.ctx.language):
        state.pasted = desk.ctx.workspace.orders.upload(
            desk.ctx.principal, desk.retailer_id, sent.name, sent.getvalue()
        )


def _preview(desk: Desk, pasted: Pasted) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    if not pasted.lines:
        messages.note(t("There is nothing in it."))
        return
    good, bad = len(pasted.good), len(pasted.bad)
    said = [language.say(GOOD, {"n": good})] if good else [t("No row can be taken as it is")]
    said += [language.say(BAD, {"n": bad})] if bad else []
    place(tag("p", ", ".join(said), cls="name", role="status"))
    with st.container(key="sr-pasted", gap=None):
        place(pasted_rows.table(pasted, desk.draft, language))
    _choices(desk, pasted)
    if bad:
        messages.note(t("Correct them above and look through it again, or go on without them."))
    if good:
        st.button(
            language.say(TAKE, {"n": good}), key="paste-take", icon=":material/playlist_add:",
            on_click=_take, args=(desk, pasted),
        )  # fmt: skip


def _choices(desk: Desk, pasted: Pasted) -> None:
    """Rows that may mean several products, or one that is not quite their name."""
    t, language = desk.ctx.t, desk.ctx.language
    asked = [line for line in pasted.bad if line.choices][:MOST_ASKED]
    if not asked:
        return
    with st.grid(2, min_column_width=280, gap="small", key="sr-choices"):
        for line in asked:
            names = {one.product.product_id: one for one in line.choices}
            st.selectbox(
                t("Row {row}, “{text}”: which one?", row=line.row, text=line.text),
                list(names), index=None, key=f"choose-{line.row}", on_change=_choose,
                args=(line.row,), placeholder=t("Choose the product"),
                format_func=lambda one, names=names: _choice(names[one], language),
            )  # fmt: skip


def _choice(one: Choice, language: Language) -> str:
    packs = Packs(one.quantity, one.product.case_size).words(language)
    return f"{calm(one.product.name)} ({one.product.product_id}) · {packs}"


def _choose(row: int) -> None:
    product_id = st.session_state.get(f"choose-{row}")
    if state.pasted is not None and product_id:
        state.pasted = chosen(state.pasted, row, product_id)


def _take(desk: Desk, pasted: Pasted) -> None:
    taken = False
    with messages.told(desk.ctx.language):
        desk.ctx.workspace.orders.take(desk.ctx.principal, desk.retailer_id, pasted)
        state.pasted, taken = None, True
        st.session_state[TEXT] = "\n".join(line.text for line in pasted.bad)
        if not pasted.bad:
            desk.done_filling()
        said_on_order(desk.ctx.language, len(pasted.good))
    if taken:
        st.rerun()
