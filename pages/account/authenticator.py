"""streamlit-authenticator over our own store.

The library draws the form and drives it; what it would keep in a YAML file, in
a readable cookie and in the browser's tab is replaced here:

- credentials are checked by `People.sign_in`, with its lock-out;
- the cookie is opaque, HttpOnly and revocable. It is read from the request
  that opened the tab's connection and set by an image (`smartreco.api.session`),
  so no iframe and no script take part.

The library's constructors are left out on purpose: they read a dictionary of
credentials, and the widgets that need it (forgotten password, second factor,
e-mail) are not used.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
import streamlit_authenticator as stauth
from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.models import AuthenticationModel

from pages.state import reader, sign_in_state
from smartreco.accounts.sessions import OpenedSession, digest
from smartreco.api.session import COOKIE
from smartreco.entities import Principal
from smartreco.errors import SignInError
from smartreco.workspace.accounts.people import People

LIBRARY_KEYS = ("name", "authentication_status", "username", "email", "roles", "logout")


class Authenticator(stauth.Authenticate):  # type: ignore[misc]
    """The library's widgets over the accounts and sessions of the store; one a run."""

    def __init__(self, people: People) -> None:
        model = StoredAccounts(people)
        self._people = people
        self.api_key = self.path = self.secret_key = self.encryptor = None
        self.attrs = {"login_sleep_time": 0}
        self.authentication_controller = Controller(model)
        self.cookie_controller = StoredSessions(people, model)
        for key in LIBRARY_KEYS:
            st.session_state.setdefault(key, None)

    def signed_in(self) -> Principal | None:
        """Who this tab is signed in as, by its own session or else the browser's cookie."""
        if sign_in_state.session_id is None:
            self.login(location="unrendered")
        holder, held = self.cookie_controller.holder(), sign_in_state.session_id
        if holder is None and held is not None:
            ending = self._people.ending_of(held)
            forget_tab()
            sign_in_state.ending = ending
        return holder

    def enter(self, username: str, password: str) -> None:
        """Sign in without the form; for a button."""
        if self.authentication_controller.login(username, password):
            self.cookie_controller.set_cookie()

    def admit(self, principal: Principal) -> None:
        """Sign in somebody who has shown otherwise who he is: the first admin."""
        self.authentication_controller.authentication_model.remember(principal)
        self.cookie_controller.set_cookie()

    def leave(self) -> None:
        """Sign out: the session is revoked and the tab forgets everything; for a button."""
        self.authentication_controller.logout()
        self.cookie_controller.delete_cookie()
        forget_tab()
        sign_in_state.left = True


class Controller(AuthenticationController):  # type: ignore[misc]
    """Passes what was typed on as it is; the library would strip passwords."""

    def __init__(self, model: StoredAccounts) -> None:
        self.authentication_model = model

    def login(
        self, username: str | None = None, password: str | None = None,
        *library: Any, token: dict[str, str] | None = None, **ignored: Any,
    ) -> bool | None:  # fmt: skip
        """Check what was typed, or take over what a cookie said."""
        return self.authentication_model.login(username, password, token=token)


class StoredAccounts(AuthenticationModel):  # type: ignore[misc]
    """Checks credentials against the store and fills the library's session keys."""

    def __init__(self, people: People) -> None:
        self._people = people
        self.path = self.credentials = None
        self.admitted: Principal | None = None

    def login(
        self, username: str | None, password: str | None,
        *library: Any, token: dict[str, str] | None = None, **ignored: Any,
    ) -> bool | None:  # fmt: skip
        """True if the pair is right; why not is kept in `sign_in_state.problem`."""
        if token is not None:
            st.session_state.update(authentication_status=True, username=token["username"])
            return None
        try:
            self.remember(self._people.sign_in(username or "", password or ""))
        except SignInError as problem:
            sign_in_state.problem = problem
            st.session_state["authentication_status"] = False
            return False
        return True

    def remember(self, principal: Principal) -> None:
        """Fill the keys that the library's widgets read; pages never do."""
        self.admitted = principal
        sign_in_state.problem = sign_in_state.ending = None
        st.session_state.update(
            authentication_status=True, username=principal.username, name=principal.name
        )


class StoredSessions:
    """Stands in for the library's cookie controller."""

    def __init__(self, people: People, accounts: StoredAccounts) -> None:
        self._people = people
        self._accounts = accounts

    def get_cookie(self) -> dict[str, str] | None:
        """What the browser's cookie says, while its session is good."""
        cookie = browser_cookie()
        if cookie is None:
            return None
        holder = self._people.principal_of_session(digest(cookie))
        if holder is None:
            return None
        sign_in_state.session_id = digest(cookie)
        return {"username": holder.username}

    def set_cookie(self) -> None:
        """Open a session for whoever was let in."""
        if self._accounts.admitted is not None:
            hold(
                self._people.open_session(self._accounts.admitted, browser_name(), reader.language)
            )

    def delete_cookie(self) -> None:
        """End the session; the cookie that names it is worth nothing from here on."""
        if sign_in_state.session_id is not None:
            self._people.sign_out(sign_in_state.session_id)

    def holder(self) -> Principal | None:
        """Who holds this tab's session now, read anew."""
        if sign_in_state.session_id is None:
            return None
        return self._people.principal_of_session(sign_in_state.session_id)


def browser_cookie() -> str | None:
    """The cookie as the request that opened this tab's connection brought it."""
    cookie = st.context.cookies.get(COOKIE)
    return cookie if isinstance(cookie, str) else None  # Streamlit's AppTest answers with a mock


def browser_name() -> str | None:
    """What the browser says of itself."""
    said = st.context.headers.get("User-Agent")
    return said if isinstance(said, str) else None


def hold(opened: OpenedSession) -> None:
    """Let this tab go on in a session just opened; its ticket waits until it is drawn."""
    sign_in_state.session_id = opened.session_id
    sign_in_state.ticket = opened.ticket


def forget_tab() -> None:
    """Drop all this tab keeps, so that whoever signs in next finds nothing of the last."""
    spoken = reader.language
    st.session_state.clear()
    reader.language = spoken
    for key in LIBRARY_KEYS:
        st.session_state[key] = None
