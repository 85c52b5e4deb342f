"""What changes one line of an order, the same on every page that shows it: stepper and remove."""

from __future__ import annotations

import streamlit as st

from pages.components import cards
from pages.components.markup import literal
from pages.retailer.draft_acts import DraftActs
from smartreco.entities import DraftLine

STEPPER = 132  # pixels


def stepper(acts: DraftActs, line: DraftLine) -> None:
    """The quantity, in cases where it is whole cases; each step is kept at once."""
    t, product_id = acts.ctx.t, line.product.product_id
    packs = cards.Packs(line.quantity, line.product.case_size)
    size = line.product.case_size if packs.in_cases else 1
    key, name = f"quantity-{product_id}", _name(line)
    st.session_state[key] = packs.count
    st.number_input(
        t("Cases of {name}", name=name) if packs.in_cases else t("Pieces of {name}", name=name),
        min_value=1, step=1, key=key, width=STEPPER, label_visibility="collapsed",
        on_change=acts.set_count, args=(product_id, key, size), required=True,
    )  # fmt: skip


def remove(acts: DraftActs, line: DraftLine) -> None:
    """Take the line off."""
    product_id = line.product.product_id
    st.button(
        f"**{acts.ctx.t('Remove')}** *{_name(line)}*", key=f"remove-{product_id}", type="tertiary",
        icon=":material/delete:", on_click=acts.remove, args=(product_id,),
    )  # fmt: skip


def _name(line: DraftLine) -> str:
    return literal(cards.calm(line.product.name))
