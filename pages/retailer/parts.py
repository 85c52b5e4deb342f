"""A page of parts, each of which can be drawn again alone.

An act redraws what it touched and nothing else: the page does not jump under
the reader's finger, and the server does not draw what has not changed.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from pages.context import Context


class Parts:
    """One run of a page; its parts are known by the values of a `StrEnum`."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self._drawn: set[StrEnum] = set()

    def part(self, part: StrEnum, draw: Callable[..., None], *args: object) -> None:
        """Draw a part of the page so that it can be drawn again alone."""
        self._drawn.add(part)
        st.fragment(draw, key=part.value)(self, *args)

    def redraw(self, *parts: StrEnum) -> None:
        """Draw parts again; those that are not on the page are left out."""
        st.rerun([part.value for part in parts if part in self._drawn])
