"""Tune: an analyst moves what lists are made of, sees what it does, publishes it, goes back.

The page is one fragment, so that a slider redraws it without the frame around it; the address
says which part of it is open.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.analyst.tune import bench, publish, search, versions
from pages.analyst.tune.desk import VIEW, TuneDesk
from pages.context import Context

VIEWS: Final = {
    "tune": ("Tune", bench.draw),
    "search": ("Search", search.draw),
    "publish": ("Publish", publish.draw),
    "versions": ("Versions", versions.draw),
}


def render(ctx: Context) -> None:
    """Draw the page."""
    st.fragment(_draw, key="tune")(ctx)


def _draw(ctx: Context) -> None:
    t, desk = ctx.t, TuneDesk(ctx)
    with st.container(key="sr-tune", gap="medium"):
        head = st.container(key="sr-answer")
        with st.container(key="sr-views-tune"):
            chosen = address.choose(
                t("What to do"), VIEW, list(VIEWS), lambda one: t(VIEWS[one][0]), bare=True
            )
        with st.container(key=f"sr-tune-{chosen}", gap="medium"):
            VIEWS[chosen][1](desk, head)
