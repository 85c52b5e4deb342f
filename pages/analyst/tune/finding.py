"""What a search found, and what orders it has never seen say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages import address
from pages.analyst.tune import plane, wording
from pages.analyst.tune.desk import LIST, TUNED, VIEW, TuneDesk, go
from pages.analyst.tune.mixing import same
from pages.components import header, messages
from pages.components.data_table import Column, data_table
from pages.components.download import csv_button
from pages.components.markup import Html, place, tag
from pages.list_names import LISTS
from smartreco.entities import ListName
from smartreco.language import Message
from smartreco.recommend.recipe import Recipe
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.tuning.views import Found, Gauge, Objective, PlanePoint

TOLD: Final = Message(
    "{n} recipe tried in {seconds} seconds", "{n} recipes tried in {seconds} seconds", "n"
)
OBJECTIVE: Final = {
    Objective.ACCURACY: "for accuracy", Objective.COVERAGE: "for breadth",
    Objective.MARGIN: "for margin", Objective.FAIRNESS: "for fairness",
}  # fmt: skip
FIGURES: Final = ("ndcg", "precision", "recall", "coverage", "novelty", "diversity", "calibration")


def draw(desk: TuneDesk, head: DeltaGenerator, found: Found) -> None:
    """The sentence, the figures of both windows, every trial, what can be done with it."""
    t, ctx = desk.ctx.t, desk.ctx
    about = f"{t(OBJECTIVE[found.objective])} · " + ctx.language.say(
        TOLD, {"n": found.trials, "seconds": round(found.seconds)}
    )
    if found.stopped:
        about = t("{said}, ended early", said=about)
    with head:
        aim = t("Search {aim}", aim=t(OBJECTIVE[found.objective]))
        header.page_header(wording.why_said(found.sentence, ctx.language), f"{aim} · {about}")
        _acts(desk, found)
    address.choose(t("List"), LIST, [one.value for one in TUNED],
                   lambda one: t(LISTS[ListName(one)]), bare=True)  # fmt: skip
    if not same(found.recipe, found.start):
        with st.container(key="sr-data-found"):
            place(_table(desk, found))
        messages.note(t("Changes against the start of the search, without rules. The held-out "
                        "weeks were looked at once, at the end."))  # fmt: skip
    _trials(desk, found)


def _acts(desk: TuneDesk, found: Found) -> None:
    t = desk.ctx.t
    if same(found.recipe, found.start):
        return
    with st.container(horizontal=True, gap="small", key="sr-tools-found"):
        st.button(t("Load into the sliders"), key="search-load", type="primary",
                  icon=":material/tune:", on_click=_load, args=(desk, found, "tune"))  # fmt: skip
        st.button(t("Publish …"), key="search-publish", icon=":material/publish:",
                  on_click=_load, args=(desk, found, "publish"))  # fmt: skip


def _load(desk: TuneDesk, found: Found, view: str) -> None:
    desk.load(found.recipe, Origin.SEARCHED)
    go(**{VIEW: "" if view == "tune" else view})


def _table(desk: TuneDesk, found: Found) -> Html:
    t, name = desk.ctx.t, desk.name
    columns = (
        Column(t(LISTS[name])), Column(t("Where it was searched"), number=True),
        Column(t("Held-out weeks"), number=True), Column(t("95 % interval"), number=True),
    )  # fmt: skip
    rows = []
    for one in FIGURES:
        inner = wording.by_name(found.inner.of(name), one)
        held = wording.by_name(found.held_out.of(name), one)
        if inner is not None and held is not None:
            rows.append([
                tag("span", t(wording.KINDS[one].label), cls="name"), change_cell(desk, inner),
                change_cell(desk, held), wording.between(desk.ctx, held),
            ])  # fmt: skip
    return data_table(t("What the search changed"), columns, rows)


def change_cell(desk: TuneDesk, one: Gauge) -> Html:
    """A change, or in words that it is none."""
    if one.change is None or wording.still(one) or not one.told_apart:
        return tag("span", wording.verdict(desk.ctx, one), cls="small")
    return tag("b", wording.moved(desk.ctx, one.name, one.change),
               cls=f"change {wording.tone(one)}".strip())  # fmt: skip


def _trials(desk: TuneDesk, found: Found) -> None:
    tried = [one for one in found.tried if one.list in (None, desk.name)]
    points = [*tried, replace(_where(desk, found.start), kind="published")]
    if not same(found.recipe, found.start):
        points.append(_where(desk, found.recipe))
    title = desk.ctx.t("Every recipe that was tried")
    with st.container(key="sr-figure-trials", gap="small"):
        place(tag("h2", title, cls="finding"))
        plane.chart(desk, points, title, f"search-plane-{desk.name.value}",
                    {"current": desk.ctx.t("Found"), "published": desk.ctx.t("Start")})  # fmt: skip
        csv_button(desk.ctx.t("Trials as CSV"), "search-trials", lambda: _file(found),
                   "search-csv")  # fmt: skip


def _where(desk: TuneDesk, recipe: Recipe) -> PlanePoint:
    """Where a recipe stands in the plane."""
    found = desk.tuning.plane(desk.ctx.principal, desk.name, recipe)
    return next(one for one in found if one.kind == "current")


def _file(found: Found) -> pd.DataFrame:
    """A row a trial and list."""
    return pd.DataFrame(
        [
            {"list": one.list.value if one.list else "", "coverage": one.coverage,
             "ndcg": one.ndcg, "half_life": one.recipe.half_life if one.recipe else None,
             "damping": one.recipe.damping if one.recipe else None,
             **({f"{name.value}_{component}": weight for name in TUNED
                 for component, weight in one.recipe.blend.weights[name].items()}
                if one.recipe else {})}
            for one in found.tried
        ]
    )  # fmt: skip
