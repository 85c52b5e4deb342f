"""Where the own account is signed in, and the ways to end that."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.account import moments
from pages.account.authenticator import Authenticator
from pages.components import header, messages
from pages.components.markup import place, tag
from pages.context import Context
from pages.state import sign_in_state
from smartreco.language import Message
from smartreco.workspace.accounts.views import SessionView

ENDED = Message("{n} other browser is signed out.", "{n} other browsers are signed out.", "n")


def render(ctx: Context, authenticator: Authenticator) -> None:
    """Draw the list, this browser first."""
    views = ctx.workspace.people.own_sessions(ctx.principal, sign_in_state.session_id)
    header.section(
        ctx.t("Where you are signed in"), "sessions",
        ctx.t("End what you do not know, and change your password then."),
    )  # fmt: skip
    with st.container(key="sr-sessions", gap=None):
        for n, view in enumerate(views):
            _row(ctx, authenticator, view, n)
    _everywhere(ctx, authenticator, views)


def _row(ctx: Context, authenticator: Authenticator, view: SessionView, n: int) -> None:
    device = view.device or ctx.t("A browser")
    with st.container(key=f"sr-session-{n}", horizontal=True, vertical_alignment="center"):
        here = tag("span", ctx.t("this browser"), cls="chip good") if view.here else None
        used = ctx.t("Last used {ago}", ago=moments.ago(ctx, view.last_seen_at))
        times = ctx.t("signed in {began} UTC, ends by itself {ends} UTC at the latest",
                      began=view.began_at, ends=view.ends_at)  # fmt: skip
        place(
            tag("div", tag("p", tag("b", device), " ", here), tag("p", f"{used} · {times}",
                                                                  cls="small"))
        )  # fmt: skip
        if view.here:
            st.button(ctx.t("Sign out"), key="sign_out_here", on_click=authenticator.leave)
        else:
            st.button(ctx.t("Sign out"), key=f"sign_out_{n}", on_click=_end, args=(ctx, view))


def _everywhere(ctx: Context, authenticator: Authenticator, views: Sequence[SessionView]) -> None:
    if len(views) < 2:
        return
    with st.container(horizontal=True, key="sr-everywhere"):
        st.button(
            ctx.t("Sign out all others"), key="sign_out_others", on_click=_others, args=(ctx,)
        )
        st.button(
            ctx.t("Sign out everywhere"), key="sign_out_everywhere", on_click=_all,
            args=(ctx, authenticator),
        )  # fmt: skip


def _end(ctx: Context, view: SessionView) -> None:
    with messages.told(ctx.language):
        ctx.workspace.people.end_session(ctx.principal, view.session_id)
        messages.done(ctx.t("That browser is signed out."))


def _others(ctx: Context) -> None:
    with messages.told(ctx.language):
        ended = ctx.workspace.people.sign_out_everywhere(ctx.principal, sign_in_state.session_id)
        messages.done(ctx.t(ENDED, n=ended))


def _all(ctx: Context, authenticator: Authenticator) -> None:
    with messages.told(ctx.language):
        ctx.workspace.people.sign_out_everywhere(ctx.principal, None)
        authenticator.leave()
