"""What longer lists find and what they get wrong, from 1 place to 50."""

from __future__ import annotations

import streamlit as st

from pages.analyst.scoreboard import running
from pages.analyst.scoreboard.model_parts import models_of, part_of
from pages.analyst.scoreboard.names import between, figure, model_name
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages
from pages.components.charts.kept import draw_kept
from pages.components.charts.model_lines import Line, Point, lines_in_words
from pages.components.charts.precision_recall import pr_axes, precision_recall
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from smartreco.evaluation.curves import AtLength
from smartreco.evaluation.scores import OURS
from smartreco.language import Percent


def draw(visit: ScoreVisit) -> None:
    """Precision over recall, and ours length by length."""
    ctx, t = visit.ctx, visit.ctx.t
    if not visit.scores.lengths:
        older(visit)
        return
    lines = [_line(visit, model) for model in models_of(visit.scores)]
    title = _finding(visit)
    with st.container(key="sr-figure-lengths", gap="small"):
        place(tag("h2", title, cls="finding"))
        messages.note(
            t("Each point is a length of the list, from {first} place at the left to {last} at "
              "the right.", first=ours(visit)[0].k, last=ours(visit)[-1].k)
        )  # fmt: skip
        draw_kept(
            ("score lengths", *visit.kept()), lambda: precision_recall(lines, ctx.language),
            lines_in_words(lines, title, pr_axes(lines, ctx.language)),
        )  # fmt: skip
    columns = (
        Column(t("Places")), Column(t("Precision"), True), Column(t("95% interval"), True),
        Column(t("Recall"), True), Column(t("95% interval"), True), Column(t("Coverage"), True),
    )  # fmt: skip
    with st.container(key="sr-data-lengths"):
        place(data_table(t("Ours by length of the list"), columns,
                         [_row(visit, one) for one in ours(visit)]))  # fmt: skip


def older(visit: ScoreVisit) -> None:
    """A run of a version of the program that did not keep this."""
    t = visit.ctx.t
    messages.empty_state(
        t("This run was kept before these curves were"), t("A new run holds them."), "sparkles",
        key="scoreboard-older", action=t("Measure it now"),
        on_click=lambda: running.measure(
            visit.ctx, visit.choice.version, visit.split, visit.k
        ),
    )  # fmt: skip


def ours(visit: ScoreVisit) -> list[AtLength]:
    """Our points, the shortest lists first."""
    return [one for one in visit.scores.lengths if one.model == OURS]


def _line(visit: ScoreVisit, model: str) -> Line:
    ctx = visit.ctx
    points = [
        Point(
            one.recall, one.precision,
            ctx.t("{share} with {k} places", share=Percent(one.recall, 1), k=one.k),
            ctx.language.percent(one.precision, 1),
        )
        for one in visit.scores.lengths
        if one.model == model
    ]  # fmt: skip
    return Line(model_name(ctx, model), part_of(visit.scores, model), points)


def _finding(visit: ScoreVisit) -> str:
    first, last = ours(visit)[0], ours(visit)[-1]
    return visit.ctx.t(
        "The first place hits {first}; {k} places hold {found} of what shops then ordered",
        first=Percent(first.precision), k=last.k, found=Percent(last.recall),
    )  # fmt: skip


def _row(visit: ScoreVisit, one: AtLength) -> list[Html | str]:
    ctx = visit.ctx
    return [
        tag("span", ctx.language.number(one.k), cls="name"),
        figure(ctx, "precision", one.precision), between(ctx, "precision", one.precision_band),
        figure(ctx, "recall", one.recall), between(ctx, "recall", one.recall_band),
        figure(ctx, "coverage", one.coverage),
    ]  # fmt: skip
