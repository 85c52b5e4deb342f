"""This version against another one, shop by shop."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.analyst.scoreboard import running
from pages.analyst.scoreboard.names import (
    LISTS,
    MEASURES,
    figure,
    signed,
    signed_between,
    tone,
)
from pages.analyst.scoreboard.visit import ScoreVisit, key_of
from pages.components import messages
from pages.components.data_table import Column, data_table
from pages.components.header import section
from pages.components.markup import Html, place, tag
from smartreco.evaluation.two_runs import Between
from smartreco.workspace.scoreboard.views import Choice, Standing

NONE: Final = "none"
ADDRESS: Final = "with"


def draw(visit: ScoreVisit) -> None:
    """A choice of the other version, then what each measure gains."""
    t = visit.ctx.t
    others = {key: one for key, one in visit.choices.items() if key != key_of(visit.choice)}
    if not others:
        return
    section(t("Against another version"), "score-versus",
            t("The same shops and orders: what each shop gains."))  # fmt: skip
    names = {NONE: t("Choose a version"), **{k: visit.version_name(v) for k, v in others.items()}}
    with st.container(key="sr-score-versus", gap="small"):
        chosen = address.select(t("Compare with"), ADDRESS, list(names), lambda one: names[one])
        if chosen != NONE:
            _against(visit, others[chosen])


def _against(visit: ScoreVisit, other: Choice) -> None:
    ctx, t = visit.ctx, visit.ctx.t
    standing = visit.of(other, visit.split)
    if standing.run is None:
        messages.note(t("{version} has not been measured with these settings.",
                        version=visit.short_name(other)))  # fmt: skip
        _button(visit, standing)
        return
    found = visit.scoreboard.against(ctx.principal, visit.number, standing.run.number)
    if found.gains is None:
        messages.note(
            t("The two were measured on other shops or orders, so no shop can be compared with "
              "itself. Measure both on the present data.")
        )  # fmt: skip
        _button(visit, standing)
        return
    place(tag("h2", _finding(visit, found.gains, other), cls="finding"))
    columns = (
        Column(t("List and measure")), Column(t("This version"), True),
        Column(t("The other"), True), Column(t("Difference"), True),
        Column(t("Shops better, worse"), True),
    )  # fmt: skip
    with st.container(key="sr-data-versus"):
        place(data_table(t("This version against another"), columns,
                         [_row(visit, one) for one in found.gains]))  # fmt: skip


def _button(visit: ScoreVisit, standing: Standing) -> None:
    job = visit.scoreboard.job(visit.ctx.principal)
    if job is not None and job.running:
        return
    st.button(
        visit.ctx.t("Measure the other version"), key="score-measure-other",
        icon=":material/play_arrow:", on_click=running.measure,
        args=(visit.ctx, standing.choice.version, visit.split, visit.k),
    )  # fmt: skip


def _finding(visit: ScoreVisit, gains: tuple[Between, ...], other: Choice) -> str:
    t = visit.ctx.t
    name = t("version {n}", n=other.version) if other.version is not None else t("as learned")
    ndcg = [one for one in gains if one.measure == "ndcg"]
    better = [t(LISTS[one.list]) for one in ndcg if one.low > 0]
    worse = [t(LISTS[one.list]) for one in ndcg if one.high < 0]
    if all(one.mean == one.low == one.high == 0 for one in ndcg):
        return t("The very same lists as {name}", name=name)
    if better and worse:
        return t("Better than {name} on: {better}. Worse on: {worse}", name=name,
                 better=", ".join(better), worse=", ".join(worse))  # fmt: skip
    if better:
        return t("Better than {name} by more than chance on: {lists}", name=name,
                 lists=", ".join(better))  # fmt: skip
    if worse:
        return t("Worse than {name} by more than chance on: {lists}", name=name,
                 lists=", ".join(worse))  # fmt: skip
    return t("Not told apart from {name}: every difference is within noise", name=name)


def _row(visit: ScoreVisit, one: Between) -> list[Html | str]:
    ctx = visit.ctx
    return [
        tag("span", tag("span", ctx.t(LISTS[one.list]), cls="name"),
            tag("span", ctx.t(MEASURES[one.measure][0]), cls="small block")),
        figure(ctx, one.measure, one.one), figure(ctx, one.measure, one.other),
        tag("span", tag("b", signed(ctx, one.mean, 4), cls=tone(one.low, one.high)),
            tag("span", signed_between(ctx, one.low, one.high, 4), cls="small block")),
        ctx.t("{better}, {worse} of {n}", better=one.better, worse=one.worse, n=one.shops),
    ]  # fmt: skip
