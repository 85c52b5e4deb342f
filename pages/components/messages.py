"""What a page says when there is nothing to show, when something failed, when something was done.

One place turns an error's class into a sentence on the page, so that no page
invents its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from pages.components.markup import Html, literal, place, tag
from pages.components.tiles import drawing
from smartreco.errors import NotAllowedError, NotReadyError, SmartRecoError
from smartreco.language import Language


def empty_state(
    title: str, hint: str, icon: str = "package", *, key: str,
    action: str = "", on_click: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """Say plainly that there is nothing, why, and what can be done about it."""
    with st.container(key=f"sr-empty-{key}", horizontal_alignment="center", gap="small"):
        place(_message(title, hint, icon))
        if action and on_click is not None:
            st.button(action, key=f"empty-{key}", on_click=on_click)


def note(text: str) -> None:
    """A quiet sentence about what a figure or a list rests on; inside a keyed container."""
    place(tag("p", text, cls="small"))


def done(text: str, icon: str = ":material/check_circle:") -> None:
    """Confirm an act; it goes away by itself."""
    st.toast(literal(text), icon=icon)


@contextmanager
def told(language: Language) -> Iterator[None]:
    """Turn a refusal inside a button's act into a sentence the reader sees."""
    try:
        yield
    except SmartRecoError as error:
        st.toast(literal(refusal(error, language)), icon=":material/error:", duration="long")


def refusal(error: SmartRecoError, language: Language) -> str:
    """An error as a reader's sentence."""
    match error:
        case NotReadyError():
            return language.text("Still being prepared. Please try again in a moment.")
        case NotAllowedError():
            return language.text("Your account may not do this. Sign in again if you were away.")
        case _:
            return " ".join(_sentences(error, language))


def _sentences(error: SmartRecoError, language: Language) -> Iterator[str]:
    """What must hold, what is there instead, and what to do: a sentence each."""
    yield language.text("That did not work: {why}.", why=language.error(error.rule).rstrip(".।"))
    if error.found:
        yield language.text("Found: {what}.", what=error.found.rstrip("."))
    if error.action:
        act = language.error(error.action).rstrip(".।")
        yield language.text("{act}.", act=f"{act[:1].upper()}{act[1:]}")


def _message(title: str, hint: str, icon: str) -> Html:
    return tag(
        "div", tag("span", drawing(icon), cls="picture", aria_hidden="true"),
        tag("p", title, cls="empty-title"), tag("p", hint, cls="small"), cls="empty",
    )  # fmt: skip
