"""Publish: what would change, what held-out orders say of it, why, and then every shop's lists."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.analyst.tune import differences, evidence, figures, proposals, wording
from pages.analyst.tune.desk import VIEW, Checked, TuneDesk, go, state
from pages.analyst.tune.files import recipe_button
from pages.components import header, messages
from pages.components.markup import place, tag
from smartreco.errors import NotEnoughDataError, SmartRecoError
from smartreco.language import Message
from smartreco.workspace.blend.views import Change
from smartreco.workspace.tuning.views import Measured

REASON: Final = "publish-reason"
LONGEST: Final = 500
DIFFER: Final = Message(
    "The sliders differ from version {version} in {n} setting",
    "The sliders differ from version {version} in {n} settings",
    "n",
)


def draw(desk: TuneDesk, head: DeltaGenerator) -> None:
    """The whole tab."""
    t, ctx = desk.ctx.t, desk.ctx
    changes: tuple[Change, ...] = ()
    if desk.touched:
        changes = desk.blends.changes(ctx.principal, desk.current.version, desk.recipe)
    with head:
        header.page_header(
            ctx.language.say(DIFFER, {"version": desk.current.version, "n": len(changes)})
            if changes else t("Version {n} is in force, and the sliders stand at it",
                              n=desk.current.version),
            t("Publish"),
        )  # fmt: skip
        if desk.checked is not None and changes:
            told = "; ".join(wording.said(ctx, of) for of in desk.checked.lists)
            place(tag("p", t("On held-out weeks, against version {n}: {told}.",
                             n=desk.current.version, told=told)))  # fmt: skip
        place(tag("p", _since(desk), cls="small"))
    if changes:
        with st.container(key="sr-data-differences"):
            place(differences.table(desk, changes, t("Version {n}", n=desk.current.version),
                                    t("Sliders")))  # fmt: skip
        _check(desk)
        _publish(desk)
    else:
        messages.empty_state(
            t("Nothing to publish"),
            t("Move a slider, load what a search found, or take up a proposal below."),
            "sparkles", key="publish", action=t("To the sliders"), on_click=_to_sliders,
        )  # fmt: skip
    proposals.draw(desk)


def _since(desk: TuneDesk) -> str:
    one, t = desk.current, desk.ctx.t
    when = one.published_at or one.made_at
    return t("Version {n}, {origin}, by {who}, in force since {when} UTC: {reason}", n=one.version,
             origin=t(wording.ORIGINS[one.origin]), who=one.author, when=when,
             reason=one.reason)  # fmt: skip


def _check(desk: TuneDesk) -> None:
    """The one look at the held-out weeks, on demand."""
    t, found = desk.ctx.t, desk.checked
    header.section(t("What held-out orders say"), "check",
                   t("The last weeks were never tuned on. Look once, when you mean it: who looks "
                     "again and again tunes on them after all."))  # fmt: skip
    with st.container(key="sr-tune-check", gap="small"):
        if found is None:
            if st.button(t("Check on held-out orders"), key="publish-check",
                         icon=":material/fact_check:"):  # fmt: skip
                _look(desk)
            return
        for of in found.lists:
            place(tag("h3", wording.upper(wording.said(desk.ctx, of))))
            if not all(wording.still(one) for one in of.gauges):
                place(figures.cards(desk, of))
        for note in wording.notes(desk.ctx, found):
            messages.note(note)


def _look(desk: TuneDesk) -> None:
    try:
        with st.spinner(desk.ctx.t("Making lists as of the start of the held-out weeks …")):
            found = desk.tuning.check(desk.ctx.principal, desk.recipe, desk.rules)
    except SmartRecoError as error:
        messages.note(messages.refusal(error, desk.ctx.language))
        return
    state.checked = Checked(desk.recipe, desk.current.version, found)
    st.rerun()


def _publish(desk: TuneDesk) -> None:
    t = desk.ctx.t
    header.section(t("Publish it"), "publish",
                   t("Every shop's lists follow it from their next page on. It can be taken back "
                     "with one click."))  # fmt: skip
    with st.container(key="sr-publishform", gap="small"):
        st.text_area(
            t("Why"), key=REASON, max_chars=LONGEST, height=90,
            placeholder=t("For whoever asks later: what it is for, what it rests on"),
        )  # fmt: skip
        if desk.checked is None:
            messages.note(t("It has not been checked on held-out orders."))
        hole = st.container()
        with st.container(horizontal=True, gap="small", key="sr-tools-publish"):
            pressed = st.button(t("Publish to every shop"), key="publish-go", type="primary",
                                icon=":material/publish:")  # fmt: skip
            recipe_button(desk, "publish-json")
        if pressed:
            _do(desk, hole)


def _do(desk: TuneDesk, hole: DeltaGenerator) -> None:
    ctx = desk.ctx
    bar = hole.progress(0.0, text=ctx.t("Publishing"))

    def report(fraction: float, doing: str) -> None:
        bar.progress(min(max(fraction, 0.0), 1.0), text=ctx.t(doing))

    try:
        made = desk.blends.publish(
            ctx.principal, desk.recipe, str(st.session_state.get(REASON) or ""),
            state.held.origin, evidence.plain(_inner(desk), desk.checked), report,
        )  # fmt: skip
    except SmartRecoError as error:
        bar.empty()
        with hole:
            place(tag("p", messages.refusal(error, ctx.language), cls="warning", role="alert"))
        return
    desk.settle()
    messages.done(ctx.t("Version {n} decides every shop's lists from now on", n=made.version))
    go(**{VIEW: "versions"})
    st.rerun()


def _inner(desk: TuneDesk) -> Measured | None:
    """Figures of the inner split, if they are there: nobody waits for them here."""
    try:
        if desk.tuning.readiness(desk.ctx.principal) is None:
            return desk.measured
    except NotEnoughDataError:
        pass
    return None


def _to_sliders() -> None:
    go(**{VIEW: ""})
