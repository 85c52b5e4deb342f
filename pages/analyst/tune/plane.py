"""Where the sliders stand between accuracy and breadth, and ways to other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from pages.analyst.scoreboard.names import MODELS
from pages.analyst.tune import wording
from pages.analyst.tune.desk import TuneDesk, state
from pages.components import charts, messages
from pages.components.markup import place, tag
from smartreco.language import Percent
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.tuning.views import PlanePoint

KINDS: Final = {
    "current": "Sliders", "published": "In force", "learned": "Learned",
    "baseline": "Baseline", "front": "Best trade-offs", "tried": "Tried",
}  # fmt: skip
ORIGINS: Final = {"learned": Origin.LEARNED}
LOAD: Final = "tune-plane-load"
Points = Mapping[str, PlanePoint]


def draw(desk: TuneDesk) -> None:
    """The plane of the list that is looked at."""
    t = desk.ctx.t
    found = desk.tuning.plane(desk.ctx.principal, desk.name, desk.recipe)
    title = _finding(desk, found)
    with st.container(key="sr-figure-plane", gap="small"):
        place(tag("h2", title, cls="finding"))
        messages.note(
            t("Right is a wider catalogue, up are better hits; without rules. Click a point to "
              "put its recipe on the sliders.")
        )  # fmt: skip
        chart(desk, found, title, f"tune-plane-{desk.name.value}")


def chart(
    desk: TuneDesk, found: Sequence[PlanePoint], title: str, key: str,
    called: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Points that load their recipe, by pointer or from a list; ``called`` : other names."""
    ctx, points = desk.ctx, {str(at): one for at, one in enumerate(_apart(found))}
    names = {kind: ctx.t(words) for kind, words in KINDS.items()} | dict(called or {})
    spots = [_spot(at, one, names) for at, one in points.items()]
    charts.draw_picking(
        charts.plane(spots, names, ctx.language), charts.plane_in_words(spots, title, ctx.language),
        f"{key}-{state.loads}", charts.PLANE_PICK, partial(_picked, desk, points),
    )  # fmt: skip
    _by_name(desk, points, f"{LOAD}-{key}")


def _by_name(desk: TuneDesk, points: Points, key: str) -> None:
    """The same without a pointer."""
    t = desk.ctx.t
    offered = [at for at, one in points.items()
               if one.recipe is not None and one.kind not in ("current", "tried")]  # fmt: skip
    if not offered:
        return
    st.session_state[key] = None
    st.selectbox(
        t("Load a point"), offered, index=None, key=key, placeholder=t("Load …"),
        format_func=lambda at: _named(desk, points[at]) if at in points else str(at),
        on_change=_chosen, args=(desk, points, key),
    )  # fmt: skip


def _apart(found: Sequence[PlanePoint]) -> list[PlanePoint]:
    """Baselines in one place as one point that has all their names."""
    places: dict[tuple[float, float], list[PlanePoint]] = {}
    for one in found:
        if one.kind == "baseline":
            places.setdefault((round(one.coverage, 3), round(one.ndcg, 3)), []).append(one)
    named = [
        replace(some[0], label=", ".join(MODELS.get(one.label, one.label) for one in some))
        for some in places.values()
    ]
    return [*(one for one in found if one.kind != "baseline"), *named]


def _spot(at: str, one: PlanePoint, names: Mapping[str, str]) -> charts.Spot:
    called = one.label or names[one.kind]
    leads = at if one.recipe is not None else ""
    return charts.Spot(leads, one.kind, one.coverage, one.ndcg, one.label, called)


def _named(desk: TuneDesk, one: PlanePoint) -> str:
    return desk.ctx.t(
        "{kind}: NDCG {ndcg}, {share} of the catalogue", kind=desk.ctx.t(KINDS[one.kind]),
        ndcg=desk.ctx.language.number(one.ndcg, 3), share=Percent(one.coverage),
    )  # fmt: skip


def _finding(desk: TuneDesk, found: Sequence[PlanePoint]) -> str:
    """Whether a known trade-off beats the sliders both ways."""
    t = desk.ctx.t
    here = next((one for one in found if one.kind == "current"), None)
    if here is None:
        return t("Accuracy against breadth of {lists}", lists=t(wording.LISTS_OF[desk.name]))
    better = [one for one in found
              if one.recipe is not None and one.kind != "tried"
              and one.ndcg > here.ndcg and one.coverage > here.coverage]  # fmt: skip
    if not better:
        return t("No point found so far hits better and shows more at once")
    most = max(better, key=lambda one: one.coverage)
    return t("There is more of both: NDCG {ndcg} at {share} of the catalogue",
             ndcg=desk.ctx.language.number(most.ndcg, 3), share=Percent(most.coverage))  # fmt: skip


def _picked(desk: TuneDesk, points: Points, picked: list[dict[str, str]]) -> None:
    if picked:
        _load(desk, points.get(picked[-1].get(charts.PLANE_ID, "")))


def _chosen(desk: TuneDesk, points: Points, key: str) -> None:
    _load(desk, points.get(str(st.session_state.get(key))))


def _load(desk: TuneDesk, one: PlanePoint | None) -> None:
    if one is not None and one.recipe is not None:
        desk.load(one.recipe, ORIGINS.get(one.kind, Origin.TUNED))
