"""When a name has been guessed at too often, and until when it stays shut."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from smartreco.errors import SignInError

WINDOW = timedelta(minutes=5)
ALLOWED = 5  # wrong passwords within the window


class LockedOutError(SignInError):
    """Too many wrong passwords for this name, whether or not it exists.

    It opens in ``seconds``, at ``opens_at`` (UTC).
    """

    def __init__(self, seconds: int, opens_at: datetime) -> None:
        self.seconds = seconds
        self.opens_at = opens_at
        self.tries_left = 0
        super().__init__(
            f"a name is locked for a while after {ALLOWED} wrong passwords",
            action=f"try again in {seconds} seconds",
        )


def locked_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """When a name opens again; None while it is open.

    ``failures`` are the times of wrong passwords since the last right one, in
    any order. A name is open again when fewer than `ALLOWED` lie in the window.
    """
    recent = sorted(at for at in failures if at > now - WINDOW)
    if len(recent) < ALLOWED:
        return None
    return recent[-ALLOWED] + WINDOW
