"""A short tour on first sign-in: offered on the home page, then one card on each page it visits."""

from __future__ import annotations

import streamlit as st

from pages.account.tour_steps import STEPS
from pages.components import links
from pages.components.markup import place, tag
from pages.context import Context
from pages.state import Slot


class TourState:
    """Where this tab is on the tour."""

    known = Slot[bool | None](None)  # whether it is still to be offered
    step = Slot(-1)  # -1: not begun


state = TourState()


def draw(ctx: Context, url: str) -> None:
    """The offer on the home page, or the card of the step whose page this is."""
    steps = STEPS[ctx.principal.role]
    if state.known is None:
        state.known = ctx.workspace.visits.wants_tour(ctx.principal)
    if not state.known:
        return
    if state.step < 0:
        if url == steps[0].url:
            _offer(ctx)
    elif url == steps[state.step].url:
        _card(ctx)


def _offer(ctx: Context) -> None:
    t = ctx.t
    with st.container(key="sr-tour", horizontal=True, vertical_alignment="center", gap="small"):
        words = t("New here? {n} stops show you around.", n=len(STEPS[ctx.principal.role]))
        place(tag("p", words), "content")
        st.button(t("Show me around"), key="tour-begin", icon=":material/explore:", on_click=_begin)
        st.button(t("No, thanks"), key="tour-end", type="tertiary", on_click=_end, args=(ctx,))


def _card(ctx: Context) -> None:
    t, steps, at = ctx.t, STEPS[ctx.principal.role], state.step
    last = at + 1 == len(steps)
    with st.container(key="sr-tour", gap="small"):
        place(tag("p", t("{n} of {all}", n=at + 1, all=len(steps)), cls="small"))
        place(tag("p", t(steps[at].said)))
        with st.container(horizontal=True, gap="small"):
            if last:
                st.button(t("Done"), key="tour-end", type="primary", on_click=_end, args=(ctx,))
            elif st.button(t("Next stop"), key="tour-next", type="primary"):
                state.step = at + 1
                links.go(steps[at + 1].url)
            if not last:
                st.button(t("End the tour"), key="tour-end", type="tertiary", on_click=_end,
                          args=(ctx,))  # fmt: skip


def _begin() -> None:
    state.step = 0


def _end(ctx: Context) -> None:
    ctx.workspace.visits.end_tour(ctx.principal)
    state.known = False
