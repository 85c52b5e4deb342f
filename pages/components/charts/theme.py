"""The one look of every chart, and how words and numbers fit into it.

Colours come from the palette in `.streamlit/config.toml`, so they follow light and
dark. Encodings are objects, never shorthand strings, which cost 11 ms a chart.
Numbers are put into words by the builders, in the reader's locale; Vega only
places them.
"""

from __future__ import annotations

import json
import textwrap
from typing import Any, Final

from smartreco.language import Language

FONT = "Figtree, 'Noto Sans Devanagari', 'Segoe UI', sans-serif"
CONFIG: dict[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 15, "fontWeight": 600, "offset": 14},
    "axis": {"domain": False, "ticks": False, "labelFontSize": 12, "titleFontSize": 12,
             "titleFontWeight": 500, "gridOpacity": 0.5, "labelPadding": 6},
    "legend": {"labelFontSize": 12, "labelLimit": 0, "symbolSize": 90},
    "bar": {"cornerRadiusEnd": 3},
    "text": {"fontSize": 13},
}  # fmt: skip

WIDEST_TITLE: Final = 38  # signs a line of a title: it is larger, and has to fit on a phone as well
WIDEST_LABEL: Final = 56  # signs a line of a direct label; longer ones take a second line
WIDE: Final = 640  # pixels of what is drawn, from which a title stays on one line
TITLE_LINE: Final = 18  # pixels of a line of a title
LINE: Final = 16  # pixels of a line of a label


def wrapped(label: str, widest: int = WIDEST_LABEL) -> str:
    """A label of at most two lines."""
    return "\n".join(textwrap.wrap(label, widest, max_lines=2, placeholder=" …"))


def title_lines(title: str) -> list[str]:
    """A title as Vega takes it, so that it fits on a phone."""
    return wrapped(title, WIDEST_TITLE).split("\n")


def sized(height: int, title: str, below: str = "") -> dict[str, Any]:
    """Height of what is drawn, the title's own lines added; "" is no title.

    A title that the page writes above the chart breaks its lines by itself; one in the chart
    is broken only where the chart is narrow. ``below`` is a quiet sentence under it.
    """
    quiet = {"fontSize": 12, "fontWeight": 400}
    if not title and not below:
        return {"height": height}
    if not title:
        return {"title": {"text": below, **quiet, "offset": 8}, "height": height + TITLE_LINE + 8}
    lines = title_lines(title)
    whole = {"text": {"expr": f"width < {WIDE} ? {json.dumps(lines)} : {json.dumps(title)}"}}
    said = {"subtitle": below, "subtitleFontSize": 12} if below else {}
    room = TITLE_LINE * (len(lines) + bool(below)) + 14
    return {"title": {**whole, **said}, "height": height + room}


def signed(value: float, language: Language, digits: int = 2) -> str:
    """A number that always shows its sign."""
    sign = "−" if value < 0 else "+"
    return f"{sign}{language.number(abs(value), digits)}"
