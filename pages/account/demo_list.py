"""The demo's accounts on the sign-in page: who each is, and one button to be it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.account import roles
from pages.account.authenticator import Authenticator
from pages.components.markup import literal
from pages.context import Context
from smartreco.workspace.accounts.demo import DemoAccount


def render(ctx: Context, authenticator: Authenticator, accounts: Sequence[DemoAccount]) -> None:
    """List the demo accounts, which share one password."""
    with st.container(border=True, key="demo_accounts"):
        st.subheader(ctx.t("Demo accounts"), anchor=False)
        st.markdown(
            ctx.t("Anyone may look around here. One password opens them all:")
            + f" `{accounts[0].password}`"
        )
        for account in accounts:
            _row(ctx, authenticator, account)


def _row(ctx: Context, authenticator: Authenticator, account: DemoAccount) -> None:
    role = ctx.t(roles.ONE[account.role])
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"**{role}** · `{account.username}`")
            about = literal(account.bound_to or ctx.t(roles.COMES_FOR[account.role]))
            st.markdown(f":small[:gray[{about}]]")
        st.button(
            ctx.t("Use {role}", role=role.lower()),
            key=f"use_{account.username}",
            on_click=authenticator.enter,
            args=(account.username, account.password),
        )
