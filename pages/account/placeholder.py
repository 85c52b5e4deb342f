"""A page that is not built yet, and says so."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.context import Context


def coming(title: str, promise: str) -> Callable[[Context], None]:
    """A ``render`` that says what will be here. It shows no figure and offers no control."""

    def render(ctx: Context) -> None:
        st.title(ctx.t(title))
        st.info(ctx.t("This page is not built yet."), icon=":material/construction:")
        st.write(ctx.t("What will be here:") + " " + ctx.t(promise))

    return render
