"""The answer in one computed sentence, and how fresh it is."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.analyst.scoreboard.names import LISTS, between, model_name, signed, signed_between
from pages.analyst.scoreboard.visit import ScoreVisit, moment
from pages.components import header, messages
from pages.components.markup import place, tag
from smartreco.evaluation.scores import OURS, DifferenceToPeer, ListScores
from smartreco.language import Message
from smartreco.workspace.evaluations import Evaluation

WEEKS: Final = Message("the week held back", "the {n} weeks held back", "n")
HITS: Final = Message("{hits} time", "{hits} times", "hits")


def draw(visit: ScoreVisit) -> None:
    """The head of the page."""
    t, run = visit.ctx.t, visit.standing.run
    about = t("Scoreboard · {version} · {list}", version=visit.version_name(visit.choice),
              list=t(LISTS[visit.list_name]))  # fmt: skip
    with st.container(key="sr-answer"):
        if run is None:
            header.page_header(t("Not measured yet"), about)
            place(tag("p", t("Nothing has been held against orders it had not seen, with these "
                             "settings.")))  # fmt: skip
            return
        header.page_header(
            _said(visit), about,
            t("What shops ordered after one day is held back; models learn from what came before "
              "and are asked what comes next. Intervals are of 95%, over shops."),
        )  # fmt: skip
        place(tag("p", _sure(visit)))
        _fresh(visit, run)


def nothing_to_find(visit: ScoreVisit) -> None:
    """A list on which no shop had anything that could have hit."""
    t = visit.ctx.t
    messages.empty_state(
        t("Not enough data on this list"),
        t("No shop ordered anything afterwards that this list may hold."), "package",
        key="scoreboard-list",
    )  # fmt: skip


def _said(visit: ScoreVisit) -> str:
    t, scores, board = visit.ctx.t, visit.scores, visit.board
    if not scores.models:
        return t("No shop had anything to find on this list")
    hits = visit.ctx.language.number(scores.of(OURS).precision * board.k, 1)
    weeks = max(round((board.ends_on - board.known_until).days / 7), 1)
    where = (
        t("a fifth of all purchases, held back at random")
        if board.leaks
        else visit.ctx.language.say(WEEKS, {"n": weeks})
    )
    said = t("On {where}, lists of {k} hit {hits} times", where=where, k=board.k, hits=hits)
    gain = to_best(scores)
    if gain is None:
        return said
    best = model_name(visit.ctx, gain.peer)
    values = {"said": said, "best": best, "n": visit.ctx.language.number(abs(gain.mean), 3),
              "band": signed_between(visit.ctx, gain.low, gain.high)}  # fmt: skip
    if gain.low > 0:
        return t("{said}: better than the best baseline ({best}) by {n} NDCG", **values)
    if gain.high < 0:
        return t("{said}: worse than the best baseline ({best}) by {n} NDCG", **values)
    return t("{said}: as good as the best baseline ({best}), the difference is within noise",
             **values)  # fmt: skip


def _sure(visit: ScoreVisit) -> str:
    """NDCG with its interval, and the difference to the best baseline with its own."""
    ctx, scores = visit.ctx, visit.scores
    if not scores.models:
        return ""
    ours, gain = scores.of(OURS), to_best(scores)
    band = between(ctx, "ndcg", ours.bands.get("ndcg"))
    words = [ctx.t("NDCG {n}", n=ctx.language.number(ours.ndcg, 3))]
    if band:
        words[0] = ctx.t("{said} (95%: {band})", said=words[0], band=band)
    if gain is not None:
        words.append(
            ctx.t("{n} on {best} (95%: {band})", n=signed(ctx, gain.mean),
                  best=model_name(ctx, gain.peer), band=signed_between(ctx, gain.low, gain.high))
        )  # fmt: skip
    words.append(ctx.t("{n} shops judged", n=scores.shops))
    return " · ".join(words)


def _fresh(visit: ScoreVisit, run: Evaluation) -> None:
    """When, by whom, on what, and whether that still holds."""
    t, standing = visit.ctx.t, visit.standing
    said = t("Measured {when} by {who} in {n} s, on data state {state}.",
             when=moment(visit.ctx, run.evaluated_at), who=run.username,
             n=round(run.seconds, 1), state=run.data_version)  # fmt: skip
    if standing.data_changed:
        words = t("The data have changed since: measure again.")
        place(tag("p", said, " ", tag("span", words, cls="warm-words"), cls="small"))
    else:
        place(tag("p", said, " ", t("The data are still the same."), cls="small"))
    if not standing.choice.in_force and standing.choice.version is not None:
        place(tag("p", t("This version is not in force: shops are served by another."),
                  cls="small"))  # fmt: skip
    if visit.board.leaks:
        place(tag("p", t("This split leaks the future; judge by the split in time."),
                  cls="small warm-words"))  # fmt: skip


def to_best(scores: ListScores) -> DifferenceToPeer | None:
    """Ours less the best baseline of the list."""
    best = scores.strongest_peer
    return next((one for one in scores.differences if one.peer == best), None)
