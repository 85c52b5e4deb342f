"""The one script that Streamlit runs: who is signed in, which pages, the page.

It holds nothing but that order. Page modules define ``render(ctx)`` and are
reached through `pages.registry` alone.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from pages import running, shell
from pages.account.authenticator import Authenticator
from pages.components import language_switch, look
from pages.context import Context, SignedIn, nobody
from pages.state import reader, sign_in_state
from smartreco.api.session import OPEN_PATH


def main() -> None:
    """Draw one run."""
    workspace = running.current()
    authenticator = Authenticator(workspace.people)
    who = authenticator.signed_in()
    st.set_page_config("SmartReco", look.ICON, layout="wide")
    look.dress()
    session = sign_in_state.session_id
    asks = nobody if who is None or session is None else SignedIn(workspace, session, who)
    ctx = Context.of(workspace, asks, language_switch.spoken(who))
    reader.locale = str(ctx.language.locale)
    if who is None or session is None:
        page = shell.for_stranger(ctx)
    elif who.must_change:
        page = shell.for_newcomer(ctx, authenticator, who)
    else:
        page = shell.for_account(ctx, authenticator, who)
    page.run()
    draw_ticket()


def draw_ticket() -> None:
    """Draw the image whose answer sets the cookie.

    Last, since a page may end its run early: the ticket then waits for the next.
    """
    if sign_in_state.ticket is not None:
        address = f"{OPEN_PATH}?ticket={escape(sign_in_state.ticket)}"
        st.html(f'<img src="{address}" alt="" width="1" height="1">')
        sign_in_state.ticket = None


main()
