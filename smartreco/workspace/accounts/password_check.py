"""Checking a password: five wrong ones shut a name, whether or not it has an account.

Three steps, because the slow one (the hash) must not happen inside a transaction. Every try
leaves the same rows and costs one hash, so neither words nor time tell whether a name is known.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime

from smartreco.accounts import passwords
from smartreco.accounts.lockout import ALLOWED, WINDOW, LockedOutError, locked_until
from smartreco.entities import Principal
from smartreco.errors import SignInError
from smartreco.store import Store, accounts, audit, login_attempts
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.usernames import NOBODY


@dataclass(frozen=True, slots=True)
class _Begun:
    hashed: str | None
    tries_left: int
    opens_at: datetime | None = None


def check(
    store: Store, name: str, password: str, now: datetime, act: str, through: str
) -> Principal:
    """The account whose password this is.

    Parameters
    ----------
    name
        A tidy username.
    act
        What it is for, as the audit log says it: "sign-in" is followed by failed or locked.
    through
        Where it was typed: page, API.

    Raises
    ------
    LockedOutError
        Too many wrong ones for this name.
    SignInError
        It is not; ``tries_left`` until the name is locked.
    """
    log = _Log(name, now, act, through)
    begun = store.write(lambda cursor: _begin(cursor, name, now, log))
    if begun.opens_at is not None:
        seconds = math.ceil((begun.opens_at - now).total_seconds())
        raise LockedOutError(seconds, begun.opens_at)
    right = passwords.verify_password(password, begun.hashed or passwords.DUMMY_HASH)
    # the account may have been disabled, or given another password, while this one was checked
    found = store.write(
        lambda cursor: _end(cursor, name, begun.hashed if right else None, now, log)
    )
    if found is None:
        raise refused("a pair that matches no account", begun.tries_left)
    return found


def refused(found: str, tries_left: int | None = None) -> SignInError:
    """The one answer to every pair that is not right."""
    error = SignInError("a username and its password sign in", found, "check both and try again")
    error.tries_left = tries_left
    return error


@dataclass(frozen=True, slots=True)
class _Log:
    """Writes what became of a try; a name without an account only as a short sum of it."""

    name: str
    now: datetime
    act: str
    through: str

    def __call__(self, cursor: Cursor, outcome: str) -> None:
        known = accounts.find(cursor, self.name) is not None
        who, about = (self.name, self.name) if known else (NOBODY, f"#{_sum(self.name)}")
        entry = audit.Entry(
            self.now, who, f"{self.act} {outcome}", about, {"through": self.through}
        )
        audit.record(cursor, entry)


def _begin(cursor: Cursor, name: str, now: datetime, log: _Log) -> _Begun:
    # the try counts as wrong until it proves right: a hundred at once get five guesses
    failures = login_attempts.failures_since(cursor, name, now - WINDOW)
    until = locked_until(failures, now)
    if until is not None:
        log(cursor, "locked")
        return _Begun(None, 0, until)
    login_attempts.forget_before(cursor, now - WINDOW)
    login_attempts.record(cursor, name, now, succeeded=False)
    recent = sum(at > now - WINDOW for at in failures)
    return _Begun(accounts.password_hash(cursor, name), ALLOWED - recent - 1)


def _end(
    cursor: Cursor, name: str, hashed: str | None, now: datetime, log: _Log
) -> Principal | None:
    account = accounts.find(cursor, name)
    if hashed is None or account is None or accounts.password_hash(cursor, name) != hashed:
        log(cursor, "failed")
        return None
    login_attempts.record(cursor, name, now, succeeded=True)
    return account.principal


def _sum(name: str) -> str:
    """Sixteen bits of a name: enough to see that tries are alike, too few to guess it by."""
    return hashlib.sha256(name.encode()).hexdigest()[:4]
