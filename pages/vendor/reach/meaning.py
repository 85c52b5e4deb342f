"""What a number means and where it comes from: one click away from it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.components.markup import place, tag
from pages.vendor.reach.visit import ReachVisit
from smartreco.workspace.vendor.reach_views import Sentence


def popover(
    visit: ReachVisit, key: str, method: Sequence[Sentence], more: Sequence[str] = ()
) -> None:
    """A quiet button; behind it what the workspace says of the figures, a sentence a line."""
    said = [*more, *(visit.ctx.language.say(*one) for one in method)]
    if not said:
        return
    label = visit.ctx.t("What this means and where it comes from")
    opened = st.popover(
        label, type="tertiary", icon=":material/help:", key=f"why-reach-{key}", on_change="rerun"
    )
    if opened.open:
        with opened, st.container(key=f"sr-why-reach-{key}", width=480):
            lines = (tag("li", _ended(one)) for one in said)
            place(tag("ul", *lines, cls="sentences"))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
