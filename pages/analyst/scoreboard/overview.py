"""Figures with their intervals, the table beside the baselines, chances, another version."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.analyst.scoreboard import files, versus
from pages.analyst.scoreboard.names import (
    MEASURES,
    between,
    figure,
    measured,
    model_name,
    signed,
    signed_between,
    tone,
)
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages
from pages.components.charts.calibration import Stated, calibration_chart, calibration_in_words
from pages.components.charts.kept import draw_kept
from pages.components.data_table import Column, data_table
from pages.components.header import section
from pages.components.markup import Html, join, place, tag
from pages.components.score_cards import ScoreCard, score_cards
from smartreco.evaluation.scores import OURS, ModelScores
from smartreco.language import Percent

FIRST: Final = ("ndcg", "precision", "recall", "hit_rate", "coverage")


def draw(visit: ScoreVisit) -> None:
    """The tab."""
    place(score_cards([_card(visit, one) for one in FIRST]))
    meanings(visit)
    _table(visit)
    with st.container(key="sr-score-tools", horizontal=True, gap="small"):
        files.draw(visit)
    _chances(visit)
    versus.draw(visit)


def meanings(visit: ScoreVisit) -> None:
    """Every number of the page in a sentence, one click away."""
    t = visit.ctx.t
    with st.expander(t("What these numbers mean"), icon=":material/help:", key="score-meaning"):
        rows = [
            tag("div", tag("dt", t(name)), tag("dd", t(about))) for name, about in MEASURES.values()
        ]
        rows.append(tag("div", tag("dt", t("95% interval")), tag("dd", t(
            "Shops are drawn anew a thousand times; in 95 of 100 draws the figure lies inside. A "
            "difference whose interval holds 0 may be chance."))))  # fmt: skip
        rows.append(tag("div", tag("dt", t("Choosing by this page")), tag("dd", t(
            "The more often versions are chosen by these orders, the less they say about the "
            "next: try recipes on the tuning page, which uses earlier ones."))))  # fmt: skip
        with st.container(key="sr-score-words"):
            place(tag("dl", *rows))


def _card(visit: ScoreVisit, measure: str) -> ScoreCard:
    ctx, scores = visit.ctx, visit.scores
    ours, best = scores.of(OURS), scores.strongest_peer
    band = between(ctx, measure, ours.bands.get(measure))
    beside = ""
    if best is not None:
        beside = ctx.t("{best}: {n}", best=model_name(ctx, best),
                       n=figure(ctx, measure, measured(scores.of(best), measure)))  # fmt: skip
    name, about = MEASURES[measure]
    return ScoreCard(
        ctx.t(name), figure(ctx, measure, measured(ours, measure)),
        ctx.t("95%: {band}", band=band) if band else ctx.t("over all lists"), beside, ctx.t(about),
    )  # fmt: skip


def _table(visit: ScoreVisit) -> None:
    t = visit.ctx.t
    columns = [Column(t("Model"))]
    columns += [Column(t(name), True, t(about)) for name, about in MEASURES.values()]
    columns.append(Column(t("Ours less it"), True, t("In NDCG, over the same shops.")))
    with st.container(key="sr-figure-models", gap="small"):
        place(tag("h2", _finding(visit), cls="finding"))
        with st.container(key="sr-data-models"):
            rows = [_row(visit, one) for one in visit.scores.models]
            place(data_table(t("Ours beside known methods"), columns, rows))
        messages.note(
            t("Known: everything before {day}. Asked: from then until {last}. {n} shops, {m} "
              "products; fitted in {s} s.", day=visit.board.known_until,
              last=visit.board.ends_on, n=visit.board.shops, m=visit.board.products,
              s=round(visit.board.fit_seconds[OURS], 1))
            if not visit.board.leaks else
            t("A fifth of all purchases, drawn at random, is asked for. {n} shops, {m} products.",
              n=visit.board.shops, m=visit.board.products)
        )  # fmt: skip


def _row(visit: ScoreVisit, model: ModelScores) -> list[Html | str]:
    ctx = visit.ctx
    name: Html | str = tag("span", model_name(ctx, model.model), cls="name")
    if model.model == OURS:
        name = join(name, " ", tag("span", ctx.t("ours"), cls="chip ours"))
    gain = next((one for one in visit.scores.differences if one.peer == model.model), None)
    cells: list[Html | str] = [name]
    for measure in MEASURES:
        words = figure(ctx, measure, measured(model, measure))
        band = between(ctx, measure, model.bands.get(measure))
        cells.append(tag("span", words, title=ctx.t("95%: {band}", band=band) if band else None))
    cells.append("–" if gain is None else tag(
        "span",
        tag("b", signed(ctx, gain.mean), cls=tone(gain.low, gain.high)),
        tag("span", signed_between(ctx, gain.low, gain.high), cls="small block"),
    ))  # fmt: skip
    return cells


def _finding(visit: ScoreVisit) -> str:
    """How many of the baselines are beaten beyond noise."""
    t, gains = visit.ctx.t, visit.scores.differences
    beaten = [one for one in gains if one.low > 0]
    behind = [model_name(visit.ctx, one.peer) for one in gains if one.high < 0]
    if behind:
        return t("Behind {names} by more than chance", names=", ".join(behind))
    if gains and len(beaten) == len(gains):
        return t("Ahead of all {n} baselines by more than chance", n=len(gains))
    if not gains:
        return t("No baseline speaks on this list")
    return t("Ahead of {n} of {all} baselines by more than chance, behind none", n=len(beaten),
             all=len(gains))  # fmt: skip


def _chances(visit: ScoreVisit) -> None:
    """Stated probabilities against what happened."""
    ctx, t, found = visit.ctx, visit.ctx.t, visit.scores.calibration
    section(t("Do stated chances come true?"), "score-chances",
            t("Each place says how likely the product is ordered within 4 weeks."))  # fmt: skip
    with st.container(key="sr-figure-chances", gap="small"):
        if found is None:
            messages.note(_capital(t(visit.scores.calibration_note)))
            return
        title = t("Said {said}, happened {happened}; {error} off on average over {n} places",
                  said=Percent(found.said), happened=Percent(found.happened),
                  error=ctx.t("{n} points", n=ctx.language.number(100 * found.error, 1)),
                  n=found.cases)  # fmt: skip
        place(tag("h2", title, cls="finding"))
        bins = tuple(Stated(one.said, one.happened, one.cases) for one in found.bins)
        draw_kept(
            ("score chances", bins, ctx.language),
            lambda: calibration_chart(bins, ctx.language),
            calibration_in_words(bins, title, ctx.language),
        )
        messages.note(t("Discs show how many places were said to be about as likely; on the "
                        "dashed line all of it came true."))  # fmt: skip


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
