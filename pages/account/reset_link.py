"""The form behind a one-time link: choosing the password of an invited or reset account."""

from __future__ import annotations

import streamlit as st

from pages.account import new_password
from pages.account.authenticator import Authenticator
from pages.components.markup import literal
from pages.context import Context
from smartreco.errors import SmartRecoError


def render(ctx: Context, authenticator: Authenticator, token: str) -> None:
    """Draw the form while the link is good, else say that it is not."""
    username = ctx.workspace.people.username_of_reset(token)
    if username is None:
        st.warning(ctx.t("This link was used or is too old. Ask your administrator for a new one."))
        return
    with st.container(border=True, key="sr-reset", gap="medium"):
        st.subheader(ctx.t("Choose your password"), anchor=False)
        st.write(ctx.t("Your username is **{username}**. The link works once.",
                       username=literal(username)))  # fmt: skip
        password, again = new_password.fields(ctx, "reset", username)
        sent = st.button(ctx.t("Save and sign in"), type="primary", key="reset_save")
        if sent:
            _save(ctx, authenticator, token, password, again)
    st.stop()


def _save(
    ctx: Context, authenticator: Authenticator, token: str, password: str, again: str
) -> None:
    if password != again:
        st.error(ctx.t("The two passwords are not the same."))
        return
    try:
        who = ctx.workspace.people.use_reset(token, password)
    except SmartRecoError as error:
        st.error(new_password.sentences(ctx, error))
        return
    authenticator.admit(who)
    st.query_params.clear()
    st.rerun()
