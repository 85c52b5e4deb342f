"""What an admin does with accounts; every change is in the audit log."""

from __future__ import annotations

import re
from dataclasses import asdict, fields

import pandas as pd

from smartreco.accounts import passwords
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.store import accounts, audit, sessions
from smartreco.store.accounts import Account
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits
from smartreco.workspace.signing_in import LONGEST_NAME, tidy_username

USERNAME = re.compile(rf"[a-z0-9][a-z0-9._@-]{{1,{LONGEST_NAME - 1}}}")


class Administration:
    """Use cases of an admin on accounts."""

    core: Core

    @permits(Role.ADMIN)
    def list_accounts(self, principal: Principal) -> pd.DataFrame:
        """Every account by username; the columns are the fields of `Account`."""
        with self.core.store.cursor() as cursor:
            rows = accounts.every(cursor)
        columns = [field.name for field in fields(Account)]
        return pd.DataFrame([asdict(row) for row in rows], columns=columns)

    @permits(Role.ADMIN)
    def audit_trail(self, principal: Principal, limit: int = 100) -> list[audit.Entry]:
        """What was done, newest first."""
        with self.core.store.cursor() as cursor:
            return audit.latest(cursor, limit)

    @permits(Role.ADMIN)
    def add_account(
        self,
        principal: Principal,
        username: str,
        role: Role,
        *,
        name: str | None = None,
        retailer_id: str | None = None,
        vendor_id: str | None = None,
        password: str | None = None,
    ) -> str:
        """Make an account and return its password, generated where none is given.

        A retailer's account names its shop, a vendor's its vendor, and no other names one.

        Raises
        ------
        InputError
            The username is taken or malformed, the password is weak, or the role's shop or
            vendor is missing.
        NotFoundError
            The shop or the vendor is not in this data set.
        """
        chosen = tidy_username(username)
        secret = passwords.memorable_password(username=chosen) if password is None else password
        require_username(chosen)
        passwords.require_good_password(secret, chosen)
        hashed = passwords.hash_password(secret)
        now = self.core.now()
        account = Account(
            chosen, (name or "").strip() or chosen, role, retailer_id, vendor_id,
            demo=False, disabled=False, created_at=now,
        )  # fmt: skip

        def work(cursor: Cursor) -> None:
            _require_row_scope(cursor, account)
            if accounts.find(cursor, chosen) is not None:
                raise InputError("a username is used once", chosen, "choose another")
            accounts.insert(cursor, account, hashed)
            detail = {"role": role.value, "retailer_id": retailer_id, "vendor_id": vendor_id}
            audit.record(
                cursor, audit.Entry(now, principal.username, "account added", chosen, detail)
            )

        self.core.store.write(work)
        return secret

    @permits(Role.ADMIN)
    def disable_account(self, principal: Principal, username: str) -> None:
        """Shut an account out and end its sessions at once.

        Raises
        ------
        InputError
            It is the last admin's.
        NotFoundError
            There is no such account.
        """
        self._switch(principal, username, disabled=True)

    @permits(Role.ADMIN)
    def enable_account(self, principal: Principal, username: str) -> None:
        """Let a disabled account in again; it has to sign in anew."""
        self._switch(principal, username, disabled=False)

    @permits(Role.ADMIN)
    def reset_password(
        self, principal: Principal, username: str, password: str | None = None
    ) -> str:
        """Give an account a new password, end its sessions, and return the password.

        Raises
        ------
        InputError
            The password is weak, or the account is a demo's (they share one password).
        NotFoundError
            There is no such account.
        """
        name = tidy_username(username)
        secret = passwords.memorable_password(username=name) if password is None else password
        passwords.require_good_password(secret, name)
        hashed = passwords.hash_password(secret)
        now = self.core.now()

        def work(cursor: Cursor) -> None:
            if _known(cursor, name).demo:
                raise InputError(
                    "demo accounts share one password", f"the demo account {name}",
                    "set SMARTRECO_DEMO_PASSWORD instead",
                )  # fmt: skip
            accounts.set_password(cursor, name, hashed)
            sessions.revoke_all(cursor, name, now)
            audit.record(cursor, audit.Entry(now, principal.username, "password reset", name))

        self.core.store.write(work)
        return secret

    def _switch(self, principal: Principal, username: str, *, disabled: bool) -> None:
        name = tidy_username(username)
        now = self.core.now()
        action = "account disabled" if disabled else "account enabled"

        def work(cursor: Cursor) -> None:
            if disabled and _is_last_admin(cursor, _known(cursor, name)):
                raise InputError(
                    "one admin stays", f"{name}, the last one", "add another admin first"
                )
            _known(cursor, name)
            accounts.set_disabled(cursor, name, disabled)
            sessions.revoke_all(cursor, name, now)
            audit.record(cursor, audit.Entry(now, principal.username, action, name))

        self.core.store.write(work)


def require_username(username: str) -> None:
    """Refuse a username that cannot be typed or shown plainly.

    Raises
    ------
    InputError
        It is too short, too long or holds other signs than those named.
    """
    if not USERNAME.fullmatch(username):
        raise InputError(
            f"a username has 2 to {LONGEST_NAME} letters a-z, digits or . _ @ -",
            repr(username),
            "choose another",
        )


def _known(cursor: Cursor, username: str) -> Account:
    account = accounts.find(cursor, username)
    if account is None:
        raise NotFoundError(
            "an account is named by its username", repr(username), "list the accounts"
        )
    return account


def _is_last_admin(cursor: Cursor, account: Account) -> bool:
    admins = [a for a in accounts.every(cursor) if a.role is Role.ADMIN and not a.disabled]
    return [a.username for a in admins] == [account.username]


def _require_row_scope(cursor: Cursor, account: Account) -> None:
    """A retailer's account names a shop of this data set, a vendor's a vendor, others neither."""
    wants_shop, wants_vendor = account.role is Role.RETAILER, account.role is Role.VENDOR
    if bool(account.retailer_id) != wants_shop or bool(account.vendor_id) != wants_vendor:
        raise InputError(
            "a retailer's account names its shop, a vendor's its vendor, and no other names one",
            f"role {account.role.value}, shop {account.retailer_id}, vendor {account.vendor_id}",
            "give the one that fits the role",
        )
    if account.retailer_id and accounts.retailer_name(cursor, account.retailer_id) is None:
        raise NotFoundError(
            "a shop of this data set is needed", account.retailer_id, "check the retailer's id"
        )
    if account.vendor_id and accounts.vendor_name(cursor, account.vendor_id) is None:
        raise NotFoundError(
            "a vendor of this data set is needed", account.vendor_id, "check the vendor's id"
        )
