"""What stands in the way of an order, each with the click that settles it."""

from __future__ import annotations

import streamlit as st

from pages.components.markup import literal, place, tag
from pages.retailer.mends import can_fill, mend
from pages.retailer.order.desk import Desk
from smartreco.language import Message
from smartreco.workspace.order.book_views import Blocker, Problem
from smartreco.workspace.order.words import say

IN_THE_WAY = Message(
    "{n} thing to settle before it can be placed", "{n} things to settle before it can be placed",
    "n",
)  # fmt: skip
ANCHOR = "to-settle"
SHOWN = 5  # the rest come up as these are settled


def draw(desk: Desk) -> None:
    """Blockers first, then hints; nothing at all where the order is fine."""
    t, problems = desk.ctx.t, desk.check.problems
    blocking = [one for one in problems if one.blocking]
    if not blocking:
        words = t("Nothing stands in its way.")
        place(tag("p", words, cls="there"))
    else:
        words = desk.ctx.language.say(IN_THE_WAY, {"n": len(blocking)})
        place(tag("p", words, cls="in-the-way", role="status", id=ANCHOR))
    if not problems:
        return
    with st.container(key="sr-problems", gap=None):
        for at, problem in enumerate(problems[:SHOWN]):
            _problem(desk, problem, at)
        if len(problems) > SHOWN:
            place(tag("p", t("and {n} more", n=len(problems) - SHOWN), cls="small"))


def _problem(desk: Desk, problem: Problem, at: int) -> None:
    words = say(problem.sentence, desk.ctx.language)
    with st.container(
        key=f"sr-problem-{at}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        place(tag("p", words, cls="problem" if problem.blocking else "problem hint"))
        _top_up(desk, problem, at)
        found = mend(problem, desk.draft, desk.check, desk.ctx.language)
        if found is not None and found.pieces:
            st.button(
                f"{literal(found.label)} *{literal(words)}*", key=f"mend-{at}",
                type="tertiary" if problem.blocker is Blocker.MINIMUM else "secondary",
                on_click=desk.set_many, args=(found.pieces,),
            )  # fmt: skip


def _top_up(desk: Desk, problem: Problem, at: int) -> None:
    if problem.blocker is not Blocker.MINIMUM:
        return
    part = next((one for one in desk.check.parts if one.vendor_id == problem.vendor_id), None)
    if part is not None and can_fill(part, desk.draft, desk.check):
        st.button(
            f"{desk.ctx.t('Fill up')} *{literal(part.vendor or '')}*", key=f"top-up-{at}",
            icon=":material/playlist_add:", on_click=desk.top_up, args=(part,),
        )  # fmt: skip
