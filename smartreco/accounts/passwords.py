"""Passwords are kept as bcrypt hashes only, and checked in near-equal time.

bcrypt reads 72 bytes and no more, so a longer password is refused when it is
set instead of being cut in silence. A name that does not exist is checked
against `DUMMY_HASH`: the answer takes as long as for a name that does.
"""

from __future__ import annotations

import secrets

import bcrypt

from smartreco.accounts.words import WORDS
from smartreco.errors import InputError

ROUNDS = 12  # 2**12 steps: about 0.25 s on one core
SHORTEST = 10  # characters
LONGEST = 72  # bytes: what bcrypt reads

#: The hash of 32 random bytes that nobody kept; its cost is `ROUNDS`.
DUMMY_HASH = "$2b$12$Z6v/RdlB4fW17EP9HeUgPedDslnGjZmUb4fRrS5nqCY62q5wQjGDi"


def hash_password(password: str) -> str:
    """Hash a password.

    Raises
    ------
    InputError
        bcrypt would cut it. Whether it is a good one is `require_good_password`'s to say.
    """
    if not _readable(password):
        raise InputError(f"a password has at most {LONGEST} bytes", action="choose another")
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode()


def verify_password(password: str, hashed: str) -> bool:
    """Whether `password` is the one that was hashed; costs one hash whatever the input."""
    readable = _readable(password)
    matches = bcrypt.checkpw(password.encode() if readable else b"", hashed.encode())
    return readable and matches


def require_good_password(password: str, username: str) -> None:
    """Refuse a password that is easily guessed or that bcrypt would cut.

    Raises
    ------
    InputError
        It is too short, too long, holds a NUL, repeats one sign or holds the username.
    """
    if len(password) < SHORTEST or not _readable(password):
        raise InputError(
            f"a password has at least {SHORTEST} characters and at most {LONGEST} bytes",
            f"{len(password)} characters",
            "choose another, such as four words",
        )
    if len(set(password)) < 4 or username.lower() in password.lower():
        raise InputError(
            "a password is not one sign repeated and does not hold the username",
            action="choose another, such as four words",
        )


def memorable_password(words: int = 4, username: str = "") -> str:
    """Random words and a number, for a person to type: ``amber-kettle-river-oak-42``.

    One that holds the username is drawn again.

    Each word carries 7 bits and the number 6.5; with five guesses in five
    minutes, four words and a number hold for longer than the account.
    """
    while True:
        parts = [secrets.choice(WORDS) for _ in range(words)]
        drawn = "-".join([*parts, str(10 + secrets.randbelow(90))])
        if not username or username.lower() not in drawn:
            return drawn


def _readable(password: str) -> bool:
    return len(password.encode()) <= LONGEST and "\0" not in password
