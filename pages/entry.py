"""The one script that Streamlit runs: who is signed in, which pages, the page.

It holds nothing but that order. Page modules define ``render(ctx)`` and are
reached through `pages.registry` alone.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from pages import running, shell
from pages.account.authenticator import Authenticator
from pages.components import look
from pages.context import Context, SignedIn, nobody
from pages.state import sign_in_state
from smartreco.api.session import OPEN_PATH


def main() -> None:
    """Draw one run."""
    workspace = running.current()
    authenticator = Authenticator(workspace.people)
    who = authenticator.signed_in()
    st.set_page_config("SmartReco", look.ICON, layout="wide")
    look.dress()
    if who is None or sign_in_state.session_id is None:
        page = shell.for_stranger(Context.of(workspace, nobody))
    elif who.must_change:
        asks = SignedIn(workspace, sign_in_state.session_id, who)
        page = shell.for_newcomer(Context.of(workspace, asks), authenticator, who)
    else:
        asks = SignedIn(workspace, sign_in_state.session_id, who)
        page = shell.for_account(Context.of(workspace, asks), authenticator, who)
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
