"""A chart whose choice does something before the page is drawn again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.components.charts.drawing import Drawable, ready


def draw_picking(
    chart: Drawable, alternative: str, key: str, selection: str,
    on_pick: Callable[[list[dict[str, str]]], None],
) -> None:  # fmt: skip
    """Put a chart on the page; ``on_pick`` gets what was picked, as fields and their values."""

    def act() -> None:
        on_pick(points(st.session_state.get(key), selection))

    st.vega_lite_chart(
        ready(chart), width="stretch", alt=alternative, key=key, on_select=act,
        selection_mode=[selection],
    )  # fmt: skip


def points(answer: Any, selection: str) -> list[dict[str, str]]:
    """Points of a selection as Streamlit reports it; the browser may send anything.

    >>> points({"selection": {"pick": [{"city": "Pune"}, "?"]}}, "pick")
    [{'city': 'Pune'}]
    """
    chosen = answer.get("selection", {}) if hasattr(answer, "get") else {}
    found = chosen.get(selection, []) if hasattr(chosen, "get") else []
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    return [
        {str(name): str(value) for name, value in one.items()}
        for one in found
        if hasattr(one, "items")
    ]
