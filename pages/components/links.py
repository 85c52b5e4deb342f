"""Links from one page to another, without loading the application anew."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from pages.components.markup import literal


def to_page(
    url: str, label: str, icon: str | None = None,
    *, width: Literal["stretch", "content"] = "content", **query: str,
) -> None:  # fmt: skip
    """A link to a page of the registry, by its address; ``query`` goes behind the question mark."""
    st.page_link(
        _page(url), label=literal(label), icon=icon, width=width, query_params=query or None
    )


def go(url: str, **query: str) -> None:
    """End this run and draw another page, from its top."""
    st.switch_page(_page(url), query_params=query or None)


def _page(url: str) -> Page:
    """A stand-in leads to the real page: Streamlit tells them apart by address alone."""
    return st.Page(_elsewhere, title=url, url_path=url)


def _elsewhere() -> None:
    raise AssertionError("a link's stand-in is never drawn")
