"""What a username may look like, so that it can be typed, shown and read in the audit log."""

from __future__ import annotations

import re
from typing import Final

from smartreco.entities import OPERATOR
from smartreco.errors import InputError

LONGEST_NAME: Final = 100  # characters of a username that are looked at
USERNAME: Final = re.compile(rf"[a-z0-9][a-z0-9._@-]{{1,{LONGEST_NAME - 1}}}")
NOBODY: Final = "unknown"  # in the audit log: somebody without an account
RESERVED: Final = frozenset({OPERATOR.username, NOBODY})


def tidy_username(typed: str) -> str:
    """A username as it is kept: lower case, without the blanks around it."""
    return typed.strip().lower()


def require_username(username: str) -> None:
    """Refuse a username that cannot be typed or shown plainly.

    Raises
    ------
    InputError
        It is too short, too long, holds other signs than those named, or means somebody else
        in the audit log.
    """
    if not USERNAME.fullmatch(username):
        raise InputError(
            f"a username has 2 to {LONGEST_NAME} letters a-z, digits or . _ @ -",
            repr(username),
            "choose another",
        )
    if username in RESERVED:
        raise InputError("a username is a person's own", username, "choose another")
