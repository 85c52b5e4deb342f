"""Accounts as an admin looks through them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from smartreco.accounts.lockout import WINDOW, locked_until
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.store import account_search, login_attempts
from smartreco.store import accounts as stored
from smartreco.store.account_search import AccountFilter
from smartreco.store.accounts import Account
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.seen_sessions import SeenSessions, idle_since
from smartreco.workspace.accounts.views import AccountState, AccountView
from smartreco.workspace.core import Core, permits

MOST: Final = 500  # of one answer
WORDS: Final = 8  # of a search that are looked for


class AccountList:
    """Reading accounts; nothing here changes one."""

    core: Core
    _seen: SeenSessions

    @permits(Role.ADMIN)
    def accounts(
        self,
        principal: Principal,
        search: str = "",
        role: Role | None = None,
        state: AccountState | str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[tuple[AccountView, ...], int]:
        """Accounts by username, and how many the filter leaves in all.

        ``search`` : words that all stand in the username, the name or the id it is bound to.

        Raises
        ------
        InputError
            A stretch or a state that cannot be.
        """
        if not 0 < limit <= MOST or offset < 0:
            raise InputError(
                f"an answer has 1 to {MOST} accounts, from account 0 on",
                f"limit {limit}, offset {offset}", "ask for fewer, or begin later",
            )  # fmt: skip
        if state is not None and state not in set(AccountState):
            raise InputError("a state is one of " + ", ".join(AccountState), repr(str(state)))
        now = self.core.now()
        self._seen.flush()
        with self.core.store.cursor() as cursor:
            locked = _locked(cursor, now)
            wanted = AccountFilter(
                tuple(search.lower().split()[:WORDS]), role,
                None if state is None else str(state), tuple(locked),
            )  # fmt: skip
            found, total = account_search.search(cursor, wanted, limit, offset)
            return self._views(cursor, found, locked, now), total

    @permits(Role.ADMIN)
    def account(self, principal: Principal, username: str) -> AccountView:
        """One account.

        Raises
        ------
        NotFoundError
            There is none of that name.
        """
        now = self.core.now()
        with self.core.store.cursor() as cursor:
            found = known(cursor, username.strip().lower())
            return self._views(cursor, [found], _locked(cursor, now), now)[0]

    def _views(
        self, cursor: Cursor, found: list[Account], locked: dict[str, datetime], now: datetime
    ) -> tuple[AccountView, ...]:
        names = [one.username for one in found]
        open_ones = account_search.sessions_of(
            cursor, names, now, idle_since(self.core.settings, now)
        )
        return tuple(
            AccountView(
                one.username, one.name, one.role, one.retailer_id, one.vendor_id, one.demo,
                one.disabled, one.must_change, one.created_at, one.last_signed_in_at,
                locked.get(login_attempts.attempted(one.username)),
                open_ones.get(one.username, 0), invited=not one.has_password,
            )
            for one in found
        )  # fmt: skip


def known(cursor: Cursor, username: str) -> Account:
    """The account of a name.

    Raises
    ------
    NotFoundError
        There is none.
    """
    account = stored.find(cursor, username)
    if account is None:
        raise NotFoundError(
            "an account is named by its username", repr(username), "list the accounts"
        )
    return account


def _locked(cursor: Cursor, now: datetime) -> dict[str, datetime]:
    """When names open that are locked now, by their sum."""
    failures = login_attempts.all_failures_since(cursor, now - WINDOW)
    opening = {name: locked_until(times, now) for name, times in failures.items()}
    return {name: until for name, until in opening.items() if until is not None}
