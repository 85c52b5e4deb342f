"""The look that every page wears: the logo, the browser tab's icon, where the style sheet lies.

Colours, type and radii live in `.streamlit/config.toml`, where Streamlit's own
elements read them; `assets/app.css` only holds what cards need beyond that and
touches nothing but `st-key-…` classes.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from smartreco.config import PROJECT

ASSETS = PROJECT / "assets"
ICON = ASSETS / "icon.svg"
STYLE_SHEET = ASSETS / "app.css"  # linked from each page by `smartreco.api.style_sheet`


def dress() -> None:
    """The logo; the entry script calls it once a run, before the page."""
    st.logo(_logo(), size="large")


def ink() -> str:
    """The colour of text, for what does not take it from the theme by itself."""
    return "#E9EDEA" if _dark() else "#1E2522"


def _logo() -> Path:
    """The word mark that can be read on the reader's background."""
    return ASSETS / ("logo-dark.svg" if _dark() else "logo-light.svg")


def _dark() -> bool:
    return st.context.theme.type == "dark"
