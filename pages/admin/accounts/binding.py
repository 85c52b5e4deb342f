"""Choosing the shop or the vendor of an account by its name; nobody has to know an id."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import messages
from pages.context import Context
from smartreco.entities import Role
from smartreco.store.bindable import Bindable
from smartreco.workspace.accounts.bindings import BOUND

FEW: Final = 50  # fit into one list; of more, some are searched first
LABELS: Final = {Role.RETAILER: "Shop", Role.VENDOR: "Vendor"}
SEARCHES: Final = {Role.RETAILER: "Find the shop", Role.VENDOR: "Find the vendor"}


def pick(ctx: Context, role: Role, key: str, present: str | None = None) -> str | None:
    """The id that is chosen; None where the role has none or none is chosen yet."""
    if role not in BOUND:
        return None
    t, people = ctx.t, ctx.workspace.people
    _, everything = people.bindable(ctx.principal, role, limit=1)
    words = ""
    if everything > FEW:
        words = st.text_input(
            t(SEARCHES[role]), key=f"find-{key}-{role.value}", type="search", max_chars=80,
            placeholder=t("Name, town or id"), icon=":material/search:",
        ) or ""  # fmt: skip
    found, total = people.bindable(ctx.principal, role, words, FEW)
    choices = {one.id: one for one in found}
    if present is not None and not words:
        choices = people.bound_to(ctx.principal, role, [present]) | choices
    ids = list(choices)
    chosen = st.selectbox(
        t(LABELS[role]), ids, index=ids.index(present) if present in ids else None,
        key=f"bind-{key}-{role.value}", placeholder=t("Choose one"),
        format_func=lambda one: in_words(choices[one]) if one in choices else str(one),
    )  # fmt: skip
    if total > FEW:
        messages.note(t("The first {n} of {all}: search for others.", n=FEW, all=total))
    elif not total:
        messages.note(t("None has these words.") if words else t("The data hold none yet."))
    return chosen


def in_words(one: Bindable) -> str:
    """Name, place and id on one line."""
    return " · ".join(part for part in (one.name, one.place, one.id) if part)
