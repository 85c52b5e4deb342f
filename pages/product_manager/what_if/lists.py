"""What shops are recommended before and after, and the way to the analyst who publishes."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.analyst import rule_effect
from pages.analyst.rule_form import LISTS
from pages.components import charts, messages
from pages.components.cards import calm
from pages.context import Context
from pages.product_manager.what_if.desk import WhatIfDesk
from smartreco.scenario.lists import ListOutcome
from smartreco.scenario.outcome import Outcome
from smartreco.workspace.rule_views import RuleChoices
from smartreco.workspace.scenario.views import Names

FELT: Final = 0.005  # places of a list: below it is rounded away
NOTE: Final = "propose-note"


def draw(desk: WhatIfDesk, outcome: Outcome) -> None:
    """Each list that is moved: figures, products that come and go, exposure."""
    ctx = desk.ctx
    choices = _choices(desk.names)
    shown = outcome.lists
    if len(shown) > 1:
        names = [one.list for one in shown]
        chosen = st.segmented_control(
            ctx.t("List"), names, default=names[0], key="what-if-list", required=True,
            format_func=lambda one: ctx.t(LISTS[one.value]),
        )  # fmt: skip
        shown = tuple(one for one in shown if one.list == chosen) or shown[:1]
    for one in shown:
        rule_effect.draw(ctx, one.preview, choices)
        _exposure(ctx, one)
    _propose(desk)


def _exposure(ctx: Context, one: ListOutcome) -> None:
    """Places of a list by category."""
    rows = [
        charts.Pair(calm(each.name), each.before, each.after)
        for each in one.categories
        if each.name and abs(each.after - each.before) >= FELT
    ][: charts.MOST_PAIRS]
    if rows:
        title = ctx.t("Places of a list by category, before → after")
        charts.draw(charts.before_and_after(rows, title, ctx.language),
                    charts.pairs_in_words(rows, title, ctx.language))  # fmt: skip


def _propose(desk: WhatIfDesk) -> None:
    t = desk.ctx.t
    opened = st.popover(
        t("Propose this to the analyst"), icon=":material/send:", key="what-if-propose",
        on_change="rerun",
    )  # fmt: skip
    messages.note(t("The analyst sees what it was found to do and decides; nothing is published."))
    if not opened.open:
        return
    with opened, st.container(key="sr-why-propose", gap="small", width=320):
        st.text_input(t("A word to the analyst (optional)"), key=NOTE, max_chars=200)
        st.button(t("Propose it"), key="what-if-proposed", type="primary", on_click=_proposed,
                  args=(desk,))  # fmt: skip


def _proposed(desk: WhatIfDesk) -> None:
    with messages.told(desk.ctx.language):
        number = None if desk.touched else desk.number
        which = desk.draft.scenario() if number is None else number
        desk.scenarios.propose_blend(
            desk.ctx.principal, which, str(st.session_state.get(NOTE) or "")
        )
        messages.done(desk.ctx.t("Proposed. The analyst finds it with what it would do."))


def _choices(names: Names) -> RuleChoices:
    return RuleChoices(dict(names.products), dict(names.vendors), {}, 1.0)
