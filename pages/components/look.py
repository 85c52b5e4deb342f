"""The look that every page wears: the style sheet, the logo, the browser tab's icon.

Colours, type and radii live in `.streamlit/config.toml`, where Streamlit's own
elements read them; `assets/app.css` only holds what cards need beyond that and
touches nothing but `st-key-…` classes.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from pages.components.markup import Html
from smartreco.config import PROJECT

ASSETS = PROJECT / "assets"
ICON = ASSETS / "icon.svg"
#: Places kept free in the list that Streamlit holds style sheets and toasts in: a part that is
#: drawn again alone begins at its front, and its toast would take the style sheet's place.
TOASTS = 3


def dress() -> None:
    """Style sheet and logo; the entry script calls it once a run, before the page."""
    for _ in range(TOASTS):
        st.html("<style></style>")
    st.html(_style_sheet())
    st.logo(_logo(), size="large")


def ink() -> str:
    """The colour of text, for what does not take it from the theme by itself."""
    return "#E9EDEA" if _dark() else "#1E2522"


def _logo() -> Path:
    """The word mark that can be read on the reader's background."""
    return ASSETS / ("logo-dark.svg" if _dark() else "logo-light.svg")


def _dark() -> bool:
    return st.context.theme.type == "dark"


@lru_cache(maxsize=1)
def _style_sheet() -> Html:
    return Html(f"<style>{(ASSETS / 'app.css').read_text(encoding='utf-8')}</style>")
