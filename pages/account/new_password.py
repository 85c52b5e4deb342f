"""The fields in which a new password is chosen, with a word on how long it would hold."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components.markup import place, tag
from pages.context import Context
from smartreco.accounts.password_rules import SHORTEST, Judged, Strength, judge
from smartreco.errors import SmartRecoError

AT_ONCE: Final = "0s"  # each letter is kept, and the page is not drawn for it
STEPS: Final = {Strength.REFUSED: 1, Strength.FAIR: 2, Strength.GOOD: 3, Strength.STRONG: 4}
SAID: Final = {
    Strength.FAIR: "Fair: it would hold for a while. One more word makes it good.",
    Strength.GOOD: "Good: hard to guess.",
    Strength.STRONG: "Strong: very hard to guess.",
}


def fields(ctx: Context, key: str, username: str, name: str = "") -> tuple[str, str]:
    """Draw both fields; what was typed in each.

    They stand outside a form, so that the hint answers while the first is typed. Without `live`
    what is typed would be lost on the way by keyboard: leaving a field for the button inside it
    that shows the password keeps nothing, and leaving that button keeps nothing either.
    """
    with st.container(key=f"sr-newpassword-{key}", gap="small"):
        password = st.text_input(
            ctx.t("New password"),
            type="password",
            key=f"{key}_new",
            live=True,
            autocomplete="new-password",
        )
        _hint(ctx, password, username, name)
        again = st.text_input(
            ctx.t("New password again"), type="password", key=f"{key}_again",
            autocomplete="new-password", live=AT_ONCE, on_change="ignore",
        )  # fmt: skip
    return password, again


def sentences(ctx: Context, error: SmartRecoError) -> str:
    """A refusal as sentences: the rule, and what to do."""
    said = map(ctx.language.error, filter(None, (error.rule, error.action)))
    return " ".join(map(_sentence, said))


def _hint(ctx: Context, password: str, username: str, name: str) -> None:
    """Always there, so that nothing below it moves while somebody aims for a button."""
    if not password:
        words = ctx.t("At least {n} characters. Four words that do not belong together are good.",
                      n=SHORTEST)  # fmt: skip
        place(tag("p", words, cls="small strength"))
        return
    judged = judge(password, username, name)
    steps = STEPS[judged.strength]
    bars = (tag("i", cls="on" if step < steps else None) for step in range(len(STEPS)))
    place(
        tag(
            "div",
            tag("span", *bars, cls="bars", aria_hidden="true"),
            tag("span", _judged(ctx, judged), cls="small", role="status"),
            cls=f"strength {judged.strength.value}",
        )
    )


def _judged(ctx: Context, judged: Judged) -> str:
    return _sentence(ctx.t(judged.problem)) if judged.problem else ctx.t(SAID[judged.strength])


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
