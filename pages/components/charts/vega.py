"""Charts as plain Vega-Lite: a dictionary, with its frames beside it.

Altair checks every piece of a chart against its schema, which takes 60 to 200 ms for one
of many layers, at every rerun; a dictionary takes one or two. Tests do the checking.
"""

from __future__ import annotations

import zlib
from typing import Any, Final, TypeAlias

import pandas as pd
import pyarrow as pa

Spec: TypeAlias = dict[str, Any]
Channel: TypeAlias = dict[str, Any]

NARROW: Final = 500  # pixels of what is drawn, below which it is a phone's
#: Small amounts in full, large ones short and as the words beside write them: 400, 2,500, 40K.
AMOUNT: Final = (
    "abs(datum.value) < 10000 ? format(datum.value, ',.6~g')"
    " : replace(format(datum.value, '~s'), 'k', 'K')"
)
DATES: Final[Channel] = {"title": None, "grid": False, "labelOverlap": True, "tickCount": 6}


def temporal(name: str, **more: Any) -> Channel:
    """A place in time."""
    return {"field": name, "type": "temporal", "axis": DATES, **more}


def quantity(name: str, ticks: int = 4, **more: Any) -> Channel:
    """An amount, from 0 unless said otherwise."""
    axis = {"title": None, "tickCount": ticks, "labelExpr": AMOUNT}
    return {"field": name, "type": "quantitative", "axis": axis, **more}


def nominal(name: str, **more: Any) -> Channel:
    """A name."""
    return {"field": name, "type": "nominal", **more}


def colour(name: str, domain: list[str], **legend: Any) -> Channel:
    """Colours of the theme in the order of the domain, with a legend on top.

    All in a row, below the width of `NARROW` one a row: a long one does not fit beside another.
    """
    columns = {"expr": f"width < {NARROW} ? 1 : 4"}
    shown = {"title": None, "orient": "top", "symbolOpacity": 1, "symbolType": "square",
             "columns": columns, **legend}  # fmt: skip
    return nominal(name, scale={"domain": domain}, legend=shown)


def tooltip(**fields: str) -> list[Channel]:
    """What hovering says: field = its title."""
    return [nominal(name, title=title) for name, title in fields.items()]


def label_above(step: int, ink: str) -> Spec:
    """An axis whose words stand above their bars, so that a sentence fits on a phone.

    ``step`` : pixels of one row, its words and its bar.
    """
    return {
        "title": None, "labelAlign": "left", "labelBaseline": "top", "labelPadding": 0,
        "labelOffset": 2 - step / 2, "labelLimit": 0, "labelColor": ink, "grid": False,
    }  # fmt: skip


def layer(data: str, mark: Spec, encoding: dict[str, Any], *params: Spec) -> Spec:
    """One layer over a named frame."""
    made: Spec = {"data": {"name": data}, "mark": mark, "encoding": encoding}
    return {**made, "params": list(params)} if params else made


def layered(layers: list[Spec], height: int, **frames: pd.DataFrame) -> Spec:
    """Layers over named frames, on the page's own ground.

    A layer over nothing is left out: Vega warns of a scale without an extent. One that can
    be picked in stays, since the page asks for its choice by name.
    """
    drawn = [one for one in layers if len(frames[one["data"]["name"]]) or "params" in one]
    named = {one["data"]["name"] for one in drawn}
    data = {name: frame for name, frame in frames.items() if name in named}
    return {"layer": drawn, "height": height, "background": "transparent", "datasets": data}


def note_at_top(
    data: str, x: str, text: str, ink: str, *, wide: str | None = None, whole: str | None = None
) -> list[Spec]:  # fmt: skip
    """A quiet upright line with words at its top.

    ``wide`` names the words where there is more room than on a phone, ``whole`` those that
    the line says when it is pointed at.
    """
    rule: Spec = {"type": "rule", "strokeDash": [3, 3], "color": ink, "opacity": 0.4}
    words: Spec = {
        "type": "text", "align": "left", "baseline": "top", "dx": 4, "fontSize": 11, "color": ink,
        "limit": 130,
    }  # fmt: skip
    at, shown = {"x": temporal(x)}, nominal(text)
    if wide is not None:
        either = f"width < {NARROW} ? datum['{text}'] : datum['{wide}']"
        shown = {"value": {"expr": either}}
    return [
        layer(data, rule, {**at, "tooltip": nominal(whole or text, title=" ")}),
        layer(data, words, {**at, "y": {"value": 0}, "text": shown}),
    ]


def frozen(spec: Spec) -> Spec:
    """A copy whose frames are as the browser gets them, so that it can be drawn again cheaply.

    A frame's name takes a mark of its content: the browser draws anew what is named anew.
    """
    frames = spec.get("datasets", {})
    sent = {name: _arrow(frame) for name, frame in frames.items()}
    names = {name: f"{name}-{zlib.crc32(data):08x}" for name, data in sent.items()}
    made = _renamed({name: part for name, part in spec.items() if name != "datasets"}, names)
    return {**made, "datasets": {names[name]: data for name, data in sent.items()}}


def _arrow(frame: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def _renamed(spec: Spec, names: dict[str, str]) -> Spec:
    made = dict(spec)
    if "data" in made:
        made["data"] = {"name": names[made["data"]["name"]]}
    for parts in ("layer", "vconcat"):
        if parts in made:
            made[parts] = [_renamed(one, names) for one in made[parts]]
    return made
