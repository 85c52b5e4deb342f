"""What a question rests on, with a slider each: what comes of it were that otherwise."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import messages
from pages.components.markup import place, tag
from pages.context import Context
from pages.product_manager.what_if.desk import WhatIfDesk
from smartreco.language import Message, Percent, Sentence
from smartreco.scenario.assuming import Assumed, In
from smartreco.scenario.assumptions import LEAST, MOST
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.words import say

STEP: Final = 5  # per cent
MIDDLE: Final = 50  # per cent: as learned
MOVED: Final = Message("{n} assumption moved by you", "{n} assumptions moved by you", "n")


def draw(desk: WhatIfDesk, outcome: Outcome) -> None:
    """All that the levers lean on, shut until it is asked for."""
    if not outcome.assumed:
        return
    t = desk.ctx.t
    opened = st.expander(
        t("Assumptions: move one and see"), key="what-if-assumptions", icon=":material/tune:",
        on_change="rerun",
    )  # fmt: skip
    if not opened.open:
        return
    with opened, st.container(key="sr-whatif-assumptions", gap="medium"):
        messages.note(
            t("In the middle each is as it was learned, and its doubt is part of the bands. Moved, "
              "it is held there in all futures, so that the bands narrow: left is the low end of "
              "what is believed, right its high end.")
        )  # fmt: skip
        for one in outcome.assumed:
            _slider(desk, one)
        st.button(
            t("All as learned"), key="assume-reset", icon=":material/restart_alt:",
            on_click=desk.assume_nothing, disabled=not desk.draft.assumptions.moved(),
        )  # fmt: skip


def moved_words(ctx: Context, outcome: Outcome) -> str:
    """How many are moved; "" : none."""
    count = sum(one.place is not None for one in outcome.assumed)
    return ctx.language.say(MOVED, {"n": count}) if count else ""


def _slider(desk: WhatIfDesk, one: Assumed) -> None:
    key, now = f"assume-{one.name}", desk.draft.assumptions.moved().get(one.name)
    st.session_state[key] = MIDDLE if now is None else round(100 * now)
    with st.container(gap="xxsmall", key=f"sr-assumed-{one.name}"):
        st.slider(
            say(Sentence(f"cause.{one.name}"), desk.ctx.language), round(100 * LEAST),
            round(100 * MOST), key=key, step=STEP, format="%d %%", on_change=_take,
            args=(desk, one.name, key),
        )  # fmt: skip
        place(tag("p", _words(desk.ctx, one), *_mark(desk.ctx, one), cls="small"))


def _mark(ctx: Context, one: Assumed) -> tuple[str, ...]:
    if one.place is None:
        return ()
    return (" ", tag("span", ctx.t("moved by you"), cls="chip warm"))


def _words(ctx: Context, one: Assumed) -> str:
    """Where it stands, what is likely, and how that is known."""
    shown = {name: _value(ctx, one, getattr(one, name)) for name in ("low", "high", "value")}
    template = (
        "{value}, as learned (likely {low} to {high}), from {source}." if one.place is None
        else "Held at {value} (learned: likely {low} to {high}), from {source}."
    )  # fmt: skip
    return ctx.t(template, source=say(one.source, ctx.language), **shown)


def _value(ctx: Context, one: Assumed, value: float) -> str:
    match one.written:
        case In.ELASTICITY:
            number = ctx.language.number(abs(value), 1)
            return ctx.t(
                "{n} % for each per cent of the price", n=f"{'−' if value else ''}{number}"
            )
        case In.CHANGE:
            sign = "−" if value < 0 else "+"
            return f"{sign}{ctx.language.show(Percent(abs(value)))}"
        case In.SHARE:
            return ctx.language.show(Percent(value))
        case In.PIECES:
            return ctx.t("{n} pieces", n=ctx.language.compact(value))


def _take(desk: WhatIfDesk, name: str, key: str) -> None:
    given = int(st.session_state[key])
    desk.assume(name, None if given == MIDDLE else given / 100)
