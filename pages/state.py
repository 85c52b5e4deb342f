"""`st.session_state` with names, types and defaults: what a page keeps is declared once.

    class Filters:
        search = Slot("")

    filters = Filters()
    filters.search          # "" until something is kept
    filters.search = "tea"  # kept for this browser tab

Keys are ``<class>.<slot>``, so that two pages never share one by accident.
"""

from __future__ import annotations

from typing import Generic, TypeVar, cast

import streamlit as st

from smartreco.errors import SignInError
from smartreco.workspace.accounts.views import Ending

T = TypeVar("T")


class Slot(Generic[T]):
    """One kept value, as an attribute of the class that declares it."""

    def __init__(self, default: T) -> None:
        self._default = default
        self.key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = f"{owner.__name__}.{name}"

    def __get__(self, instance: object, owner: type) -> T:
        return cast(T, st.session_state.get(self.key, self._default))

    def __set__(self, instance: object, value: T) -> None:
        st.session_state[self.key] = value


class Reader:
    """Who reads this tab, as far as everything drawn in it depends on it."""

    language = Slot("")  # chosen at the sign-in page or in the bar; "": the browser's
    locale = Slot("en")  # of all that is shown


reader = Reader()


class SignInState:
    """Who this tab is signed in as, and what is still to be told about trying to."""

    session_id = Slot[str | None](None)
    ticket = Slot[str | None](None)  # waits to be drawn as the image that sets the cookie
    problem = Slot[SignInError | None](None)  # why the last try was refused
    left = Slot(False)  # has just signed out
    ending = Slot[Ending | None](None)  # how this tab's last session came to its end


sign_in_state = SignInState()
