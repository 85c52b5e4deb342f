"""Accuracy against coverage: recipes as points that can be picked, by shape and colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import NARROW, Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

HEIGHT: Final = 340
ROOM: Final = {"coverage": 0.04, "ndcg": 0.02}  # shares that an axis spans at least
PICK: Final = "pick"
ID: Final = "id"  # field of what is picked; "" where a point leads nowhere
#: Kinds as they are drawn, one over the other: shape, area in pixels, place among the colours.
KINDS: Final = {
    "tried": ("circle", 26, 6), "front": ("square", 70, 2), "baseline": ("cross", 90, 3),
    "learned": ("triangle-up", 120, 4), "published": ("diamond", 300, 1),
    "current": ("circle", 150, 0),
}  # fmt: skip
LIGHT: Final = ("#0B6B5D", "#D0700F", "#2F6DB5", "#8B5A9F", "#7A7F2E", "#B0445A", "#66706B")
DARK: Final = ("#4DB8A4", "#E8A45C", "#6FA8E8", "#BF94D1", "#B9BE6A", "#E08A9B", "#9AA59F")


class Spot(NamedTuple):
    """One point; shares 0..1. ``label`` stands beside it, ``words`` are said when it is met."""

    id: str
    kind: str
    coverage: float
    ndcg: float
    label: str
    words: str


def plane(spots: Sequence[Spot], names: dict[str, str], language: Language) -> Spec:
    """The plane; ``names`` : what each kind is called, in the legend."""
    t = language.text
    order = list(KINDS)
    drawn = sorted(spots, key=lambda one: order.index(one.kind))
    frame = pd.DataFrame(drawn, columns=list(Spot._fields))
    frame["what"] = [names[one] for one in frame["kind"]]
    frame["area"] = [KINDS[one][1] for one in frame["kind"]]
    frame["shown"] = [language.percent(one, 1) for one in frame["coverage"]]
    frame["hit"] = [language.number(one, 3) for one in frame["ndcg"]]
    there = [one for one in order if (frame["kind"] == one).any()]
    ink, palette = look.ink(), LIGHT if look.ink().startswith("#1") else DARK
    domain = [names[one] for one in there]
    paint = {"domain": domain, "range": [palette[KINDS[one][2]] for one in there]}
    form = {"domain": domain, "range": [KINDS[one][0] for one in there]}
    legend = {"title": None, "orient": "top", "columns": {"expr": f"width < {NARROW} ? 2 : 6"},
              "symbolOpacity": 1}  # fmt: skip
    place = {
        "x": _axis(frame["coverage"], t("Share of the catalogue shown"), "~%", ink),
        "y": _axis(frame["ndcg"], t("NDCG: how well the lists hit"), ".3~f", ink),
    }
    marks = {
        **place,
        "color": nominal("what", scale=paint, legend=legend),
        "shape": nominal("what", scale=form, legend=legend),
        "size": {"field": "area", "type": "quantitative", "scale": None, "legend": None},
        "opacity": {"condition": {"test": "datum.kind == 'tried'", "value": 0.55}, "value": 1},
        "tooltip": tooltip(words=" ", what=t("What"), hit=t("NDCG"), shown=t("Catalogue shown")),
    }
    pick: Spec = {"name": PICK, "select": {"type": "point", "fields": [ID]}}
    point: Spec = {"type": "point", "filled": True, "strokeWidth": 0, "cursor": "pointer"}
    text: Spec = {"type": "text", "align": "left", "dx": 9, "dy": -7, "fontSize": 11, "color": ink}
    words = {**place, "text": {"value": {"expr": f"width < {NARROW} ? '' : datum.label"}}}
    line: Spec = {"type": "line", "strokeDash": [4, 4], "strokeWidth": 1.5, "color": ink,
                  "opacity": 0.4, "interpolate": "step-before"}  # fmt: skip
    front = frame[frame["kind"] == "front"].sort_values("coverage")
    order_of = {"order": {"field": "coverage", "type": "quantitative"}}
    return layered(
        [
            layer("front", line, {**place, **order_of}),
            layer("spots", point, marks, pick),
            layer("named", text, words),
        ],
        HEIGHT, front=front, spots=frame, named=frame[frame["label"] != ""],
    )  # fmt: skip


def plane_in_words(spots: Sequence[Spot], title: str, language: Language) -> str:
    """The same for those who do not see it: what stands out, not every trial."""
    told = [one for one in spots if one.kind not in ("tried", "front")]
    said = (
        f"{one.words}: {language.text('NDCG')} {language.number(one.ndcg, 3)}, "
        f"{language.text('catalogue shown')} {language.percent(one.coverage, 1)}"
        for one in told
    )
    return f"{title}. " + "; ".join(said)


def _axis(values: pd.Series[float], title: str, form: str, ink: str) -> Spec:
    """An axis over the values, never narrower than `ROOM`: a single point has room around it."""
    field = str(values.name)
    middle, half = (values.max() + values.min()) / 2, (values.max() - values.min()) / 2
    half = max(half, ROOM[field] / 2)
    axis = {"title": title, "tickCount": 5, "format": form, "titleColor": ink}
    return {"field": field, "type": "quantitative", "axis": axis,
            "scale": {"domain": [middle - half, middle + half], "zero": False, "padding": 14,
                      "nice": False}}  # fmt: skip
