"""Sliders beside what comes of them; while the bench is made, what its figures mean."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages import address
from pages.analyst.tune import figures, plane, segments, shops, sliders, wording
from pages.analyst.tune.desk import LOOK, TuneDesk
from pages.components import header, messages
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.entities import Progress
from smartreco.errors import NotEnoughDataError, NotReadyError

#: Seconds in which figures reach the browser before the rest competes for the processor: on two
#: cores, with the browser on the same machine, they are there 50 ms earlier.
AHEAD: Final = 0.04
LOOKS: Final = {
    "plane": ("Accuracy against breadth", plane.draw),
    "shops": ("Lists of three shops", shops.draw),
    "segments": ("Kinds of shops", segments.draw),
}


def draw(desk: TuneDesk, head: DeltaGenerator) -> None:
    """The whole tab; figures are drawn first, since each part is sent as it is made."""
    if not ready(desk, head):
        return
    t = desk.ctx.t
    with st.container(key="sr-tune-body", horizontal=True, gap="large"):
        left = st.container(key="sr-tune-sliders", gap="small")
        right = st.container(key="sr-tune-found", gap="medium")
    with right:
        figures.draw(desk)
    time.sleep(AHEAD)
    with head:
        _answer(desk)
    with left:
        sliders.draw(desk)
    with right:
        with st.container(key="sr-tune-look"):
            look = address.choose(
                t("Look at"), LOOK, list(LOOKS), lambda one: t(LOOKS[one][0]), bare=True
            )
        LOOKS[look][1](desk)


def ready(desk: TuneDesk, head: DeltaGenerator) -> bool:
    """Whether recipes can be measured; if not, the page says why or how far it is."""
    ctx = desk.ctx
    try:
        progress = desk.tuning.readiness(ctx.principal)
        if progress is None:
            desk.measured  # noqa: B018 - refused here where the data cannot answer
            return True
    except NotReadyError:
        with head:
            header.page_header(ctx.t("This half-life is still being made"), ctx.t("Tune"))
            _until_measured(desk)
        return False
    except NotEnoughDataError as error:
        with head:
            header.page_header(ctx.t("These data cannot judge lists yet"), ctx.t("Tune"))
        messages.empty_state(
            messages.refusal(error, ctx.language),
            ctx.t("Versions can still be read, and gone back to."), "sparkles", key="tune",
        )  # fmt: skip
        return False
    with head:
        header.page_header(ctx.t("Setting up the bench"), ctx.t("Tune"))
        _follow(ctx, progress)
    _glossary(ctx)
    return False


def _follow(ctx: Context, first: Progress) -> None:
    """A bar that follows the work and draws the page anew when it is done."""

    @st.fragment(run_every="1s")
    def follow() -> None:
        progress = ctx.workspace.tuning.readiness(ctx.principal)
        if progress is None:
            st.rerun()
        now = progress or first
        st.progress(min(max(now.fraction, 0.0), 1.0), text=ctx.t(now.doing))

    place(tag("p", ctx.t("Once after an import every shop's scores are made as they would have "
                         "been some weeks ago. From then on each move of a slider is measured at "
                         "once.")))  # fmt: skip
    follow()


def _until_measured(desk: TuneDesk) -> None:
    """Try again each second; or take the last move back."""

    @st.fragment(run_every="1s")
    def follow() -> None:
        with suppress(NotReadyError):
            desk.tuning.measure(desk.ctx.principal, desk.recipe, desk.rules)
            st.rerun()
        place(tag("p", desk.ctx.t("Every shop's scores are made with it. The page follows by "
                                  "itself."), role="status"))  # fmt: skip

    follow()
    st.button(desk.ctx.t("Undo"), key="tune-undo", icon=":material/undo:", on_click=desk.undo)


def _glossary(ctx: Context) -> None:
    """What the figures will mean, to be read meanwhile."""
    t = ctx.t
    header.section(t("What you will see"), "glossary")
    terms = [
        tag("div", tag("dt", t(one.label)), tag("dd", t(one.meaning)))
        for one in wording.KINDS.values()
    ]
    place(tag("dl", *terms, cls="glossary"))
    messages.note(
        t("All of it is measured on orders after a cut in the past that the scores have not seen. "
          "The last weeks are kept apart: only the check before publishing looks at them.")
    )  # fmt: skip


def _answer(desk: TuneDesk) -> None:
    t, ctx = desk.ctx.t, desk.ctx
    shops_ = desk.gauges.shops
    header.page_header(
        wording.answer(desk), t("Tune"),
        t("Measured on the orders of {n} shops after a cut in the past; the last weeks are kept "
          "apart for the check before publishing.", n=shops_),
    )  # fmt: skip
    lines = [
        wording.upper(wording.said(ctx, other)) + "."
        for other in desk.measured.lists
        if desk.touched and other.list is not desk.name
    ]
    lines += wording.notes(ctx, desk.measured)
    if lines:
        place(tag("p", " ".join(lines)))
