"""In which language a page is: the reader's choice, else the browser's, else that of the data."""

from __future__ import annotations

import streamlit as st

from pages.components.messages import told
from pages.context import Context
from pages.state import reader, sign_in_state
from smartreco.entities import Principal
from smartreco.language import languages, own_name


def spoken(who: Principal | None) -> str:
    """Code of the language of this run; "" is that of the data."""
    if who is not None and who.language and not reader.language:
        reader.language = who.language
    return reader.language or _of_browser()


def draw(ctx: Context, key: str = "language") -> None:
    """A button with the language of the page, and below it the others."""
    now = ctx.language.locale.language
    others = [one for one in languages() if one != now]
    if not others:
        return
    with st.container(key=f"sr-{key}", width="content"):
        st.menu_button(
            own_name(now), others, key=key, type="tertiary", icon=":material/translate:",
            format_func=own_name, on_click=_choose, args=(ctx, key), help=ctx.t("Language"),
        )  # fmt: skip


def _choose(ctx: Context, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen not in languages():
        return
    if sign_in_state.session_id is not None:
        with told(ctx.language):
            ctx.workspace.people.choose_language(ctx.principal, chosen, sign_in_state.session_id)
    reader.language = chosen


def _of_browser() -> str:
    said = st.context.locale
    code = said.replace("_", "-").split("-")[0].lower() if isinstance(said, str) else ""
    return code if code in languages() else ""
