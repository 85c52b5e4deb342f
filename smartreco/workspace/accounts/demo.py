"""One account a role, for data that anyone may see, and never beside anybody's own.

The five share one password, generated for the store and shown on the sign-in
page. It is kept in clear for that page; it opens nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from smartreco.accounts import passwords
from smartreco.entities import OPERATOR, Role
from smartreco.store import accounts, audit, sessions, settings
from smartreco.store.accounts import NO_PASSWORD, Account
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core

PASSWORD_SETTING = "demo_password"  # noqa: S105 - the setting's name, not a password
USERNAMES: Mapping[Role, str] = {
    Role.RETAILER: "retailer",
    Role.VENDOR: "vendor",
    Role.PRODUCT_MANAGER: "manager",
    Role.ANALYST: "analyst",
    Role.ADMIN: "admin",
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What the sign-in page shows of a demo account; ``bound_to`` is a shop's or vendor's name."""

    username: str
    role: Role
    bound_to: str | None
    password: str = field(repr=False)


class DemoAccounts:
    """Demo accounts come and go with the data set."""

    core: Core

    def ensure_demo_accounts(
        self, retailer_id: str | None, vendor_id: str | None, password: str | None = None
    ) -> str:
        """Make or renew one account a role and return the password that they share.

        A username that somebody else's account has taken is left alone, and a role
        whose shop or vendor is missing gets no account. The password is `password`,
        else the setting SMARTRECO_DEMO_PASSWORD, else the store's, else a new one.
        """
        with self.core.store.cursor() as cursor:
            kept = settings.get(cursor, PASSWORD_SETTING)
        wanted = password or self.core.settings.demo_password or kept
        secret = wanted or passwords.memorable_password(words=3)
        hashed = passwords.hash_password(secret)  # one hash for all five: they share the password
        now = self.core.now()
        bound = {Role.RETAILER: retailer_id, Role.VENDOR: vendor_id}

        def work(cursor: Cursor) -> None:
            settings.put(cursor, PASSWORD_SETTING, secret)
            for role, username in USERNAMES.items():
                if bound.get(role, username) is not None:
                    account = _demo_account(cursor, username, role, bound.get(role), now)
                    _renew(cursor, account, hashed, now, changed=secret != kept)

        self.core.store.write(work)
        return secret

    def remove_demo_accounts(self) -> int:
        """Disable demo accounts, end their sessions and take their password away; how many.

        It stood on the sign-in page: outside the demo it opens nothing any more.
        """
        now = self.core.now()

        def work(cursor: Cursor) -> int:
            settings.remove(cursor, PASSWORD_SETTING)
            open_ones = [a for a in accounts.every(cursor) if a.demo and not a.disabled]
            for account in open_ones:
                accounts.set_disabled(cursor, account.username, True)
                accounts.set_password(cursor, account.username, NO_PASSWORD)
                sessions.revoke_all(cursor, account.username, now)
                _audit(cursor, now, "demo account removed", account)
            return len(open_ones)

        return self.core.store.write(work)

    def demo_accounts(self) -> list[DemoAccount]:
        """What the sign-in page may show; nothing where no demo account is open."""
        with self.core.store.cursor() as cursor:
            password = settings.get(cursor, PASSWORD_SETTING)
            open_ones = [a for a in accounts.every(cursor) if a.demo and not a.disabled]
        if password is None:
            return []
        order = list(USERNAMES)
        shown = sorted(open_ones, key=lambda account: order.index(account.role))
        scoped = (Role.RETAILER, Role.VENDOR)
        return [
            DemoAccount(a.username, a.role, a.name if a.role in scoped else None, password)
            for a in shown
        ]


def _demo_account(
    cursor: Cursor, username: str, role: Role, bound_to: str | None, now: datetime
) -> Account:
    """The account as it should be; it bears the name of the shop or vendor it is bound to."""
    retailer_id = bound_to if role is Role.RETAILER else None
    vendor_id = bound_to if role is Role.VENDOR else None
    name = f"Demo {role.value.replace('_', ' ')}"
    if retailer_id is not None:
        name = accounts.retailer_name(cursor, retailer_id) or name
    if vendor_id is not None:
        name = accounts.vendor_name(cursor, vendor_id) or name
    return Account(
        username, name, role, retailer_id, vendor_id, demo=True, disabled=False, created_at=now
    )


def _renew(cursor: Cursor, wanted: Account, hashed: str, now: datetime, *, changed: bool) -> None:
    there = accounts.find(cursor, wanted.username)
    if there is None:
        accounts.insert(cursor, wanted, hashed)
        _audit(cursor, now, "demo account added", wanted)
        return
    if not there.demo:
        return
    if changed or there.disabled or there.principal != wanted.principal:
        accounts.set_password(cursor, wanted.username, hashed)
        accounts.set_disabled(cursor, wanted.username, False)
        accounts.bind(cursor, wanted)
        sessions.revoke_all(cursor, wanted.username, now)
        _audit(cursor, now, "demo account renewed", wanted)


def _audit(cursor: Cursor, now: datetime, action: str, account: Account) -> None:
    audit.record(
        cursor,
        audit.Entry(now, OPERATOR.username, action, account.username, {"role": account.role.value}),
    )
