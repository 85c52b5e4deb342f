"""Signing in and staying signed in."""

from __future__ import annotations

from smartreco.accounts.devices import device_of
from smartreco.accounts.sessions import OpenedSession
from smartreco.entities import Principal
from smartreco.store import accounts, audit, sessions
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.opening import Opening
from smartreco.workspace.accounts.password_check import check, refused
from smartreco.workspace.accounts.seen_sessions import SeenSessions, idle_since
from smartreco.workspace.accounts.usernames import LONGEST_NAME, tidy_username
from smartreco.workspace.accounts.views import Ending
from smartreco.workspace.core import Core


class SigningIn:
    """Use cases of somebody who is not signed in yet, or wants to leave."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._opening = Opening(core.settings)
        self._seen = SeenSessions(core.store)

    def sign_in(self, username: str, password: str, through: str = "page") -> Principal:
        """Check a name and a password; ``through`` is for the audit log.

        Raises
        ------
        LockedOutError
            Five wrong passwords for this name within five minutes; ``seconds`` says how
            long it lasts. Names without an account lock in the same way.
        SignInError
            The name or the password is wrong, or the account is disabled.
        """
        name = tidy_username(username)[:LONGEST_NAME]
        if not name or not password:
            raise refused("nothing for one of them")
        now = self.core.now()
        who = check(self.core.store, name, password, now, "sign-in", through)

        def work(cursor: Cursor) -> None:
            accounts.set_signed_in(cursor, name, now)
            audit.record(cursor, audit.Entry(now, name, "signed in", name, {"through": through}))

        self.core.store.write(work)
        return who

    def open_session(
        self, principal: Principal, user_agent: str | None = None, language: str = ""
    ) -> OpenedSession:
        """Begin a session for somebody who has just signed in, with a ticket for the cookie.

        ``user_agent`` is what the browser says of itself; two words of it are kept. ``language``
        was chosen at the sign-in; where none was, an account goes on in the one it read last.
        A demo account is everybody's, and begins in the browser's.
        """
        name, device, now = principal.username, device_of(user_agent), self.core.now()

        def work(cursor: Cursor) -> OpenedSession:
            accounts.set_signed_in(cursor, name, now)  # a one-time link asks for no password
            account = accounts.find(cursor, name)
            own = account is not None and not account.demo
            spoken = language or (sessions.last_language(cursor, name) if own else "")
            return self._opening.open(cursor, name, device, now, spoken)

        return self.core.store.write(work)

    def redeem(self, ticket: str) -> str | None:
        """The cookie's value for a ticket: once, within its 30 seconds; else None."""
        return self._opening.redeem(ticket, self.core.now())

    def principal_of_session(self, session_id: str) -> Principal | None:
        """Who holds a session now; None when it ended, was revoked or its account disabled.

        It ends ``idle_hours`` after it was used last, or ``session_days`` after it began.
        ``session_id`` is the digest of the cookie (`smartreco.accounts.sessions.digest`).
        """
        now = self.core.now()
        noted = self._seen.noted(session_id)
        with self.core.store.cursor() as cursor:
            found = sessions.held(cursor, session_id, now)
        if found is None:
            return None
        used = max(found.last_seen_at, noted)
        if used <= idle_since(self.core.settings, now):
            return None
        self._seen.note(session_id, used, now)
        return found.principal

    def ending_of(self, session_id: str) -> Ending:
        """Why a session is good no more; only for the browser that held it."""
        with self.core.store.cursor() as cursor:
            name = sessions.username_of(cursor, session_id)
            account = accounts.find(cursor, name) if name is not None else None
        over = account is not None and account.demo and account.disabled
        return Ending.DEMO if over else Ending.ENDED

    def sign_out(self, session_id: str) -> None:
        """End a session; its cookie is worth nothing from here on."""
        now = self.core.now()

        def work(cursor: Cursor) -> None:
            holder = sessions.held(cursor, session_id, now)
            sessions.revoke(cursor, session_id, now)
            if holder is not None:
                name = holder.principal.username
                audit.record(cursor, audit.Entry(now, name, "signed out", name))

        self.core.store.write(work)
