"""The head of a page: the answer first, then whose it is and how fresh."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.components.markup import literal, place, tag


def page_header(answer: str, about: str, help_text: str | None = None) -> None:
    """The page's answer as its title, and one quiet line above it."""
    with st.container(key="sr-head", gap="xxsmall"):
        place(tag("p", about, cls="eyebrow"))
        st.title(literal(answer), anchor=False, help=help_text)


def section(title: str, key: str, about: str = "") -> None:
    """A section's heading with one line on what it holds."""
    with st.container(key=f"sr-section-{key}", gap=None):
        st.header(literal(title), anchor=False)
        if about:
            place(tag("p", about, cls="small"))


def account_bar(
    name: str, about: str, leave: str, on_leave: Callable[[], None],
    switch: Callable[[], None], *, crowded: bool = False,
) -> None:  # fmt: skip
    """Who is signed in and the way out, at the right end of the bar on top of every page.

    ``switch`` draws the choice of a language. ``crowded`` : the bar holds so many pages that
    the name gives way on all but a wide screen.
    """
    with st.container(key="sr-account", horizontal=True, vertical_alignment="center", gap="small"):
        who = tag("b", name), tag("span", about, cls="small block")
        place(tag("p", *who, cls="crowded" if crowded else None), "content")
        switch()
        st.button(
            leave, key="sign_out", type="tertiary", icon=":material/logout:", on_click=on_leave
        )
