"""The frame around every page: which pages there are for whom, and the way out.

Every address is registered for everybody. Streamlit answers an unknown one
with a box over the page that makes the form behind it dead; so an address that
somebody may not open leads to the sign-in page or to a refusal, and a link
that was opened too early is still there after signing in.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import Page

from pages.account import (
    choose_password,
    denied,
    news,
    roles,
    sign_in,
    tour,
    trouble,
    waiting,
)
from pages.account.authenticator import Authenticator
from pages.components import header, language_switch
from pages.context import Context
from pages.registry import PAGES, PageSpec, pages_of
from pages.state import sign_in_state
from smartreco.accounts.permissions import require_role
from smartreco.entities import Principal
from smartreco.errors import NotReadyError, SmartRecoError
from smartreco.workspace import Phase

ROOM_FOR = 7  # pages whose names leave room for the account's at the width of a small desk


def for_stranger(ctx: Context) -> Page:
    """Navigation of somebody who is not signed in: each address is the sign-in page."""

    def draw() -> None:
        sign_in.render(ctx)

    title = ctx.t("Sign in")
    front = st.Page(draw, title=title, url_path="sign-in", default=True, visibility="hidden")
    others = [st.Page(draw, title=title, url_path=spec.url, visibility="hidden") for spec in PAGES]
    page = st.navigation([front, *others], position="hidden")
    if sign_in_state.left:
        sign_in_state.left = False
        st.switch_page(front)
    return page


def for_newcomer(ctx: Context, authenticator: Authenticator, who: Principal) -> Page:
    """Navigation of an account that has to choose a password: each address is that form."""

    def draw() -> None:
        choose_password.render(ctx)

    title = ctx.t("Choose a new password")
    front = st.Page(draw, title=title, url_path="home", default=True, visibility="hidden")
    others = [st.Page(draw, title=title, url_path=spec.url, visibility="hidden") for spec in PAGES]
    page = st.navigation([front, *others], position="hidden")
    _way_out(ctx, authenticator, who)
    return page


def for_account(ctx: Context, authenticator: Authenticator, who: Principal) -> Page:
    """Navigation of a signed-in account; addresses of other roles lead to a refusal."""
    own = {
        spec: _page(ctx, spec, _guarded(ctx, spec), shown=not spec.hidden)
        for spec in pages_of(who.role)
    }
    home = next(iter(own.values()))
    others = [
        _page(ctx, spec, _refusal(ctx, spec, home), shown=False)
        for spec in PAGES
        if spec not in own
    ]
    front = st.Page(
        lambda: st.switch_page(home), title=ctx.t("Home"), url_path="home", default=True,
        visibility="hidden",
    )  # fmt: skip
    page = st.navigation([front, *own.values(), *others], position="top")
    _way_out(ctx, authenticator, who)
    return page


def _page(ctx: Context, spec: PageSpec, draw: Callable[[], None], *, shown: bool) -> Page:
    return st.Page(
        draw,
        title=ctx.t(spec.title),
        icon=f":material/{spec.icon}:",
        url_path=spec.url,
        visibility="visible" if shown else "hidden",
    )


def _refusal(ctx: Context, spec: PageSpec, home: Page) -> Callable[[], None]:
    def draw() -> None:
        denied.render(ctx, spec.title, spec.roles, home)

    return draw


def _guarded(ctx: Context, spec: PageSpec) -> Callable[[], None]:
    """A page that checks again who asks, and has words for what may go wrong."""

    def draw() -> None:
        try:
            require_role(ctx.principal, spec.roles, spec.title)
            if spec.waits and ctx.workspace.status().phase is not Phase.READY:
                waiting.render(ctx)
            else:
                tour.draw(ctx, spec.url)
                if spec is pages_of(ctx.principal.role)[0]:
                    news.draw(ctx)
                spec.render(ctx)
        except NotReadyError:
            waiting.render(ctx)
        except SmartRecoError as error:
            trouble.report(error, ctx.language)

    return draw


def _way_out(ctx: Context, authenticator: Authenticator, who: Principal) -> None:
    header.account_bar(
        who.name, ctx.t(roles.ONE[who.role]), ctx.t("Sign out"), authenticator.leave,
        lambda: language_switch.draw(ctx),
        crowded=sum(not spec.hidden for spec in pages_of(who.role)) > ROOM_FOR,
    )  # fmt: skip
