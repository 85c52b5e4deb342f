"""Levers one under the other: what each does in words, its settings when it is open, undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from pages.components import header, messages
from pages.components.markup import literal, place, tag
from pages.product_manager.what_if.desk import WhatIfDesk, state
from pages.product_manager.what_if.draft import MOST_LEVERS, DraftLever
from pages.product_manager.what_if.fields import Fields
from pages.product_manager.what_if.lever_forms import FORMS, start
from smartreco.errors import SmartRecoError
from smartreco.language import Message
from smartreco.scenario.scenario import LONGEST
from smartreco.workspace.scenario.words import lever_words

ADD: Final = "what-if-add"
HORIZON: Final = "what-if-horizon"
WEEKS: Final = Message("{n} week", "{n} weeks", "n")


def draw(desk: WhatIfDesk, problems: Mapping[int | None, SmartRecoError]) -> None:
    """The whole composer."""
    t, draft = desk.ctx.t, desk.draft
    header.section(t("What is moved"), "levers")
    for lever in draft.levers:
        _lever(desk, lever, problems.get(lever.at))
    if not draft.levers:
        messages.note(t("Nothing yet. Several things can be moved at once."))
    _add(desk)
    if None in problems:
        _refused(desk, problems[None])
    _horizon(desk)
    if state.before:
        st.button(t("Undo the last change"), key="what-if-undo", type="tertiary",
                  icon=":material/undo:", on_click=desk.undo)  # fmt: skip
    messages.note(t("Nothing here changes orders, stock or what shops are recommended."))


def _lever(desk: WhatIfDesk, lever: DraftLever, problem: SmartRecoError | None) -> None:
    form, is_open = FORMS[lever.kind], state.open_lever == lever.at
    with st.container(key=f"sr-lever-{lever.at}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall",
                          key=f"sr-leverhead-{lever.at}"):  # fmt: skip
            place(tag("div", tag("h3", desk.ctx.t(form.name)),
                      tag("p", _said(desk, lever), cls="small")))  # fmt: skip
            _head_buttons(desk, lever, is_open)
        if problem is not None:
            _refused(desk, problem)
        if is_open:
            form.draw(Fields(desk, lever))


def _head_buttons(desk: WhatIfDesk, lever: DraftLever, is_open: bool) -> None:
    t = desk.ctx.t
    name = literal(t(FORMS[lever.kind].name))
    st.button(
        f"*{t('Close') if is_open else t('Change')} {name}*", key=f"open-lever-{lever.at}",
        type="tertiary", icon=":material/expand_less:" if is_open else ":material/tune:",
        on_click=_toggle, args=(lever.at,),
    )  # fmt: skip
    st.button(
        f"*{t('Remove')} {name}*", key=f"remove-lever-{lever.at}", type="tertiary",
        icon=":material/close:", on_click=_remove, args=(desk, lever.at),
    )  # fmt: skip


def _said(desk: WhatIfDesk, lever: DraftLever) -> str:
    """What it does, as the result will say it."""
    try:
        return lever_words(lever.made(), desk.names, desk.ctx.language)
    except SmartRecoError:
        return desk.ctx.t("Not complete yet")


def _refused(desk: WhatIfDesk, problem: SmartRecoError) -> None:
    place(tag("p", messages.refusal(problem, desk.ctx.language), cls="warning", role="status"))


def _add(desk: WhatIfDesk) -> None:
    t, missing = desk.ctx.t, desk.choices.missing
    offered = [one for one in desk.choices.kinds if one in FORMS and one not in missing]
    full = len(desk.draft.levers) >= MOST_LEVERS
    st.session_state[ADD] = None
    st.selectbox(
        t("Add a lever"), offered, index=None, key=ADD, placeholder=t("Add a lever …"),
        format_func=lambda one: t(FORMS[one].name), label_visibility="collapsed", disabled=full,
        on_change=_added, args=(desk,),
    )  # fmt: skip
    for kind, error in missing.items():
        if kind in FORMS:
            messages.note(
                t("Not with these data: {lever} ({why}).", lever=t(FORMS[kind].name),
                  why=desk.ctx.language.error(error.action))
            )  # fmt: skip


def _horizon(desk: WhatIfDesk) -> None:
    t = desk.ctx.t
    st.session_state[HORIZON] = desk.draft.horizon
    st.slider(
        t("Weeks looked at"), 1, min(LONGEST, len(desk.choices.weeks)), key=HORIZON,
        help=t("From {day} on.", day=desk.choices.weeks[0]), on_change=_look, args=(desk,),
    )  # fmt: skip


def _added(desk: WhatIfDesk) -> None:
    kind = st.session_state.get(ADD)
    if isinstance(kind, str) and kind in FORMS:
        state.open_lever = desk.draft.made
        desk.change(desk.draft.with_lever(start(kind, desk.choices)))


def _remove(desk: WhatIfDesk, at: int) -> None:
    desk.change(desk.draft.without(at))


def _toggle(at: int) -> None:
    state.open_lever = None if state.open_lever == at else at


def _look(desk: WhatIfDesk) -> None:
    desk.look(int(st.session_state[HORIZON]))
