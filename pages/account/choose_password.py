"""Every page of an account whose password somebody else knows: choosing another first."""

from __future__ import annotations

import streamlit as st

from pages.account import password_form
from pages.context import Context


def render(ctx: Context) -> None:
    """Say why, and draw the form; the page that was asked for opens once it is done."""
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=440, key="sr-choose", gap="medium"),
    ):
        st.title(ctx.t("Choose a new password"), anchor=False)
        st.write(
            ctx.t("Your password was chosen by somebody else. Choose one that only you know; "
                  "then your pages open.")
        )  # fmt: skip
        password_form.render(ctx, "choose")
