"""Whom the lists serve well and whom not: kinds of shops, and categories of products."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.analyst.scoreboard.names import (
    CODED,
    KINDS,
    between,
    figure,
    model_name,
    signed,
    signed_between,
    tone,
)
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages
from pages.components.cards import calm
from pages.components.charts.bands import Banded, banded_rows, bands_in_words
from pages.components.charts.kept import draw_kept
from pages.components.data_table import Column, data_table, named
from pages.components.markup import Html, place, tag
from smartreco.evaluation.scores import OURS, CategoryScores, SegmentScores
from smartreco.language import Message

MOST: Final = 14  # rows of the chart
CATEGORY: Final = "category"
SHOPS: Final = Message("{n} shop judged", "{n} shops judged", "n")


def draw(visit: ScoreVisit) -> None:
    """One kind at a time: those that differ as a chart, all of them as a table."""
    ctx = visit.ctx
    there = {one.by for one in visit.scores.segments}
    known = [by for by in KINDS if by in there or (by == CATEGORY and visit.scores.categories)]
    by = address.choose(ctx.t("Shown by"), "by", known, lambda one: ctx.t(KINDS[one]), bare=True)
    rows = _categories(visit) if by == CATEGORY else _kinds(visit, by)
    title = _finding(visit, rows)
    with st.container(key="sr-figure-kinds", gap="small"):
        place(tag("h2", title, cls="finding"))
        messages.note(_measure(visit, by))
        if rows:
            shown = tuple(rows[:MOST])
            draw_kept(
                ("score kinds", shown, ctx.language),
                lambda: banded_rows(shown, ctx.language), bands_in_words(shown, title),
            )  # fmt: skip
    with st.container(key="sr-data-kinds"):
        place(_category_table(visit) if by == CATEGORY else _table(visit, by))


def _measure(visit: ScoreVisit, by: str) -> str:
    """What the chart is of."""
    t, best = visit.ctx.t, visit.scores.strongest_peer
    if best is None:
        return t("No baseline speaks on this list.")
    name = model_name(visit.ctx, best)
    if by == CATEGORY:
        return t("Recall of ours less {best}'s in each category, with 95% bands over shops.",
                 best=name)  # fmt: skip
    return t("NDCG of ours less {best}'s at the same shops, with 95% bands.", best=name)


def _finding(visit: ScoreVisit, rows: list[Banded]) -> str:
    t = visit.ctx.t
    better = [one for one in rows if one.low > 0]
    worse = [one.label for one in rows if one.high < 0]
    if not rows:
        return t("Not enough data to compare kinds")
    if worse:
        return t("Better in {n} of {all} by more than chance; worse in: {names}", n=len(better),
                 all=len(rows), names=", ".join(worse))  # fmt: skip
    return t("Better in {n} of {all} by more than chance, worse in none", n=len(better),
             all=len(rows))  # fmt: skip


def _kinds(visit: ScoreVisit, by: str) -> list[Banded]:
    ctx = visit.ctx
    return [
        Banded(
            _name(visit, one), one.gain.mean, one.gain.low, one.gain.high,
            signed(ctx, one.gain.mean), signed_between(ctx, one.gain.low, one.gain.high),
        )
        for one in visit.scores.segments
        if one.by == by and one.gain is not None
    ]  # fmt: skip


def _categories(visit: ScoreVisit) -> list[Banded]:
    ctx = visit.ctx
    return [
        Banded(
            calm(one.category), gain, low, high, signed(ctx, gain), signed_between(ctx, low, high)
        )
        for one in visit.scores.categories
        if one.recall is not None and one.peer_recall is not None and one.gain_band is not None
        for gain, (low, high) in [(one.recall - one.peer_recall, one.gain_band)]
    ]


def _table(visit: ScoreVisit, by: str) -> Html:
    ctx, t = visit.ctx, visit.ctx.t
    columns = (
        Column(t(KINDS[by])), Column(t("NDCG of ours"), True), Column(t("95% interval"), True),
        Column(t("Best baseline there"), True), Column(t("Ours less the list's best"), True),
    )  # fmt: skip
    rows = [_row(visit, one) for one in visit.scores.segments if one.by == by]
    return data_table(ctx.t(KINDS[by]), columns, rows)


def _row(visit: ScoreVisit, one: SegmentScores) -> list[Html | str]:
    ctx = visit.ctx
    head = named(_name(visit, one), ctx.language.say(SHOPS, {"n": one.shops}))
    if not one.enough:
        return [head, ctx.t("not enough data"), "–", "–", "–"]
    peers = {model: value for model, value in one.ndcg.items() if model != OURS}
    best = max(peers, key=lambda model: peers[model], default=None)
    gain = one.gain
    return [
        head, figure(ctx, "ndcg", one.ndcg[OURS]),
        between(ctx, "ndcg", one.bands.get(OURS)) or "–",
        "–" if best is None else f"{model_name(ctx, best)} {figure(ctx, 'ndcg', peers[best])}",
        "–" if gain is None else tag(
            "span", tag("b", signed(ctx, gain.mean), cls=tone(gain.low, gain.high)),
            tag("span", signed_between(ctx, gain.low, gain.high), cls="small block"),
        ),
    ]  # fmt: skip


def _category_table(visit: ScoreVisit) -> Html:
    ctx, t, best = visit.ctx, visit.ctx.t, visit.scores.strongest_peer
    columns = (
        Column(t("Category")), Column(t("Ordered"), True), Column(t("Places"), True),
        Column(t("Precision"), True, t("Of the places of the category, the share that hit.")),
        Column(t("Recall"), True, t("Of what was ordered of it, the share that lists held.")),
        Column(t("95% interval"), True),
        Column(t("Recall of {best}", best=model_name(ctx, best)) if best else "–", True),
    )  # fmt: skip
    return data_table(t("Categories"), columns,
                      [_category(visit, one) for one in visit.scores.categories])  # fmt: skip


def _category(visit: ScoreVisit, one: CategoryScores) -> list[Html | str]:
    ctx = visit.ctx
    return [
        tag("span", calm(one.category), cls="name"), ctx.language.number(one.relevant),
        ctx.language.number(one.places), figure(ctx, "precision", one.precision),
        figure(ctx, "recall", one.recall), between(ctx, "recall", one.recall_band) or "–",
        figure(ctx, "recall", one.peer_recall),
    ]  # fmt: skip


def _name(visit: ScoreVisit, one: SegmentScores) -> str:
    if one.by in ("size", "age"):
        return visit.ctx.t(CODED.get(one.segment, one.segment))
    return calm(one.segment)
