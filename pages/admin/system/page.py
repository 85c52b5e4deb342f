"""Whether all is well comes first; then what runs, what was kept, how fast, and what failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from pages import address
from pages.admin.system import errors, now, program, tables, times
from pages.context import Context

VIEWS: Final[Mapping[str, tuple[str, Callable[[Context], None]]]] = {
    "now": ("Now", now.draw),
    "times": ("Times", times.draw),
    "errors": ("Errors", errors.draw),
    "tables": ("Tables", tables.draw),
    "program": ("Program", program.draw),
}


def render(ctx: Context) -> None:
    """Draw the answer and one view."""
    with st.container(key="sr-system"):
        now.answer(ctx)
        with st.container(key="sr-views-system"):
            view = address.choose(
                ctx.t("View"), "view", list(VIEWS), lambda one: ctx.t(VIEWS[one][0]), bare=True
            )
        VIEWS[view][1](ctx)
