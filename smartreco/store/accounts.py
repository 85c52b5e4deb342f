"""The table ``accounts``: who may sign in, as what, and bound to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartreco.entities import Principal, Role
from smartreco.store.connection import Cursor

COLUMNS = (
    "username, name, role, retailer_id, vendor_id, demo, disabled, created_at, "
    "must_change, last_signed_in_at"
)
NO_PASSWORD = ""  # as a hash: no password opens the account
READ = f"{COLUMNS}, password_hash <> '{NO_PASSWORD}'"


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it may be shown: the password's hash is never among it."""

    username: str
    name: str
    role: Role
    retailer_id: str | None
    vendor_id: str | None
    demo: bool
    disabled: bool
    created_at: datetime
    must_change: bool = False
    last_signed_in_at: datetime | None = None
    has_password: bool = True

    @property
    def principal(self) -> Principal:
        """The account as the one who asks."""
        return Principal(
            self.username, self.name, self.role, self.retailer_id, self.vendor_id,
            self.must_change,
        )  # fmt: skip


def account(row: tuple[object, ...]) -> Account:
    """A row of `READ`."""
    username, name, role, *rest = row
    return Account(username, name, Role(role), *rest)  # type: ignore[arg-type]


def find(cursor: Cursor, username: str) -> Account | None:
    """One account, disabled or not."""
    row = cursor.execute(f"SELECT {READ} FROM accounts WHERE username = ?", [username])
    found = row.fetchone()
    return account(found) if found else None


def every(cursor: Cursor) -> list[Account]:
    """All accounts by username."""
    rows = cursor.execute(f"SELECT {READ} FROM accounts ORDER BY username").fetchall()
    return [account(row) for row in rows]


def password_hash(cursor: Cursor, username: str) -> str | None:
    """The hash to check a password against; None where no password can be right.

    The account is unknown or disabled, or waits for its owner to choose a password by a link.
    """
    row = cursor.execute(
        "SELECT password_hash FROM accounts "
        "WHERE username = ? AND NOT disabled AND password_hash <> ?",
        [username, NO_PASSWORD],
    ).fetchone()
    return row[0] if row else None


def insert(cursor: Cursor, account: Account, password_hash: str) -> None:
    """Add an account; the caller has made sure that the username is free."""
    cursor.execute(
        f"INSERT INTO accounts ({COLUMNS}, password_hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            account.username, account.name, account.role.value, account.retailer_id,
            account.vendor_id, account.demo, account.disabled, account.created_at,
            account.must_change, account.last_signed_in_at, password_hash,
        ],
    )  # fmt: skip


def set_password(
    cursor: Cursor, username: str, password_hash: str, *, must_change: bool = False
) -> None:
    """Replace an account's password; `NO_PASSWORD` takes it away."""
    cursor.execute(
        "UPDATE accounts SET password_hash = ?, must_change = ? WHERE username = ?",
        [password_hash, must_change, username],
    )


def set_signed_in(cursor: Cursor, username: str, now: datetime) -> None:
    """Remember when an account was signed in to last."""
    cursor.execute("UPDATE accounts SET last_signed_in_at = ? WHERE username = ?", [now, username])


def set_disabled(cursor: Cursor, username: str, disabled: bool) -> None:
    """Shut an account out, or let it in again."""
    cursor.execute("UPDATE accounts SET disabled = ? WHERE username = ?", [disabled, username])


def make_own(cursor: Cursor, username: str) -> None:
    """Turn a demo account into an ordinary one that waits for its owner to choose a password."""
    cursor.execute(
        "UPDATE accounts SET demo = false, password_hash = ?, must_change = false "
        "WHERE username = ?",
        [NO_PASSWORD, username],
    )


def bind(cursor: Cursor, account: Account) -> None:
    """Give an account the name, the role and the row scope that `account` says."""
    cursor.execute(
        "UPDATE accounts SET name = ?, role = ?, retailer_id = ?, vendor_id = ?, demo = ? "
        "WHERE username = ?",
        [
            account.name, account.role.value, account.retailer_id, account.vendor_id,
            account.demo, account.username,
        ],
    )  # fmt: skip


def retailer_name(cursor: Cursor, retailer_id: str) -> str | None:
    """The name of a shop that an account may be bound to; None where it is unknown."""
    row = cursor.execute(
        "SELECT name FROM retailers WHERE retailer_id = ?", [retailer_id]
    ).fetchone()
    return row[0] if row else None


def vendor_name(cursor: Cursor, vendor_id: str) -> str | None:
    """The name of a vendor that an account may be bound to; None where it is unknown."""
    row = cursor.execute("SELECT name FROM vendors WHERE vendor_id = ?", [vendor_id]).fetchone()
    return row[0] if row else None
