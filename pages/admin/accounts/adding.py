"""Adding an account: the person chooses the password, by a link that works once."""

from __future__ import annotations

import streamlit as st

from pages.account import roles
from pages.admin.accounts import binding, once
from pages.admin.accounts.kept import state
from pages.components import header, messages
from pages.context import Context
from smartreco.entities import Role
from smartreco.workspace.accounts.bindings import BOUND


def draw(ctx: Context) -> None:
    """The form and its button."""
    t, form = ctx.t, state.added
    header.section(
        t("Invite somebody"), "invite",
        t("You get a link to send. It works once, for 24 hours: whoever opens it chooses the "
          "password, and nobody else ever knows it."),
    )  # fmt: skip
    if state.invited:
        once.draw(ctx)
    with st.container(key="sr-account-form", gap="small"):
        with st.container(horizontal=True, vertical_alignment="top", gap="small"):
            name = st.text_input(t("Their name"), key=f"add-name-{form}", max_chars=100)
            username = st.text_input(
                t("Their username"), key=f"add-username-{form}", max_chars=100,
                placeholder=t("Letters a-z, digits or . _ @ -"),
            )  # fmt: skip
            role = st.selectbox(
                t("Role"), list(Role), key=f"add-role-{form}",
                format_func=lambda one: t(roles.ONE[one]),
            )  # fmt: skip
        bound = binding.pick(ctx, role, f"add-{form}")
        messages.note(t(roles.COMES_FOR[role]))
        ready = bool((username or "").strip()) and (role not in BOUND or bound is not None)
        st.button(
            t("Make the link"), key="account-add", type="primary", disabled=not ready,
            icon=":material/person_add:", on_click=_add,
            args=(ctx, str(username or ""), str(name or ""), role, bound),
        )  # fmt: skip


def _add(ctx: Context, username: str, name: str, role: Role, bound: str | None) -> None:
    with messages.told(ctx.language):
        state.link = ctx.workspace.people.add_account(
            ctx.principal, username, role, name=name or None,
            retailer_id=bound if role is Role.RETAILER else None,
            vendor_id=bound if role is Role.VENDOR else None,
        )  # fmt: skip
        state.invited, state.opened, state.added = True, None, state.added + 1
