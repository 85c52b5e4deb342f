"""What happened since the last visit: one quiet line above the answer of the home page."""

from __future__ import annotations

import streamlit as st

from pages.components import links
from pages.components.markup import place, tag
from pages.context import Context
from pages.state import Slot, sign_in_state
from smartreco.workspace.visits.visits import News
from smartreco.workspace.visits.words import NEWS

MOST = 3  # things that are said


class NewsState:
    """What this tab knows of it."""

    asked = Slot("")  # the session that was asked for
    found = Slot[News | None](None)


state = NewsState()


def draw(ctx: Context) -> None:
    """The line, until it is put away; nothing at a first visit or where nothing happened."""
    session = sign_in_state.session_id
    if session is None:
        return
    if state.asked != session:
        state.asked, state.found = session, ctx.workspace.visits.news(ctx.principal, session)
    if state.found is None:
        return
    with st.container(key="sr-news", horizontal=True, vertical_alignment="center", gap="small"):
        place(tag("p", ctx.t("Since {day}", day=state.found.since.date()), cls="small"), "content")
        for one in state.found.said[:MOST]:
            _thing(ctx, one.template, dict(one.values))
        st.button(ctx.t("Seen"), key="news-seen", type="tertiary", icon=":material/check:",
                  on_click=_put_away)  # fmt: skip


def _thing(ctx: Context, name: str, values: dict[str, object]) -> None:
    message, address = NEWS[name]
    said = ctx.language.say(message, values)
    if not address:
        place(tag("p", said), "content")
        return
    url, _, query = address.partition("?")
    links.to_page(url, said, **dict(part.split("=") for part in query.split("&") if part))


def _put_away() -> None:
    state.found = None
