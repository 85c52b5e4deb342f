"""Saved questions: found again, renamed, copied, put away with a way back, compared."""

from __future__ import annotations

import streamlit as st

from pages.components import header, messages
from pages.components.markup import Html, literal, place, tag
from pages.product_manager.what_if import wording
from pages.product_manager.what_if.desk import COMPARE, SAVED, WhatIfDesk, go, state
from smartreco.scenario.outcome import Measure
from smartreco.workspace.scenario.views import SavedScenario
from smartreco.workspace.scenario.words import lever_words

SHOWN = 12  # more are behind a button


def draw(desk: WhatIfDesk) -> None:
    """All of them, changed last first; nothing where there are none."""
    t = desk.ctx.t
    found = desk.scenarios.all(desk.ctx.principal)
    if not found and state.deleted is None:
        return
    header.section(t("Saved questions"), "saved")
    _undo(desk)
    if not found:
        return
    whole = bool(st.session_state.get("saved-all"))
    with st.container(key="sr-lines", gap=None):
        for one in found if whole else found[:SHOWN]:
            _line(desk, one)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom",
                      key="sr-whatif-compare"):  # fmt: skip
        if len(found) > SHOWN:
            st.toggle(t("Show all {n}", n=len(found)), key="saved-all")
        if len(found) > 1:
            _compare(desk, found)


def _line(desk: WhatIfDesk, one: SavedScenario) -> None:
    t, number = desk.ctx.t, one.scenario_id
    name = literal(one.name)
    with st.container(key=f"sr-line-saved-{number}", horizontal=True,
                      vertical_alignment="center"):  # fmt: skip
        place(tag("article", tag("h3", one.name), tag("p", _about(desk, one), cls="small"),
                  _found(desk, one), cls="rule"))  # fmt: skip
        st.button(f"{t('Open')} *{name}*", key=f"open-saved-{number}", on_click=_open,
                  args=(number,))  # fmt: skip
        more = st.popover(f"*{t('More for')} {name}*", icon=":material/more_horiz:",
                          key=f"more-saved-{number}", on_change="rerun")  # fmt: skip
        if more.open:
            with more, st.container(key=f"sr-why-saved-{number}", gap="small", width=280):
                _more(desk, one)


def _more(desk: WhatIfDesk, one: SavedScenario) -> None:
    t, number = desk.ctx.t, one.scenario_id
    st.button(t("Make a copy"), key=f"copy-saved-{number}", icon=":material/content_copy:",
              on_click=_copy, args=(desk, number))  # fmt: skip
    if not one.mine:
        messages.note(t("It is {who}'s: make a copy to change it.", who=one.author))
        return
    key = f"name-saved-{number}"
    st.text_input(t("Name"), value=one.name, key=key, max_chars=120)
    st.button(t("Rename"), key=f"rename-saved-{number}", icon=":material/edit:",
              on_click=_rename, args=(desk, number, key))  # fmt: skip
    st.button(t("Delete"), key=f"delete-saved-{number}", icon=":material/delete:",
              on_click=_delete, args=(desk, one))  # fmt: skip


def _about(desk: WhatIfDesk, one: SavedScenario) -> str:
    language = desk.ctx.language
    levers = "; ".join(lever_words(each, desk.names, language) for each in one.scenario.levers)
    parts = [
        levers or desk.ctx.t("nothing is moved"), one.note,
        desk.ctx.t("{who}, {day}", who=one.author, day=one.changed_at.date()),
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _found(desk: WhatIfDesk, one: SavedScenario) -> Html:
    """What came of it when it was saved."""
    t = desk.ctx.t
    measure = Measure.REVENUE if Measure.REVENUE in one.found else Measure.UNITS
    if measure not in one.found:
        return tag("p", t("Open it to see what comes of it."), cls="small")
    said = t("{measure}: {what}", measure=wording.measure_name(desk.ctx, measure),
             what=wording.in_shares(desk.ctx, one.found[measure]))  # fmt: skip
    if one.outdated:
        said = t("{said} (before the last import; opening plays it anew)", said=said)
    return tag("p", said, cls="small does")


def _compare(desk: WhatIfDesk, found: tuple[SavedScenario, ...]) -> None:
    t = desk.ctx.t
    names = {one.scenario_id: one.name for one in found}
    left = st.selectbox(t("Compare"), list(names), key="compare-left",
                        format_func=lambda one: names.get(one, str(one)))  # fmt: skip
    others = [one for one in names if one != left]
    right = st.selectbox(t("with"), others, key="compare-right",
                         format_func=lambda one: names.get(one, str(one)))  # fmt: skip
    st.button(t("Compare these"), key="compare-go", icon=":material/compare_arrows:",
              on_click=go, kwargs={COMPARE: f"{left}-{right}"})  # fmt: skip


def _undo(desk: WhatIfDesk) -> None:
    if state.deleted is None:
        return
    number, name = state.deleted
    with st.container(key="sr-gone-saved", horizontal=True, vertical_alignment="center"):
        place(tag("p", desk.ctx.t("“{name}” is deleted.", name=name)), "content")
        st.button(desk.ctx.t("Undo"), key="saved-undo", on_click=_bring_back,
                  args=(desk, number))  # fmt: skip


def _open(number: int) -> None:
    state.source = ""  # as it is saved, whatever was made of it before
    go(**{SAVED: str(number)})


def _copy(desk: WhatIfDesk, number: int) -> None:
    with messages.told(desk.ctx.language):
        made = desk.scenarios.duplicate(desk.ctx.principal, number)
        messages.done(desk.ctx.t("Copied as {name}", name=made.name))


def _rename(desk: WhatIfDesk, number: int, key: str) -> None:
    with messages.told(desk.ctx.language):
        name = str(st.session_state.get(key) or "")
        desk.scenarios.rename(desk.ctx.principal, number, name)
        state.source = ""
        messages.done(desk.ctx.t("Renamed"))


def _delete(desk: WhatIfDesk, one: SavedScenario) -> None:
    with messages.told(desk.ctx.language):
        desk.scenarios.delete(desk.ctx.principal, one.scenario_id)
        state.deleted = (one.scenario_id, one.name)


def _bring_back(desk: WhatIfDesk, number: int) -> None:
    with messages.told(desk.ctx.language):
        desk.scenarios.undo_delete(desk.ctx.principal, number)
        state.deleted = None
        messages.done(desk.ctx.t("It is back"))
