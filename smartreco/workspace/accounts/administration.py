"""What an admin does with accounts; every change is in the audit log.

One admin who can sign in always stays, and nobody shuts himself out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from smartreco.accounts import passwords
from smartreco.accounts.password_rules import require_good_password
from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.store import accounts, audit, login_attempts, reset_tokens, sessions, settings
from smartreco.store.accounts import NO_PASSWORD, Account
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.changes import changed, require_another_admin, require_row_scope
from smartreco.workspace.accounts.demo import PASSWORD_SETTING
from smartreco.workspace.accounts.listing import known
from smartreco.workspace.accounts.one_time_links import make_link
from smartreco.workspace.accounts.seen_sessions import SeenSessions, idle_since
from smartreco.workspace.accounts.usernames import require_username, tidy_username
from smartreco.workspace.accounts.views import OneTimeLink
from smartreco.workspace.core import Core, permits


class Administration:
    """Use cases of an admin on accounts."""

    core: Core
    _seen: SeenSessions

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
        must_change: bool = True,
    ) -> OneTimeLink | None:
        """Make an account: with a link by which its owner chooses a password, or with `password`.

        A retailer's account names its shop, a vendor's its vendor, and no other names one.
        A password that somebody else has chosen is to be changed first of all, unless not
        `must_change`.

        Returns
        -------
        OneTimeLink or None
            The invitation; None where a password was given.

        Raises
        ------
        InputError
            The username is taken or malformed, the password is weak, or the role's shop or
            vendor is missing.
        NotFoundError
            The shop or the vendor is not in this data set.
        """
        chosen = tidy_username(username)
        require_username(chosen)
        hashed = NO_PASSWORD
        if password is not None:
            require_good_password(password, chosen, name or "")
            hashed = passwords.hash_password(password)
        now = self.core.now()
        account = Account(
            chosen, (name or "").strip() or chosen, role, retailer_id, vendor_id,
            demo=False, disabled=False, created_at=now,
            must_change=must_change and password is not None,
        )  # fmt: skip

        def work(cursor: Cursor) -> OneTimeLink | None:
            require_row_scope(cursor, account)
            if accounts.find(cursor, chosen) is not None:
                raise InputError("a username is used once", chosen, "choose another")
            accounts.insert(cursor, account, hashed)
            link = None
            if password is None:
                link = make_link(cursor, chosen, principal.username, now)
            detail = {
                "role": role.value, "retailer_id": retailer_id, "vendor_id": vendor_id,
                "invited": link is not None,
            }  # fmt: skip
            audit.record(
                cursor, audit.Entry(now, principal.username, "account added", chosen, detail)
            )
            return link

        return self.core.store.write(work)

    @permits(Role.ADMIN)
    def change_account(
        self,
        principal: Principal,
        username: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        retailer_id: str | None = None,
        vendor_id: str | None = None,
    ) -> None:
        """Give an account another name, role, shop or vendor; what is None stays.

        It acts at the account's next click. A shop or vendor that a new role does not have
        falls away.

        Raises
        ------
        InputError
            It would leave no admin, the role's shop or vendor is missing, or the account is a
            demo's.
        NotFoundError
            There is no such account, shop or vendor.
        """
        now = self.core.now()

        def work(cursor: Cursor) -> None:
            before = known(cursor, tidy_username(username))
            after = changed(before, name, role, retailer_id, vendor_id)
            if after == before:
                return
            if before.demo:
                raise InputError("a demo account stays as it is", before.username,
                                 "add an account of its own")  # fmt: skip
            require_row_scope(cursor, after)
            if after.role is not Role.ADMIN:
                require_another_admin(cursor, before)
            accounts.bind(cursor, after)
            fields = ("name", "role", "retailer_id", "vendor_id")
            detail = {
                field: [getattr(before, field), getattr(after, field)]
                for field in fields
                if getattr(before, field) != getattr(after, field)
            }
            _log(cursor, principal, "account changed", after.username, now, detail)

        self.core.store.write(work)

    @permits(Role.ADMIN)
    def disable_account(self, principal: Principal, username: str) -> None:
        """Shut an account out and end its sessions and links at once.

        Raises
        ------
        InputError
            It is the last admin's, or one's own.
        NotFoundError
            There is no such account.
        """
        name, now = tidy_username(username), self.core.now()

        def work(cursor: Cursor) -> None:
            account = known(cursor, name)
            if name == principal.username:
                raise InputError("nobody shuts himself out", name, "ask another administrator")
            require_another_admin(cursor, account)
            accounts.set_disabled(cursor, name, True)
            sessions.revoke_all(cursor, name, now)
            reset_tokens.void(cursor, name)
            _log(cursor, principal, "account disabled", name, now)

        self.core.store.write(work)

    @permits(Role.ADMIN)
    def enable_account(self, principal: Principal, username: str) -> None:
        """Let a disabled account in again; it has to sign in anew.

        A demo account that outlived the demo comes back as an account of its own, without its
        password, which stood on the sign-in page: `reset_account` gives it a link.

        Raises
        ------
        NotFoundError
            There is no such account.
        """
        name, now = tidy_username(username), self.core.now()

        def work(cursor: Cursor) -> None:
            account = known(cursor, name)
            if account.demo and settings.get(cursor, PASSWORD_SETTING) is None:
                accounts.make_own(cursor, name)
            accounts.set_disabled(cursor, name, False)
            sessions.revoke_all(cursor, name, now)
            _log(cursor, principal, "account enabled", name, now)

        self.core.store.write(work)

    @permits(Role.ADMIN)
    def reset_account(self, principal: Principal, username: str) -> OneTimeLink:
        """A link by which the owner chooses a new password; the old one and all sessions end.

        Raises
        ------
        InputError
            The account is a demo's (they share one password), disabled, or one's own.
        NotFoundError
            There is no such account.
        """
        name, now = tidy_username(username), self.core.now()

        def work(cursor: Cursor) -> OneTimeLink:
            account = known(cursor, name)
            if account.demo:
                raise InputError("demo accounts share one password", f"the demo account {name}",
                                 "set SMARTRECO_DEMO_PASSWORD instead")  # fmt: skip
            if account.disabled:
                raise InputError("a disabled account has no link", name, "enable it first")
            if name == principal.username:
                raise InputError("nobody resets himself", name,
                                 "change your password on the page Your account")  # fmt: skip
            accounts.set_password(cursor, name, NO_PASSWORD)
            sessions.revoke_all(cursor, name, now)
            link = make_link(cursor, name, principal.username, now)
            _log(cursor, principal, "password reset", name, now)
            return link

        return self.core.store.write(work)

    @permits(Role.ADMIN)
    def unlock_account(self, principal: Principal, username: str) -> None:
        """Open a name that too many wrong passwords have locked.

        Raises
        ------
        NotFoundError
            There is no such account.
        """
        name, now = tidy_username(username), self.core.now()

        def work(cursor: Cursor) -> None:
            known(cursor, name)
            login_attempts.forget(cursor, name)
            _log(cursor, principal, "account unlocked", name, now)

        self.core.store.write(work)

    @permits(Role.ADMIN)
    def end_sessions_of(self, principal: Principal, username: str) -> int:
        """Sign an account out in every browser; in how many it was signed in.

        Raises
        ------
        NotFoundError
            There is no such account.
        """
        name, now = tidy_username(username), self.core.now()
        self._seen.flush()

        def work(cursor: Cursor) -> int:
            known(cursor, name)
            open_ones = sessions.of(cursor, name, now, idle_since(self.core.settings, now))
            sessions.revoke_all(cursor, name, now)
            detail = {"sessions ended": len(open_ones)}
            _log(cursor, principal, "sessions ended", name, now, detail)
            return len(open_ones)

        return self.core.store.write(work)


def _log(
    cursor: Cursor, who: Principal, action: str, subject: str, now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    audit.record(cursor, audit.Entry(now, who.username, action, subject, detail or {}))
