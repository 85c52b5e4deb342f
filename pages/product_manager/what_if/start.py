"""The first thing to see: ready questions with what came of them, and what was saved."""

from __future__ import annotations

import streamlit as st

from pages.components import header, messages
from pages.components.markup import Html, literal, place, tag
from pages.product_manager.what_if import saved
from pages.product_manager.what_if.desk import NEW, PRESET, WhatIfDesk, go, state
from smartreco.errors import SmartRecoError
from smartreco.language import Language
from smartreco.scenario.scenario import Scenario
from smartreco.workspace.scenario.presets import WHY
from smartreco.workspace.scenario.story_words import tell
from smartreco.workspace.scenario.views import Preset


def draw(desk: WhatIfDesk) -> None:
    """Ready questions, then saved ones."""
    t, found = desk.ctx.t, desk.presets
    header.page_header(
        t("Try the future before you decide"), t("What if"),
    )  # fmt: skip
    messages.note(
        t("Move prices, shelves, products or lists and see what comes of it, and how sure that "
          "is. Nothing here changes orders, stock or what shops are recommended.")
    )  # fmt: skip
    with st.container(horizontal=True, gap="small", key="sr-whatif-begin"):
        st.button(t("Compose a question"), key="what-if-new", type="primary",
                  icon=":material/add:", on_click=_compose)  # fmt: skip
        if state.draft is not None and state.source == f"{NEW}:" and state.draft.levers:
            st.button(t("Go on with the last one"), key="what-if-go-on",
                      on_click=go, kwargs={NEW: "1"})  # fmt: skip
    with st.container(gap="medium", key="sr-whatif-saved"):
        saved.draw(desk)
    header.section(t("Ready questions on these data"), "presets")
    _presets(desk, found)


def _presets(desk: WhatIfDesk, found: tuple[Preset, ...]) -> None:
    """Cards at once; their stories one after the other, as they are played."""
    waiting = []
    with st.container(key="sr-presets"):
        for one in found:
            with st.container(key=f"sr-preset-{one.key}", gap="small"):
                place(tag("div", tag("h3", one.title),
                          tag("p", _why(one, desk.ctx.language), cls="small")))  # fmt: skip
                if one.scenario is not None:
                    waiting.append((one.key, one.scenario, st.empty()))
                    st.button(
                        f"{desk.ctx.t('Open')} *{literal(one.title)}*",
                        key=f"preset-{one.key}", on_click=_open, args=(one.key,),
                    )  # fmt: skip
    for key, scenario, hole in waiting:
        hole.caption(desk.ctx.t("Playing it …"))
        with hole.container():
            place(_story(desk, key, scenario))


def _story(desk: WhatIfDesk, key: str, scenario: Scenario) -> Html:
    language = desk.ctx.language
    try:
        told = tell(desk.scenarios.story(desk.ctx.principal, scenario, key), language)
    except SmartRecoError as error:
        return tag("p", messages.refusal(error, language))
    return tag("div", *(tag("p", words) for words in told), cls="story")


def _why(one: Preset, language: Language) -> str:
    return language.say(WHY[one.why.template], one.why.values)


def _open(key: str) -> None:
    state.source = ""  # as it is, whatever was made of it before
    go(**{PRESET: key})


def _compose() -> None:
    state.source = ""
    go(**{NEW: "1"})
