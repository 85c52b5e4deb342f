"""The account that is signed in: who, as what, bound to whom, until when."""

from __future__ import annotations

import streamlit as st

from pages.account import roles
from pages.account.authenticator import Authenticator
from pages.components.markup import literal
from pages.context import Context
from pages.state import sign_in_state


def render(ctx: Context) -> None:
    """Draw the account page."""
    who = ctx.principal
    st.title(ctx.t("Your account"))
    facts = {
        ctx.t("Name"): who.name,
        ctx.t("Username"): who.username,
        ctx.t("Role"): ctx.t(roles.ONE[who.role]),
    }
    if who.retailer_id is not None:
        facts[ctx.t("Shop")] = who.retailer_id
    if who.vendor_id is not None:
        facts[ctx.t("Vendor")] = who.vendor_id
    times = ctx.workspace.people.session_times(sign_in_state.session_id or "")
    if times is not None:
        facts[ctx.t("Signed in since")] = ctx.t("{began} UTC", began=times[0])
        facts[ctx.t("Signs out by itself")] = ctx.t("{ends} UTC", ends=times[1])
    for label, value in facts.items():
        st.markdown(f"**{label}**  \n{literal(value)}")
    authenticator = Authenticator(ctx.workspace.people)
    st.button(ctx.t("Sign out"), key="sign_out_here", on_click=authenticator.leave)
