"""The account that is signed in: who, as what, bound to whom; its password and its sessions."""

from __future__ import annotations

import streamlit as st

from pages.account import password_form, roles, session_list
from pages.account.authenticator import Authenticator
from pages.components import header, messages
from pages.components.markup import literal
from pages.context import Context


def render(ctx: Context) -> None:
    """Draw the account page."""
    st.title(ctx.t("Your account"), anchor=False)
    _facts(ctx)
    session_list.render(ctx, Authenticator(ctx.workspace.people))
    header.section(ctx.t("Password"), "password")
    if _shared(ctx):
        with st.container(key="sr-shared"):
            messages.note(
                ctx.t("A demo account is everybody's: its password stays, and you do not see "
                      "where else it is signed in.")
            )  # fmt: skip
    else:
        password_form.render(ctx)


def _facts(ctx: Context) -> None:
    who = ctx.principal
    facts = {
        ctx.t("Name"): who.name,
        ctx.t("Username"): who.username,
        ctx.t("Role"): ctx.t(roles.ONE[who.role]),
    }
    if who.retailer_id is not None:
        facts[ctx.t("Shop")] = who.retailer_id
    if who.vendor_id is not None:
        facts[ctx.t("Vendor")] = who.vendor_id
    with st.container(horizontal=True, gap="large"):
        for label, value in facts.items():
            st.markdown(f"**{label}**  \n{literal(value)}", width="content")


def _shared(ctx: Context) -> bool:
    """Whether it is one of the demo's accounts."""
    demo = ctx.workspace.people.demo_accounts()
    return ctx.principal.username in {account.username for account in demo}
