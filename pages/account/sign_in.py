"""The page in front of everything: a form, and the demo's accounts where there are any."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.account import demo_list, first_admin, locked, reset_link, waiting
from pages.account.authenticator import Authenticator
from pages.components import language_switch
from pages.context import Context
from pages.state import sign_in_state
from smartreco.workspace import Phase
from smartreco.workspace.accounts.views import Ending

ENDINGS: Final = {
    Ending.ENDED: "Your session has ended. Sign in to go on.",
    Ending.DEMO: "The demo is over, and the account you used went with it. Sign in with an "
                 "account of your own. If there is none yet, the log of the program has the link "
                 "that sets up the first administrator.",
}  # fmt: skip


def render(ctx: Context) -> None:
    """Draw the form; once a sign-in has succeeded the page that was asked for opens."""
    authenticator = Authenticator(ctx.workspace.people)
    by_link = any(name in st.query_params for name in ("setup", "reset"))
    demo = ctx.workspace.demo_mode() and not by_link
    accounts = ctx.workspace.people.demo_accounts() if demo else []
    with st.container(key="sr-front-language", horizontal_alignment="right"):
        language_switch.draw(ctx)
    with st.container(horizontal_alignment="center"), st.container(width=1040 if accounts else 440):
        st.title(ctx.t("What to order, and why"), anchor=False)
        st.write(ctx.t("For retailers, their vendors, and the people who run the platform."))
        left, right = st.columns(2, gap="large") if accounts else (st.container(), None)
        with left:
            _form(ctx, authenticator)
            _how_far(ctx)
        if right is not None:
            with right:
                demo_list.render(ctx, authenticator, accounts)


def _form(ctx: Context, authenticator: Authenticator) -> None:
    token = st.query_params.get("setup")
    if token is not None:
        first_admin.render(ctx, authenticator, token)
    link = st.query_params.get("reset")
    if link is not None:
        reset_link.render(ctx, authenticator, link)
    if sign_in_state.ending is not None:
        st.info(ctx.t(ENDINGS[sign_in_state.ending]))
    authenticator.login(
        fields={
            "Form name": ctx.t("Sign in"),
            "Username": ctx.t("Username"),
            "Password": ctx.t("Password"),
            "Login": ctx.t("Sign in"),
        },
        key="sign_in",
    )
    if sign_in_state.session_id is not None:
        st.rerun()
    if sign_in_state.problem is not None:
        locked.render(ctx, sign_in_state.problem)


def _how_far(ctx: Context) -> None:
    """While the data are being made: how far, and that accounts follow."""
    phase = ctx.workspace.status().phase
    if phase is Phase.MAKING:
        st.write(ctx.t("The first data are being prepared; accounts to try appear here then."))
        waiting.progress(ctx, Phase.FITTING, Phase.READY)
    elif phase is Phase.FITTING:
        waiting.progress(ctx, Phase.MAKING, Phase.READY)
    elif phase is Phase.FAILED:
        st.error(ctx.t("The data could not be prepared."))
        st.write(ctx.workspace.status().message)
