"""The form behind the one-time link: choosing the first admin's name and password."""

from __future__ import annotations

import streamlit as st

from pages.account import new_password
from pages.account.authenticator import Authenticator
from pages.context import Context
from smartreco.accounts.password_rules import SHORTEST
from smartreco.errors import SmartRecoError


def render(ctx: Context, authenticator: Authenticator, token: str) -> None:
    """Draw the form while the link is good, else say that it is not."""
    people = ctx.workspace.people
    if not people.setup_is_open(token):
        st.warning(ctx.t("This set-up link was used or is too old. Sign in below, or start "
                         "the program again and take the new link from its log."))  # fmt: skip
        return
    with st.form("first_admin"):
        st.subheader(ctx.t("Set up the first administrator"))
        username = st.text_input(ctx.t("New username"))
        name = st.text_input(ctx.t("Your name"))
        password = st.text_input(
            ctx.t("New password"), type="password",
            help=ctx.t("At least {n} characters; four words are good.", n=SHORTEST),
        )  # fmt: skip
        again = st.text_input(ctx.t("New password again"), type="password")
        sent = st.form_submit_button(ctx.t("Create the account"), type="primary")
    if not sent:
        st.stop()
    if password != again:
        st.error(ctx.t("The two passwords are not the same."))
        st.stop()
    try:
        admin = people.set_up_admin(token, username, name, password)
    except SmartRecoError as error:
        st.error(new_password.sentences(ctx, error))
        st.stop()
    authenticator.admit(admin)
    st.query_params.clear()
    st.rerun()
