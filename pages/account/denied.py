"""What somebody sees who opens a page of another role."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from streamlit.navigation.page import Page

from pages.account import roles
from pages.context import Context
from smartreco.entities import Role


def render(ctx: Context, title: str, allowed: Iterable[Role], home: Page) -> None:
    """Say for whom the page is, as what the reader is signed in, and where to go from here."""
    audience = ", ".join([ctx.t(roles.MANY[role]) for role in Role if role in set(allowed)])
    st.title(ctx.t(title))
    st.warning(ctx.t("This page is for {audience}.", audience=audience))
    own = ctx.t(roles.ONE[ctx.principal.role])
    st.write(ctx.t("You are signed in as {name} ({role}).", name=ctx.principal.name, role=own))
    st.page_link(home)
