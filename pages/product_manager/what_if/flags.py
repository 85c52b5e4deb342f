"""What to know before trusting a figure: prices never seen, what is borrowed, what is assumed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components.cards import calm
from pages.components.markup import join, place, tag
from pages.product_manager.what_if.desk import WhatIfDesk
from smartreco.scenario.effects import Flag, FlagKind
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.words import say

KINDS: Final = {
    FlagKind.MOVED: ("Moved by you", "chip warm"),
    FlagKind.EXTRAPOLATION: ("Beyond what was seen", "chip warm"),
    FlagKind.BORROWED: ("Borrowed", "chip warm"),
    FlagKind.MISSING: ("Missing", "chip warm"),
    FlagKind.ASSUMPTION: ("Assumed", "chip"),
}
NAMED: Final = 3  # products that are named


def draw(desk: WhatIfDesk, outcome: Outcome) -> None:
    """A line each, warnings first; nothing where there are none."""
    found = sorted(outcome.flags, key=lambda one: list(KINDS).index(one.kind))
    if not found:
        return
    with st.container(key="sr-whatif-flags"):
        lines = (tag("li", *_line(desk, one)) for one in found)
        place(join(tag("h2", desk.ctx.t("What this rests on"), cls="finding"),
                   tag("ul", *lines, cls="rests-on")))  # fmt: skip


def _line(desk: WhatIfDesk, one: Flag) -> list[str]:
    label, cls = KINDS[one.kind]
    words = say(one.sentence, desk.ctx.language)
    if one.products and one.kind is not FlagKind.ASSUMPTION:
        some = [calm(desk.names.products.get(code, code)) for code in one.products[:NAMED]]
        more = ", …" if len(one.products) > NAMED else ""
        words = f"{words.rstrip('.')} ({', '.join(some)}{more})."
    return [tag("span", desk.ctx.t(label), cls=cls), tag("span", words)]
