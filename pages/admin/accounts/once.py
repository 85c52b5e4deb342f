"""The one-time link: shown to be copied, and gone once it was taken."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from pages.admin.accounts.kept import state
from pages.components.markup import place, tag
from pages.context import Context


def draw(ctx: Context) -> None:
    """The link with what to do with it; nothing where there is none."""
    link, t = state.link, ctx.t
    if link is None:
        return
    with st.container(key="sr-once", gap="small"):
        place(tag("h2", t("Send this link to {who}", who=link.username), cls="finding"))
        st.code(whole(link.path), language=None, wrap_lines=True)
        place(tag("p", (
            t("It works once, within 24 hours, and is shown only now: it is nowhere kept.")
            if state.invited else
            t("It works once, within 24 hours, and is shown only now. Until then {who} cannot "
              "sign in: the old password and all sessions have ended.", who=link.username)
        ), cls="small"))  # fmt: skip
        st.button(t("I have copied it"), key="link-done", icon=":material/check:", on_click=_done)


def whole(path: str) -> str:
    """The address as this reader's browser would write it."""
    here = st.context.url
    parts = urlsplit(here) if isinstance(here, str) else urlsplit("")
    asked = urlsplit(path)
    return urlunsplit((parts.scheme, parts.netloc, asked.path, asked.query, ""))


def _done() -> None:
    state.link = None
