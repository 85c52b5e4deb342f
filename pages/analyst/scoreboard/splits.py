"""The split in time and the random split beside each other, and why they differ."""

from __future__ import annotations

import streamlit as st

from pages.analyst.scoreboard import running
from pages.analyst.scoreboard.names import LISTS, figure, model_name, signed
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages
from pages.components.charts.kept import draw_kept
from pages.components.charts.split_pairs import SplitPair, split_pairs, split_pairs_in_words
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from smartreco.entities import ListName
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.two_runs import Flattery, flattery
from smartreco.workspace.scoreboard.views import Standing

OWN, POPULAR = "own_frequency", "popularity"
SAME = 0.0005  # NDCG, below which a difference is none in three digits


def draw(visit: ScoreVisit) -> None:
    """One sentence, a chart and a table; or the button for the one that is missing."""
    ctx, t = visit.ctx, visit.ctx.t
    both = {one: visit.standing_of(one) for one in Split}
    missing = [one for one, standing in both.items() if standing.run is None]
    if missing:
        _missing(visit, missing[0])
        return
    rows = _rows(visit, both)
    if not rows:
        messages.note(t("No shop had anything to find on this list."))
        return
    title = _sentence(visit, rows)
    pairs = tuple(
        SplitPair(model_name(ctx, one.model), one.time, one.random, signed(ctx, one.by))
        for one in rows
    )
    with st.container(key="sr-figure-splits", gap="small"):
        place(tag("h2", title, cls="finding"))
        messages.note(_levels(visit, rows))
        messages.note(
            t("NDCG on “{list}” with {k} places. The two ask for other orders: one for a shop's "
              "next weeks, one for single purchases out of all weeks. So levels are not of one "
              "scale, and their difference has no interval; judge by the split in time.",
              list=t(LISTS[visit.list_name]), k=visit.k)
        )  # fmt: skip
        draw_kept(
            ("score splits", pairs, ctx.language), lambda: split_pairs(pairs, ctx.language),
            split_pairs_in_words(pairs, title, ctx.language),
        )  # fmt: skip
    _table(visit, rows)
    if _differ(both):
        messages.note(t("The two were measured on different states of the data."))


def _rows(visit: ScoreVisit, both: dict[Split, Standing]) -> tuple[Flattery, ...]:
    time, random = both[Split.TIME].found, both[Split.RANDOM].found
    return flattery(time.scoreboard, random.scoreboard, visit.list_name)


def _sentence(visit: ScoreVisit, rows: tuple[Flattery, ...]) -> str:
    """Why the two differ, and what that does to plain counting beside ours."""
    ctx, t = visit.ctx, visit.ctx.t
    ours, plain = rows[0], _plain(visit, rows)
    why = (
        t("In the random split a product is new to a shop only if every purchase of it was drawn, "
          "so mostly if it was bought once")
        if visit.list_name is ListName.DISCOVER
        else t("The random split leaks the future: models see what the same shop ordered before "
               "and after each purchase they are asked for")
    )  # fmt: skip
    if plain is None:
        return t("{why}. Ours reads {n} NDCG there", why=why, n=signed(ctx, ours.by))
    nearer = (ours.time - plain.time) - (ours.random - plain.random)
    values = {"why": why, "name": model_name(ctx, plain.model),
              "n": ctx.language.number(abs(nearer), 3)}  # fmt: skip
    if nearer > SAME:
        return t("{why}. That flatters {name} by {n} NDCG against ours", **values)
    if nearer < -SAME:
        return t("{why}. That flatters ours by {n} NDCG against {name}", **values)
    return t("{why}. On these orders ours and {name} stand to each other as in time", **values)


def _levels(visit: ScoreVisit, rows: tuple[Flattery, ...]) -> str:
    """By how much each reads higher or lower, and how they stand to each other."""
    ctx, t = visit.ctx, visit.ctx.t
    ours, plain = rows[0], _plain(visit, rows)
    said = t("Random less time: ours {n}", n=signed(ctx, ours.by))
    if plain is None:
        return said
    return t("{said}, {name} {m}. Ours less {name}: {random} at random, {time} in time.", said=said,
             name=model_name(ctx, plain.model), m=signed(ctx, plain.by),
             random=signed(ctx, ours.random - plain.random),
             time=signed(ctx, ours.time - plain.time))  # fmt: skip


def _plain(visit: ScoreVisit, rows: tuple[Flattery, ...]) -> Flattery | None:
    """Own frequency; popularity on the list of what a shop never bought."""
    wanted = POPULAR if visit.list_name is ListName.DISCOVER else OWN
    return next((one for one in rows if one.model == wanted), None)


def _table(visit: ScoreVisit, rows: tuple[Flattery, ...]) -> None:
    ctx, t = visit.ctx, visit.ctx.t
    columns = (
        Column(t("Model")), Column(t("Split in time"), True), Column(t("Random split"), True),
        Column(t("Random less time"), True),
    )  # fmt: skip
    cells: list[list[Html | str]] = [
        [
            tag("span", model_name(ctx, one.model), cls="name"), figure(ctx, "ndcg", one.time),
            figure(ctx, "ndcg", one.random), tag("b", signed(ctx, one.by)),
        ]
        for one in rows
    ]  # fmt: skip
    with st.container(key="sr-data-splits"):
        place(data_table(t("Split in time beside the random split"), columns, cells))


def _differ(both: dict[Split, Standing]) -> bool:
    states = {one.run.data_version for one in both.values() if one.run is not None}
    return len(states) > 1


def _missing(visit: ScoreVisit, split: Split) -> None:
    t, ctx = visit.ctx.t, visit.ctx
    job = visit.scoreboard.job(ctx.principal)
    if job is not None and job.running:
        messages.note(t("Come back when it is done."))
        return
    titles = {
        Split.TIME: t("The split in time has not been measured yet"),
        Split.RANDOM: t("The random split has not been measured yet"),
    }
    messages.empty_state(
        titles[split],
        t("Many papers hold back purchases at random. Measured beside the split in time it shows "
          "how much that flatters."),
        "sparkles", key="scoreboard-split", action=t("Measure it now"),
        on_click=lambda: running.measure(ctx, visit.choice.version, split, visit.k),
    )  # fmt: skip
