"""Charts that are the same for the next reader: put together once, placed as often as asked.

A chart of several layers takes Altair some 50 ms to check and to write out, a page's rerun
should take less in all. What is kept is what the browser gets, known by what it shows.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from typing import Any, Final

import streamlit as st

from pages.components import look
from pages.components.charts.drawing import Drawable, ready
from smartreco.recommend.recent import Recent

HELD: Final = 256  # charts, some 20 kB each

_held: Recent[Hashable, dict[str, Any]] = Recent(HELD)


def draw_kept(shows: Hashable, make: Callable[[], Drawable], alternative: str) -> None:
    """Put a chart on the page that is put together only if `shows` was not drawn lately.

    Parameters
    ----------
    shows
        All that the chart depends on but the reader's light or dark: its kind, its figures,
        its words.
    """
    spec = _held.get((shows, look.ink()), lambda: ready(make()))
    st.vega_lite_chart(copy.deepcopy(spec), width="stretch", alt=alternative)
