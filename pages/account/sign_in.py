"""The page in front of everything: a form, and the demo's accounts where there are any."""

from __future__ import annotations

import math

import streamlit as st

from pages.account import demo_list, first_admin, waiting
from pages.account.authenticator import Authenticator
from pages.context import Context
from pages.state import sign_in_state
from smartreco.accounts.lockout import LockedOutError
from smartreco.language import Message
from smartreco.workspace import Phase

LOCKED = Message(
    "Too many wrong passwords for this username. Try again in {minutes} minute.",
    "Too many wrong passwords for this username. Try again in {minutes} minutes.",
    "minutes",
)


def render(ctx: Context) -> None:
    """Draw the form; once a sign-in has succeeded the page that was asked for opens."""
    authenticator = Authenticator(ctx.workspace.people)
    accounts = ctx.workspace.people.demo_accounts() if ctx.workspace.demo_mode() else []
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
        st.error(_words(ctx, sign_in_state.problem))


def _words(ctx: Context, problem: Exception) -> str:
    if isinstance(problem, LockedOutError):
        return ctx.t(LOCKED, minutes=math.ceil(problem.seconds / 60))
    return ctx.t("This username and password match no account. Check both and try again.")


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
