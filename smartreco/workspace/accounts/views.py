"""What accounts, sessions and links look like to those who ask for them; no secret but one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from smartreco.entities import Role


class AccountState(StrEnum):
    """Whether an account can be used, and if not, why."""

    OPEN = "open"
    DISABLED = "disabled"
    LOCKED = "locked"  # too many wrong passwords just now
    MUST_CHANGE = "must_change"  # signs in, but to choose a password first
    INVITED = "invited"  # has no password until its link is used


class Ending(StrEnum):
    """How a session came to its end, as far as whoever held it is told."""

    ENDED = "ended"  # by time, from elsewhere, or with its account
    DEMO = "demo"  # with the demo, whose accounts are gone


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as an admin sees it; times are UTC, ``sessions`` those that are good now.

    ``invited`` : it has no password; a one-time link lets its owner choose one.
    """

    username: str
    name: str
    role: Role
    retailer_id: str | None
    vendor_id: str | None
    demo: bool
    disabled: bool
    must_change: bool
    created_at: datetime
    last_signed_in_at: datetime | None
    locked_until: datetime | None
    sessions: int
    invited: bool = False


@dataclass(frozen=True, slots=True)
class SessionView:
    """A browser that is signed in; times are UTC.

    ``device`` is a few words such as "Chrome on Windows", never an address; ``here`` marks the
    session that asks. ``ends_at`` is the last moment, if it is used meanwhile.
    """

    session_id: str
    username: str
    began_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    device: str
    here: bool


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link that lets its reader choose an account's password: once, for 24 hours.

    It exists only here: the store keeps the token's SHA-256.
    """

    username: str
    token: str = field(repr=False)

    @property
    def path(self) -> str:
        """The address below the application's own."""
        return f"/?reset={self.token}"
