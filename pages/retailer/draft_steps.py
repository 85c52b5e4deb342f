"""What changes one line of an order, the same on every page that shows it: stepper and remove."""

from __future__ import annotations

import streamlit as st

from pages.components import cards
from pages.components.markup import literal, place, tag
from pages.retailer.draft_acts import DraftActs, step_state
from smartreco.entities import DraftLine

STEPPER = 132  # pixels


def stepper(acts: DraftActs, line: DraftLine) -> None:
    """The quantity, always in pieces, a case a step; each step is kept at once.

    A fast finger clicks several times before the answer is there, so neither the unit nor
    the step may change under it: a line that was seen with a part case goes on by the piece.
    The field takes fractions and nothing at all, so that `set_count` can answer them; the
    browser would round the one and put its least value for the other.
    """
    t, product, product_id = acts.ctx.t, line.product, line.product.product_id
    if line.quantity % product.case_size:
        step_state.by_piece |= {product_id}
    step = 1 if product_id in step_state.by_piece else product.case_size
    key = f"quantity-{product_id}"
    st.session_state[key] = float(line.quantity)
    with st.container(
        key=f"sr-count-{product_id}", horizontal=True, vertical_alignment="center",
        gap="xxsmall", width="content",
    ):  # fmt: skip
        st.number_input(
            t("Pieces of {name}", name=_name(line)), value=None, step=float(step), format="%g",
            key=key, width=STEPPER, label_visibility="collapsed", on_change=acts.set_count,
            args=(product_id, key),
        )  # fmt: skip
        place(tag("span", t("pcs"), cls="small", aria_hidden="true"), "content")


def remove(acts: DraftActs, line: DraftLine) -> None:
    """Take the line off."""
    product_id = line.product.product_id
    st.button(
        f"**{acts.ctx.t('Remove')}** *{_name(line)}*", key=f"remove-{product_id}", type="tertiary",
        icon=":material/delete:", on_click=acts.remove, args=(product_id,),
    )  # fmt: skip


def _name(line: DraftLine) -> str:
    return literal(cards.calm(line.product.name))
