"""Links by which somebody chooses the password of an account: invitations and resets.

An admin makes one and passes it on; nobody but the link's reader learns the password. It works
once, for a day, and the next link of the same account voids it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from smartreco.accounts import passwords
from smartreco.accounts.password_rules import require_good_password
from smartreco.accounts.sessions import digest, new_token
from smartreco.entities import Principal
from smartreco.errors import NotAllowedError
from smartreco.store import accounts, audit, login_attempts, reset_tokens, sessions
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.views import OneTimeLink
from smartreco.workspace.core import Core

LINK_LIFE: Final = timedelta(hours=24)


class OneTimeLinks:
    """Use cases of somebody who holds a link and is not signed in."""

    core: Core

    def reset_is_open(self, token: str) -> bool:
        """Whether this link may still set a password."""
        return self.username_of_reset(token) is not None

    def username_of_reset(self, token: str) -> str | None:
        """Whose password this link may set now; None where it was used, is too old or a guess."""
        with self.core.store.cursor() as cursor:
            return reset_tokens.username_of(cursor, digest(token), self.core.now())

    def use_reset(self, token: str, new_password: str) -> Principal:
        """Set the password and use the link up; who may sign in with it.

        All sessions of the account end, and a lock-out of its name is lifted.

        Raises
        ------
        NotAllowedError
            The link was used or is too old.
        WeakPasswordError
            The password is easily guessed; the link stays good.
        """
        now, token_hash = self.core.now(), digest(token)
        name = self.username_of_reset(token)
        if name is None:
            raise _void()
        require_good_password(new_password, name)
        hashed = passwords.hash_password(new_password)

        def work(cursor: Cursor) -> Principal:
            account = accounts.find(cursor, name)
            if reset_tokens.username_of(cursor, token_hash, now) != name or account is None:
                raise _void()
            reset_tokens.use_up(cursor, token_hash)
            accounts.set_password(cursor, name, hashed)
            login_attempts.forget(cursor, name)
            sessions.revoke_all(cursor, name, now)
            audit.record(cursor, audit.Entry(now, name, "password chosen by link", name))
            account = accounts.find(cursor, name) or account
            return account.principal

        return self.core.store.write(work)


def make_link(cursor: Cursor, username: str, made_by: str, now: datetime) -> OneTimeLink:
    """A fresh link for an account, whose earlier ones are void from here on."""
    token = new_token()
    reset_tokens.insert(cursor, digest(token), username, made_by, now, now + LINK_LIFE)
    return OneTimeLink(username, token)


def _void() -> NotAllowedError:
    return NotAllowedError(
        "a link to choose a password works once, for a day", "one that is used or too old",
        "ask your administrator for a new one",
    )  # fmt: skip
