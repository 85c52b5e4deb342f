"""What a refused sign-in is told: why, how many tries are left, when a locked name opens."""

from __future__ import annotations

import math
from typing import Final

import streamlit as st

from pages.account import moments
from pages.context import Context
from smartreco.accounts.lockout import WINDOW, LockedOutError
from smartreco.errors import SignInError
from smartreco.language import Message

LOCKED: Final = Message(
    "Too many wrong passwords for this username. Try again in {minutes} minute, at {clock}.",
    "Too many wrong passwords for this username. Try again in {minutes} minutes, at {clock}.",
    "minutes",
)
LEFT: Final = Message(
    "{n} more try, then this username is locked for a while.",
    "{n} more tries, then this username is locked for a while.",
    "n",
)
NOW_LOCKED: Final = Message(
    "This username is now locked for up to {minutes} minute.",
    "This username is now locked for up to {minutes} minutes.",
    "minutes",
)
WARN_FROM = 2  # tries left


def render(ctx: Context, problem: SignInError) -> None:
    """Say it; the words are the same whether or not the name has an account."""
    if isinstance(problem, LockedOutError):
        _count(ctx, problem)
        return
    wrong = ctx.t("This username and password match no account. Check both and try again.")
    more = _left(ctx, problem.tries_left)
    st.error(f"{wrong} {more}" if more else wrong)


def _left(ctx: Context, tries: int | None) -> str:
    if tries is None or tries > WARN_FROM:
        return ""
    if tries == 0:
        return ctx.t(NOW_LOCKED, minutes=int(WINDOW.total_seconds() // 60))
    return ctx.t(LEFT, n=tries)


def _count(ctx: Context, problem: LockedOutError) -> None:
    @st.fragment(run_every="10s")
    def follow() -> None:
        seconds = (problem.opens_at - moments.now()).total_seconds()
        if seconds > 0:
            at = moments.clock(ctx, problem.opens_at)
            st.error(ctx.t(LOCKED, minutes=math.ceil(seconds / 60), clock=at))
        else:
            st.info(ctx.t("You can try again now."))

    follow()
