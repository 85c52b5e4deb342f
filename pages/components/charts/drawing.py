"""How a chart comes onto the page: themed, with words for who does not see it, and selectable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import altair as alt
import streamlit as st

from pages.components import look
from pages.components.charts.speaking import forms, told
from pages.components.charts.theme import CONFIG
from pages.components.charts.vega import Spec, frozen
from pages.state import reader

Drawable: TypeAlias = alt.Chart | alt.LayerChart | Spec


def draw(chart: Drawable, alternative: str) -> None:
    """Put a chart on the page in the one theme; ``alternative`` says it in words."""
    st.vega_lite_chart(ready(chart), width="stretch", alt=alternative)


def ready(chart: Drawable) -> Spec:
    """A chart as the browser gets it, in the theme of the reader."""
    if isinstance(chart, dict):
        sent = frozen(chart)
        frames = sent.pop("datasets", {})
        return {**told(sent, reader.locale), "datasets": frames, "config": _config()}
    return dict(told(chart.configure(**_config()).to_dict(), reader.locale))


def draw_selectable(
    chart: Spec, alternative: str, key: str, selection: str, field: str
) -> tuple[str, ...]:
    """The same; what the reader picked in it, as values of a field.

    Parameters
    ----------
    key
        Under which the choice is kept; another key is a chart without one.
    selection
        Name of the chart's point selection.
    """
    answer = st.vega_lite_chart(
        ready(chart), width="stretch", alt=alternative, key=key,
        on_select="rerun", selection_mode=[selection],
    )  # fmt: skip
    return picked(answer, selection, field)


def picked(answer: Any, selection: str, field: str) -> tuple[str, ...]:
    """Values of a point selection as Streamlit reports it; the browser may send anything.

    >>> picked({"selection": {"pick": [{"week": "3"}, {"other": 1}]}}, "pick", "week")
    ('3',)
    """
    chosen = answer.get("selection", {}) if hasattr(answer, "get") else {}
    points = chosen.get(selection, []) if hasattr(chosen, "get") else []
    if not isinstance(points, Sequence):
        return ()
    return tuple(str(one[field]) for one in points if hasattr(one, "get") and field in one)


def _config() -> dict[str, Any]:
    """The look, with words in the colour of the page's text: Vega's grey is too faint to read."""
    ink = {"labelColor": look.ink()}
    axis, legend = {**CONFIG["axis"], **ink}, {**CONFIG["legend"], **ink}
    return {**CONFIG, "axis": axis, "legend": legend, "locale": forms(reader.locale)}
