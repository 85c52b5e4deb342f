"""Changing the own password: the current one, and the new one twice."""

from __future__ import annotations

import streamlit as st

from pages.account import authenticator, new_password
from pages.context import Context
from pages.state import Slot, sign_in_state
from smartreco.errors import SmartRecoError
from smartreco.language import Message

LEFT = Message(
    "{n} more try, then your username is locked for a while.",
    "{n} more tries, then your username is locked for a while.",
    "n",
)
CHANGED = "Your password is changed. Everywhere else you are signed out."


class PasswordState:
    """What became of the last try to change the password."""

    problem = Slot("")
    changed = Slot(False)  # just now, and not said yet


state = PasswordState()


def render(ctx: Context, key: str = "password") -> None:
    """Draw the form; it changes the password before the page is drawn again."""
    who = ctx.principal
    with st.container(key=f"sr-password-{key}", width=440, gap="small"):
        st.text_input(
            ctx.t("Current password"), type="password", key=f"{key}_current",
            autocomplete="current-password", live=new_password.AT_ONCE, on_change="ignore",
        )  # fmt: skip
        new_password.fields(ctx, key, who.username, who.name)
        if state.problem:
            st.error(state.problem)
        if state.changed:
            state.changed = False
            st.success(ctx.t(CHANGED), icon=":material/check_circle:")
        st.button(
            ctx.t("Change password"), type="primary", key=f"{key}_change",
            on_click=_change, args=(ctx, key),
        )  # fmt: skip


def _change(ctx: Context, key: str) -> None:
    names = [f"{key}_{part}" for part in ("current", "new", "again")]
    current, new, again = (str(st.session_state.get(name, "")) for name in names)
    state.problem = _refusal(ctx, current, new, again)
    if state.problem:
        return
    for name in names:
        st.session_state[name] = ""


def _refusal(ctx: Context, current: str, new: str, again: str) -> str:
    """Change it; why not, or "" where it is changed."""
    if not (current and new):
        return ctx.t("Type your current password and a new one.")
    if new != again:
        return ctx.t("The two new passwords are not the same.")
    people = ctx.workspace.people
    try:
        who = ctx.principal
        opened = people.change_password(who, current, new, sign_in_state.session_id)
    except SmartRecoError as error:
        words = new_password.sentences(ctx, error)
        left = getattr(error, "tries_left", None)
        return f"{words} {ctx.t(LEFT, n=left)}" if left else words
    if opened is not None:
        authenticator.hold(opened)
    state.changed = not who.must_change  # a newcomer sees it by the page that opens
    return ""
