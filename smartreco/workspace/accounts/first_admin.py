"""The first admin, where no demo account and so no password exists.

Whoever reads the server's log opens a link and chooses the admin's name and
password. The link works once, for a day, and only while there is no admin.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from smartreco.accounts import passwords
from smartreco.accounts.password_rules import require_good_password
from smartreco.accounts.sessions import digest, new_token
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError
from smartreco.store import accounts, audit, settings
from smartreco.store.accounts import Account
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.usernames import require_username, tidy_username
from smartreco.workspace.core import Core

LINK_LIFE = timedelta(hours=24)
TOKEN_SETTING = "setup_token_hash"  # noqa: S105 - the setting's name, not a token
UNTIL_SETTING = "setup_until"


class FirstAdmin:
    """Setting up the first admin by a one-time link."""

    core: Core

    def needs_first_admin(self) -> bool:
        """Whether no admin can sign in."""
        with self.core.store.cursor() as cursor:
            return not _has_admin(cursor)

    def offer_setup(self) -> str:
        """A fresh set-up token; one offered before is worth nothing any more."""
        token = new_token()
        until = self.core.now() + LINK_LIFE

        def work(cursor: Cursor) -> None:
            settings.put(cursor, TOKEN_SETTING, digest(token))
            settings.put(cursor, UNTIL_SETTING, until.isoformat())

        self.core.store.write(work)
        return token

    def setup_is_open(self, token: str) -> bool:
        """Whether this token may still set up an admin."""
        with self.core.store.cursor() as cursor:
            return _is_open(cursor, token, self.core.now())

    def set_up_admin(self, token: str, username: str, name: str, password: str) -> Principal:
        """Make the first admin and use the token up.

        Raises
        ------
        NotAllowedError
            The link was used, is too old, or an admin is there already.
        InputError
            The username is malformed or taken, or the password is weak.
        """
        now = self.core.now()
        chosen = tidy_username(username)
        require_username(chosen)
        require_good_password(password, chosen, name)
        hashed = passwords.hash_password(password) if self.setup_is_open(token) else ""
        account = Account(
            chosen, name.strip() or chosen, Role.ADMIN, None, None,
            demo=False, disabled=False, created_at=now,
        )  # fmt: skip

        def work(cursor: Cursor) -> None:
            if not hashed or not _is_open(cursor, token, now):
                raise NotAllowedError(
                    "a set-up link works once, for a day, until there is an admin",
                    "one that is used or too old",
                    "start the program again and take the new link from its log",
                )
            if accounts.find(cursor, chosen) is not None:
                raise InputError("a username is used once", chosen, "choose another")
            accounts.insert(cursor, account, hashed)
            settings.remove(cursor, TOKEN_SETTING)
            settings.remove(cursor, UNTIL_SETTING)
            audit.record(cursor, audit.Entry(now, chosen, "first admin set up", chosen))

        self.core.store.write(work)
        return account.principal


def _has_admin(cursor: Cursor) -> bool:
    return any(a.role is Role.ADMIN and not a.disabled for a in accounts.every(cursor))


def _is_open(cursor: Cursor, token: str, now: datetime) -> bool:
    kept, until = settings.get(cursor, TOKEN_SETTING), settings.get(cursor, UNTIL_SETTING)
    if kept is None or until is None or _has_admin(cursor):
        return False
    return hmac.compare_digest(kept, digest(token)) and now < datetime.fromisoformat(until)
