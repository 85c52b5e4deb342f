"""Tokens and keys of the API: made, shown once, listed, revoked, and recognised.

A token comes from a password and is good for half an hour; a key is made for a program, may do
part of what its account may, and can be revoked by itself. The store knows the SHA-256 of each.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from smartreco.accounts.scopes import SCOPES_OF, Scope
from smartreco.accounts.sessions import digest, new_token
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError, SignInError
from smartreco.store import accounts, api_keys, audit
from smartreco.store.api_keys import KEY, TOKEN, KeyRow
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core, permits

TOKEN_LIFE: Final = timedelta(minutes=30)
LONGEST_LIFE: Final = 3650  # days
LONGEST_NAME: Final = 100
MOST_KEYS: Final = 100  # of an account that are good at once
USE_NOTED: Final = timedelta(minutes=5)  # a last use is written that often
BEGINS: Final = "sr_"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who a secret stands for; ``key_id`` is None for a token by password."""

    principal: Principal
    scopes: frozenset[Scope]
    key_id: str | None


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token, shown this once."""

    token: str = field(repr=False)
    expires_at: datetime
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as it may be shown; times in UTC."""

    key_id: str
    username: str
    name: str
    scopes: frozenset[Scope]
    retailer_id: str | None
    vendor_id: str | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key with its secret, shown this once."""

    secret: str = field(repr=False)
    key: KeyView


class ApiKeys:
    """Use cases on tokens and keys.

    ``changes`` grows with every one that this process revokes, so that nobody who remembers
    bearers for a moment goes on with one that has ended.
    """

    def __init__(self, core: Core, people: People) -> None:
        self.core = core
        self.changes = 0
        self._people = people

    def sign_in(self, username: str, password: str) -> MadeToken:
        """A token for a name and its password, with all that the role may do.

        Raises
        ------
        SignInError
            As `People.sign_in`.
        """
        principal = self._people.sign_in(username, password, "API")
        secret, now = new_token(), self.core.now()
        scopes = SCOPES_OF[principal.role]

        def work(cursor: Cursor) -> None:
            hashed = accounts.password_hash(cursor, principal.username)
            if hashed is None:
                raise SignInError("an account that is open signs in", "one that is not any more")
            api_keys.forget_tokens(cursor, now)
            api_keys.insert(
                cursor,
                KeyRow(
                    digest(secret), _new_id(), principal.username, TOKEN, "", _text(scopes),
                    None, None, _mark(hashed), now, now + TOKEN_LIFE,
                ),
            )  # fmt: skip

        self.core.store.write(work)
        return MadeToken(secret, now + TOKEN_LIFE, scopes)

    def sign_out(self, secret: str) -> None:
        """End a token or key by itself; nothing happens where it is none."""
        now = self.core.now()

        def work(cursor: Cursor) -> None:
            found = api_keys.holder(cursor, digest(secret), now)
            if found is not None:
                api_keys.revoke(cursor, found.row.key_id, now)

        self.core.store.write(work, self._changed)

    def identify(self, secret: str) -> Bearer | None:
        """Who holds a secret now; None where it is good no more.

        The account is read anew each time, so a changed role, a disabled account, a new
        password and a revocation act at once.
        """
        now = self.core.now()
        with self.core.store.cursor() as cursor:
            found = api_keys.holder(cursor, digest(secret), now)
        if found is None:
            return None
        row = found.row
        if row.password_mark is not None and row.password_mark != _mark(found.password_hash):
            return None
        principal = _bound(found.principal, row)
        if principal is None:
            return None
        if row.last_used_at is None or row.last_used_at < now - USE_NOTED:
            self.core.store.write(lambda cursor: api_keys.used(cursor, row.key_hash, now))
        scopes = _scopes(row.scopes) & SCOPES_OF[principal.role]
        key_id = row.key_id if row.kind == KEY else None
        return Bearer(principal, scopes, key_id)

    @permits(*Role)
    def make(
        self,
        principal: Principal,
        name: str,
        scopes: Collection[Scope],
        *,
        days: int | None = 90,
        retailer_id: str | None = None,
        vendor_id: str | None = None,
    ) -> MadeKey:
        """Make a key for oneself; an admin can bind it to one shop or one vendor.

        A bound key acts as that shop's or vendor's own account and sees nothing else.

        Parameters
        ----------
        days
            Until it ends; None: when it is revoked.

        Raises
        ------
        InputError
            No or too long a name, a life that cannot be, scopes beyond the role's, too many
            keys, or a binding that is not this account's to make.
        NotFoundError
            No such shop or vendor.
        """
        acts_as = _acting_role(principal, retailer_id, vendor_id)
        wanted = frozenset(scopes)
        _check(name.strip(), wanted, acts_as, days)
        secret, now = BEGINS + new_token(), self.core.now()
        row = KeyRow(
            digest(secret), _new_id(), principal.username, KEY, name.strip(), _text(wanted),
            retailer_id, vendor_id, None, now, None if days is None else now + timedelta(days=days),
        )  # fmt: skip

        def work(cursor: Cursor) -> None:
            _require_known(cursor, retailer_id, vendor_id)
            api_keys.require_room(cursor, principal.username, now, MOST_KEYS)
            api_keys.insert(cursor, row)
            detail = {"key": row.key_id, "scopes": row.scopes, "expires_at": row.expires_at,
                      "retailer_id": retailer_id, "vendor_id": vendor_id}  # fmt: skip
            entry = audit.Entry(now, principal.username, "API key made", row.username, detail)
            audit.record(cursor, entry)

        self.core.store.write(work)
        return MadeKey(secret, _view(row))

    @permits(*Role)
    def own(
        self, principal: Principal, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[KeyView, ...], int]:
        """One's own keys, the newest first, those that ended as well, and how many there are."""
        return self._listed(principal.username, limit, offset)

    @permits(Role.ADMIN)
    def every(
        self, principal: Principal, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[KeyView, ...], int]:
        """Everybody's keys."""
        return self._listed(None, limit, offset)

    @permits(*Role)
    def revoke(self, principal: Principal, key_id: str) -> None:
        """End a key of one's own; an admin anybody's.

        Raises
        ------
        NotFoundError
            There is none that this account may end; the words do not say whose it is.
        """
        now = self.core.now()

        def work(cursor: Cursor) -> None:
            row = api_keys.find(cursor, key_id)
            mine = row is not None and row.username == principal.username
            if row is None or row.kind != KEY or not (mine or principal.role is Role.ADMIN):
                raise NotFoundError(
                    "a key is named by its id", repr(key_id[:40]), "list your keys"
                )  # fmt: skip
            api_keys.revoke(cursor, key_id, now)
            entry = audit.Entry(
                now, principal.username, "API key revoked", row.username, {"key": key_id}
            )
            audit.record(cursor, entry)

        self.core.store.write(work, self._changed)

    def _listed(
        self, username: str | None, limit: int, offset: int
    ) -> tuple[tuple[KeyView, ...], int]:
        with self.core.store.cursor() as cursor:
            rows, total = api_keys.keys(cursor, username, limit, offset)
        return tuple(_view(row) for row in rows), total

    def _changed(self, _: None) -> None:
        self.changes += 1


def _acting_role(principal: Principal, retailer_id: str | None, vendor_id: str | None) -> Role:
    if retailer_id is None and vendor_id is None:
        return principal.role
    if principal.role is not Role.ADMIN or (retailer_id and vendor_id):
        raise InputError(
            "an admin binds a key to one shop or one vendor", "another account, or both",
            "leave retailer_id and vendor_id out, or name one of them as an admin",
        )  # fmt: skip
    return Role.VENDOR if retailer_id is None else Role.RETAILER


def _bound(account: Principal, row: KeyRow) -> Principal | None:
    """Whom a key acts as; None where its maker may not have it act so any more."""
    if row.retailer_id is None and row.vendor_id is None:
        return account
    if account.role is not Role.ADMIN:
        return None
    role = Role.VENDOR if row.retailer_id is None else Role.RETAILER
    return replace(account, role=role, retailer_id=row.retailer_id, vendor_id=row.vendor_id)


def _check(name: str, scopes: frozenset[Scope], role: Role, days: int | None) -> None:
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise InputError(
            f"a key's name has 1 to {LONGEST_NAME} characters", f"{len(name)} characters",
            "say in a few words what the key is for",
        )  # fmt: skip
    if days is not None and not 1 <= days <= LONGEST_LIFE:
        raise InputError(
            f"a key lasts 1 to {LONGEST_LIFE} days", str(days), "choose another number of days"
        )
    if not scopes or not scopes <= SCOPES_OF[role]:
        allowed = ", ".join(sorted(SCOPES_OF[role]))
        raise InputError(
            f"a key of the role {role.value.replace('_', ' ')} has one or more of the scopes "
            f"{allowed}", ", ".join(sorted(scopes)) or "none", "choose among them",
        )  # fmt: skip


def _require_known(cursor: Cursor, retailer_id: str | None, vendor_id: str | None) -> None:
    if retailer_id is not None and accounts.retailer_name(cursor, retailer_id) is None:
        raise NotFoundError(
            "a shop of this data set is needed", retailer_id[:40], "check the retailer's id"
        )
    if vendor_id is not None and accounts.vendor_name(cursor, vendor_id) is None:
        raise NotFoundError(
            "a vendor of this data set is needed", vendor_id[:40], "check the vendor's id"
        )


def _view(row: KeyRow) -> KeyView:
    return KeyView(
        row.key_id, row.username, row.name, _scopes(row.scopes), row.retailer_id, row.vendor_id,
        row.created_at, row.expires_at, row.last_used_at, row.revoked_at,
    )  # fmt: skip


def _new_id() -> str:
    return f"k{secrets.token_hex(8)}"


def _mark(password_hash: str) -> str:
    """Changes with the password, and tells nothing of it."""
    return hashlib.sha256(password_hash.encode()).hexdigest()


def _text(scopes: Collection[Scope]) -> str:
    return " ".join(sorted(scopes))


def _scopes(text: str) -> frozenset[Scope]:
    return frozenset(Scope(name) for name in text.split())
