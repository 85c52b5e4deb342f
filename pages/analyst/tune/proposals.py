"""What product managers proposed in a what-if, waiting for an analyst."""

from __future__ import annotations

import streamlit as st

from pages.analyst.tune.desk import VIEW, TuneDesk, go
from pages.components import header, messages
from pages.components.markup import literal, place, tag
from pages.list_names import LISTS
from smartreco.entities import ListName
from smartreco.language import Percent
from smartreco.scenario.words import say_all
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.scenario.views import Proposal

MOST = 8  # the newest


def draw(desk: TuneDesk) -> None:
    """The newest of them."""
    t = desk.ctx.t
    found = desk.ctx.workspace.scenarios.proposals(desk.ctx.principal)
    header.section(t("Proposed in what-ifs"), "proposals")
    if not found:
        messages.note(t("Nothing waits. Product managers propose weights from the page What if."))
        return
    with st.container(key="sr-lines", gap=None):
        for one in found[:MOST]:
            _line(desk, one)


def _line(desk: TuneDesk, one: Proposal) -> None:
    t, number = desk.ctx.t, one.proposal_id
    about = [one.note, t("{who}, {day}", who=one.author, day=one.proposed_at.date())]
    with st.container(key=f"sr-line-proposal-{number}", horizontal=True,
                      vertical_alignment="center"):  # fmt: skip
        place(tag(
            "article", tag("h3", one.scenario.name),
            tag("p", " · ".join(part for part in about if part), cls="small"),
            *(tag("p", said, cls="small does") for said in _evidence(desk, one)), cls="rule",
        ))  # fmt: skip
        st.button(f"{t('Load into the sliders')} *{literal(one.scenario.name)}*",
                  key=f"load-proposal-{number}", icon=":material/tune:", on_click=_load,
                  args=(desk, number))  # fmt: skip


def _evidence(desk: TuneDesk, one: Proposal) -> list[str]:
    t, said = desk.ctx.t, []
    for name, figures in one.evidence.items():
        changed, before, after = (
            figures.get(key) for key in ("changed", "coverage_before", "coverage_after")
        )
        if changed is not None and before is not None and after is not None:
            said.append(t(
                "{list}: {share} of lists change, catalogue shown {before} → {after}",
                list=t(LISTS[ListName(name)]), share=Percent(changed),
                before=Percent(before, 1), after=Percent(after, 1),
            ))  # fmt: skip
    return said


def _load(desk: TuneDesk, number: int) -> None:
    with messages.told(desk.ctx.language):
        found = desk.blends.from_proposal(desk.ctx.principal, number)
        desk.load(found.recipe, Origin.SCENARIO)
        go(**{VIEW: ""})
        if found.left_out:
            what = say_all(found.left_out, desk.ctx.language)
            messages.done(desk.ctx.t("Not carried over: {what}", what=what), ":material/info:")
