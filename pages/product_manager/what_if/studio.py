"""One question: the answer first, then what is moved beside what comes of it."""

from __future__ import annotations

import streamlit as st

from pages.components import header, messages
from pages.components.markup import place, tag
from pages.product_manager.what_if import assumptions, composer, keep, result, wording
from pages.product_manager.what_if.desk import Answer, WhatIfDesk
from smartreco.scenario.outcome import Outcome
from smartreco.workspace.scenario.story_words import tell


def draw(desk: WhatIfDesk) -> None:
    """The whole; the composer is drawn before the question is played, so that it never waits."""
    t = desk.ctx.t
    with st.container(key="sr-answer"):
        head = st.empty()
    acts = st.container()
    with st.container(key="sr-whatif-body", horizontal=True, gap="large"):
        levers = st.container(key="sr-whatif-levers", gap="small")
        found = st.container(key="sr-whatif-found", gap="medium")
    with found, st.spinner(waiting(desk)):
        answer = desk.answer()
    with levers:
        composer.draw(desk, answer.problems)
    with head.container():
        _head(desk, answer)
    with acts:
        keep.draw(desk, answer.outcome)
    with found:
        if answer.outcome is None:
            messages.note(t("What is marked has to be mended before there is a result."))
        elif answer.outcome.scenario.levers:
            result.draw(desk, answer.outcome)


def waiting(desk: WhatIfDesk) -> str:
    """What a reader waits for."""
    if desk.scenarios.ready(desk.ctx.principal):
        return desk.ctx.t("Playing today and the scenario on the same futures …")
    return desk.ctx.t("Learning today first: demand, prices and stock. This takes some seconds, "
                      "once after an import …")  # fmt: skip


def _head(desk: WhatIfDesk, answer: Answer) -> None:
    t, outcome = desk.ctx.t, answer.outcome
    named = t("What if: {name}", name=desk.draft.name) if desk.draft.name else t("What if")
    if desk.saved is not None and desk.touched:
        named = t("{name} (changed, not saved)", name=named)
    if outcome is None:
        header.page_header(t("This cannot be asked yet"), named)
        return
    header.page_header(
        wording.answer(desk.ctx, outcome), named,
        t("Today and the scenario are played on the same {n} futures, so the difference has a "
          "band of its own: in eight of ten futures it lies inside.", n=outcome.draws),
    )  # fmt: skip
    if moved := assumptions.moved_words(desk.ctx, outcome):
        place(tag("p", tag("span", moved, cls="chip warm")))
    if outcome.scenario.levers:
        _story(desk, outcome)
    else:
        place(tag("p", t("Add a lever below: the answer comes at once.")))


def _story(desk: WhatIfDesk, outcome: Outcome) -> None:
    told = desk.scenarios.story(desk.ctx.principal, outcome.scenario, desk.preset)
    place(tag("div", *(tag("p", words) for words in tell(told, desk.ctx.language)), cls="story"))
