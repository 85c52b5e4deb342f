"""Signing in and staying signed in.

Words and time are near-equal for names that exist and names that do not, and
the lock-out counts both, so that nobody learns who has an account.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from smartreco.accounts import passwords
from smartreco.accounts.lockout import WINDOW, LockedOutError, locked_until
from smartreco.accounts.sessions import OpenedSession, Tickets, digest, new_token
from smartreco.entities import Principal
from smartreco.errors import SignInError
from smartreco.store import accounts, audit, login_attempts, sessions
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core

LONGEST_NAME = 100  # characters of a username that are looked at


def tidy_username(typed: str) -> str:
    """A username as it is kept: lower case, without the blanks around it."""
    return typed.strip().lower()


class SigningIn:
    """Use cases of somebody who is not signed in yet, or wants to leave."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._tickets = Tickets()

    def sign_in(self, username: str, password: str) -> Principal:
        """Check a name and a password.

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
            raise _refused("nothing for one of them")
        now = self.core.now()
        hashed = self.core.store.write(lambda cursor: self._begin(cursor, name, now))
        right = passwords.verify_password(password, hashed or passwords.DUMMY_HASH)
        if hashed is None or not right:
            raise _refused("a pair that matches no account")
        return self.core.store.write(lambda cursor: self._succeed(cursor, name, hashed, now))

    def _begin(self, cursor: Cursor, name: str, now: datetime) -> str | None:
        # the attempt counts as wrong until it proves right: a hundred at once get five guesses
        failures = login_attempts.failures_since(cursor, name, now - WINDOW)
        until = locked_until(failures, now)
        if until is not None:
            raise LockedOutError(math.ceil((until - now).total_seconds()))
        login_attempts.forget_before(cursor, now - WINDOW)
        login_attempts.record(cursor, name, now, succeeded=False)
        return accounts.password_hash(cursor, name)

    def _succeed(self, cursor: Cursor, name: str, hashed: str, now: datetime) -> Principal:
        account = accounts.find(cursor, name)
        if account is None or accounts.password_hash(cursor, name) != hashed:
            # disabled, or given another password, while this one was being checked
            raise _refused("a pair that matches no account")
        login_attempts.record(cursor, name, now, succeeded=True)
        audit.record(cursor, audit.Entry(now, name, "signed in", name))
        return account.principal

    def open_session(self, principal: Principal) -> OpenedSession:
        """Begin a session for somebody who has just signed in, with a ticket for the cookie."""
        now = self.core.now()
        token = new_token()
        session_id = digest(token)
        ends = now + timedelta(days=self.core.settings.session_days)
        self.core.store.write(
            lambda cursor: sessions.insert(cursor, session_id, principal.username, now, ends)
        )
        return OpenedSession(session_id, self._tickets.issue(token, now))

    def redeem(self, ticket: str) -> str | None:
        """The cookie's value for a ticket: once, within its 30 seconds; else None."""
        return self._tickets.redeem(ticket, self.core.now())

    def principal_of_session(self, session_id: str) -> Principal | None:
        """Who holds a session now; None when it ended, was revoked or its account disabled.

        ``session_id`` is the digest of the cookie (`smartreco.accounts.sessions.digest`).
        """
        with self.core.store.cursor() as cursor:
            return sessions.principal(cursor, session_id, self.core.now())

    def session_times(self, session_id: str) -> tuple[datetime, datetime] | None:
        """When a session began and when it ends by itself, in UTC."""
        with self.core.store.cursor() as cursor:
            return sessions.times(cursor, session_id)

    def sign_out(self, session_id: str) -> None:
        """End a session; its cookie is worth nothing from here on."""
        now = self.core.now()

        def work(cursor: Cursor) -> None:
            holder = sessions.principal(cursor, session_id, now)
            sessions.revoke(cursor, session_id, now)
            if holder is not None:
                audit.record(
                    cursor, audit.Entry(now, holder.username, "signed out", holder.username)
                )

        self.core.store.write(work)


def _refused(found: str) -> SignInError:
    return SignInError("a username and its password sign in", found, "check both and try again")
