"""Passwords are kept as bcrypt hashes only, and checked in near-equal time.

bcrypt reads 72 bytes and no more, so a longer password is refused when it is
set instead of being cut in silence. A name that does not exist is checked
against `DUMMY_HASH`: the answer takes as long as for a name that does.
"""

from __future__ import annotations

import secrets

import bcrypt

from smartreco.accounts.password_rules import LONGEST, readable
from smartreco.accounts.words import WORDS
from smartreco.errors import InputError

ROUNDS = 12  # 2**12 steps: about 0.25 s on one core

#: The hash of 32 random bytes that nobody kept; its cost is `ROUNDS`.
DUMMY_HASH = "$2b$12$Z6v/RdlB4fW17EP9HeUgPedDslnGjZmUb4fRrS5nqCY62q5wQjGDi"


def hash_password(password: str) -> str:
    """Hash a password.

    Raises
    ------
    InputError
        bcrypt would cut it. Whether it is a good one is `password_rules`' to say.
    """
    if not readable(password):
        raise InputError(f"a password has at most {LONGEST} bytes", action="choose another")
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode()


def verify_password(password: str, hashed: str) -> bool:
    """Whether `password` is the one that was hashed; costs one hash whatever the input."""
    whole = readable(password)
    matches = bcrypt.checkpw(password.encode() if whole else b"", hashed.encode())
    return whole and matches


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
