"""Whether more orders would make the lists better."""

from __future__ import annotations

import streamlit as st

from pages.analyst.scoreboard import running
from pages.analyst.scoreboard.names import (
    LISTS,
    figure,
    model_name,
    signed,
    signed_between,
    tone,
)
from pages.analyst.scoreboard.visit import ScoreVisit, moment
from pages.components import messages
from pages.components.charts.kept import draw_kept
from pages.components.charts.learning import learning_axes, learning_chart
from pages.components.charts.model_lines import Line, Part, Point, lines_in_words
from pages.components.data_table import Column, data_table
from pages.components.download import csv_button
from pages.components.markup import Html, place, tag
from smartreco.evaluation.learning_curve import CurvePoint, LearningCurve
from smartreco.evaluation.scores import OURS
from smartreco.language import Percent
from smartreco.workspace.evaluations import KeptCurve


def draw(visit: ScoreVisit) -> None:
    """The last curve of this version, or the button that makes one."""
    t, ctx = visit.ctx.t, visit.ctx
    kept = visit.scoreboard.curve(ctx.principal, visit.choice.version, visit.k, visit.shelf)
    if kept is None:
        _nothing(visit)
        return
    points = kept.curve.of(visit.list_name)
    if not points:
        messages.note(t("No shop had anything to find on this list."))
        return
    title = _finding(visit, points)
    lines = [_line(visit, kept.curve, one) for one in _models(visit, kept.curve)]
    with st.container(key="sr-figure-learning", gap="small"):
        place(tag("h2", title, cls="finding"))
        messages.note(t("NDCG on “{list}”: only the latest weeks before the same cut are known, "
                        "the {n} judged shops and what they ordered are the same at each point. "
                        "The band is 95% over shops.", list=t(LISTS[visit.list_name]),
                        n=kept.curve.shops[visit.list_name]))  # fmt: skip
        draw_kept(
            ("score learning", kept.number, visit.list_name, ctx.language),
            lambda: learning_chart(lines, ctx.language),
            lines_in_words(lines, title, learning_axes(lines, ctx.language)),
        )
    _table(visit, points)
    _acts(visit, kept)


def _nothing(visit: ScoreVisit) -> None:
    t, ctx = visit.ctx.t, visit.ctx
    job = visit.scoreboard.job(ctx.principal)
    if job is not None and job.running:
        messages.note(t("Come back when it is done."))
        return
    messages.empty_state(
        t("{version} has no learning curve yet", version=visit.short_name(visit.choice)),
        t("It learns five times, from a fifth of the weeks to all of them: up to two minutes, in "
          "the background."),
        "sparkles", key="scoreboard-curve", action=t("Measure it now"),
        on_click=lambda: running.measure_curve(ctx, visit.choice.version, visit.k),
    )  # fmt: skip


def _finding(visit: ScoreVisit, points: tuple[CurvePoint, ...]) -> str:
    """What the last stretch of history brought."""
    t, before = visit.ctx.t, points[-2] if len(points) > 1 else points[-1]
    if before.more is None:
        return t("One point only: not enough history for a curve")
    gain, low, high = before.more
    values = {"n": signed(visit.ctx, gain), "band": signed_between(visit.ctx, low, high),
              "share": Percent(1.0 - before.share)}  # fmt: skip
    if low > 0:
        return t("More history still helps: the oldest {share} of the weeks adds {n} NDCG "
                 "(95%: {band})", **values)  # fmt: skip
    if high < 0:
        return t("Old orders harm: the oldest {share} of the weeks changes NDCG by {n} "
                 "(95%: {band})", **values)  # fmt: skip
    return t("More history hardly matters: the oldest {share} of the weeks changes NDCG by {n}, "
             "within noise (95%: {band})", **values)  # fmt: skip


def _models(visit: ScoreVisit, curve: LearningCurve) -> list[str]:
    """Ours and the stronger floor: popularity only where own frequency says nothing."""
    there = curve.models(visit.list_name)
    return [one for one in there if one != "popularity" or "own_frequency" not in there]


def _line(visit: ScoreVisit, curve: LearningCurve, model: str) -> Line:
    ctx, ours = visit.ctx, model == OURS
    points = [
        Point(
            one.days / 7, one.ndcg, ctx.language.number(round(one.days / 7)),
            ctx.t("{n} (95%: {low} to {high})", n=figure(ctx, "ndcg", one.ndcg),
                  low=figure(ctx, "ndcg", one.low), high=figure(ctx, "ndcg", one.high)),
            one.low if ours else None, one.high if ours else None,
        )
        for one in curve.of(visit.list_name, model)
    ]  # fmt: skip
    return Line(model_name(ctx, model), Part.OURS if ours else Part.OTHER, points)


def _table(visit: ScoreVisit, points: tuple[CurvePoint, ...]) -> None:
    t = visit.ctx.t
    columns = (
        Column(t("Latest weeks")), Column(t("Purchases"), True), Column(t("NDCG"), True),
        Column(t("95% interval"), True),
        Column(t("What the next step adds"), True, t("Paired over the same shops.")),
    )  # fmt: skip
    with st.container(key="sr-data-learning"):
        place(data_table(t("Ours by weeks of history"), columns,
                         [_row(visit, one) for one in points]))  # fmt: skip


def _row(visit: ScoreVisit, one: CurvePoint) -> list[Html | str]:
    ctx = visit.ctx
    more: Html | str = "–"
    if one.more is not None:
        gain, low, high = one.more
        more = tag("span", tag("b", signed(ctx, gain), cls=tone(low, high)),
                   tag("span", signed_between(ctx, low, high), cls="small block"))  # fmt: skip
    weeks = ctx.t("{n} ({share})", n=round(one.days / 7), share=Percent(one.share))
    return [
        tag("span", weeks, cls="name"), ctx.language.number(one.purchases),
        figure(ctx, "ndcg", one.ndcg),
        ctx.t("{low} to {high}", low=figure(ctx, "ndcg", one.low),
              high=figure(ctx, "ndcg", one.high)), more,
    ]  # fmt: skip


def _acts(visit: ScoreVisit, kept: KeptCurve) -> None:
    t, ctx = visit.ctx.t, visit.ctx
    job = visit.scoreboard.job(ctx.principal)
    with st.container(key="sr-score-curve-acts", horizontal=True, gap="small"):
        if job is None or not job.running:
            st.button(
                t("Measure again"), key="score-measure-curve", icon=":material/refresh:",
                on_click=running.measure_curve, args=(ctx, visit.choice.version, visit.k),
            )  # fmt: skip
        csv_button(
            t("Curve as CSV"), f"learning-curve-{kept.number}",
            lambda: visit.scoreboard.curve_table(ctx.principal, kept.number), "score-curve-csv",
        )  # fmt: skip
    messages.note(t("Measured {when} by {who} in {n} s, on data state {state}.",
                    when=moment(ctx, kept.made_at), who=kept.username, n=round(kept.seconds, 1),
                    state=kept.data_version))  # fmt: skip
