"""What a good password is: long enough, its owner's own, and not what everyone tries first.

The lists of common passwords, names and words are zxcvbn's (Wheeler 2016, "zxcvbn:
Low-Budget Password Strength Estimation"). It estimates how many guesses an attacker needs who
knows such lists, keyboards, dates and the usual substitutions. No rule asks for digits or
signs: they make passwords harder to remember and hardly harder to guess (NIST SP 800-63B).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from smartreco.errors import InputError
from smartreco.language import noted

SHORTEST = 10  # characters
LONGEST = 72  # bytes: what bcrypt reads
FEWEST_SIGNS = 4  # different ones
FEWEST_OF_NAME = 3  # letters of a username that no password holds: two are in many words
WEAKEST = 2  # zxcvbn's score, 0..4: from a million guesses on
OWN_WORDS: Final = ("smartreco",)
PATTERNS: Final = {
    "spatial": "a password is more than neighbours on a keyboard",
    "sequence": "a password is more than a row such as abc or 6543",
    "repeat": "a password is more than one piece repeated",
    "date": "a password is more than a date",
}


class Strength(StrEnum):
    """How long a password would hold against somebody who guesses fast."""

    REFUSED = "refused"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Judged:
    """What is thought of a password: ``problem`` is the rule it breaks, "" where none."""

    strength: Strength
    problem: str = ""


class WeakPasswordError(InputError):
    """A password that breaks a rule; the words say which, and never show it."""


def require_good_password(password: str, username: str, *names: str) -> None:
    """Refuse a password that is easily guessed or that bcrypt would cut.

    Parameters
    ----------
    username, names
        What the password must not hold or be made of: the account's, its owner's.

    Raises
    ------
    WeakPasswordError
        The rule that it breaks.
    """
    judged = judge(password, username, *names)
    if judged.problem:
        raise WeakPasswordError(judged.problem, action="choose another, such as four words")


def judge(password: str, username: str, *names: str) -> Judged:
    """How good a password is, and the first rule that it breaks."""
    problem = _plain_problem(password, username)
    if problem:
        return Judged(Strength.REFUSED, problem)
    owners = tuple(word.lower() for name in (username, *names) for word in name.split() if word)
    score, problem = _guessed(password, owners)
    if problem:
        return Judged(Strength.REFUSED, problem)
    return Judged({2: Strength.FAIR, 3: Strength.GOOD}.get(score, Strength.STRONG))


def readable(password: str) -> bool:
    """Whether bcrypt would read all of it."""
    return len(password.encode()) <= LONGEST and "\0" not in password


def _plain_problem(password: str, username: str) -> str:
    if len(password) < SHORTEST:
        return noted(f"a password has at least {SHORTEST} characters")
    if not readable(password):
        return noted(f"a password has at most {LONGEST} bytes")
    if len(set(password)) < FEWEST_SIGNS:
        return noted("a password is not one sign repeated")
    if len(username) >= FEWEST_OF_NAME and username.lower() in password.lower():
        return noted("a password does not hold the username")
    if password.lower() in _common():
        return noted("a password is not one of those that everyone tries first")
    return ""


def _guessed(password: str, owners: Sequence[str]) -> tuple[int, str]:
    from zxcvbn import zxcvbn  # its lists take 60 ms to read; most commands check no password

    found: dict[str, Any] = zxcvbn(password, user_inputs=[*owners, *OWN_WORDS])
    score = int(found["score"])
    return score, "" if score >= WEAKEST else _weakness(found["sequence"])


def _weakness(parts: Sequence[dict[str, Any]]) -> str:
    """What makes a password easy, by its longest part that is known."""
    known = [part for part in parts if part["pattern"] != "bruteforce"]
    if not known:
        return noted("a password is not guessed within a million tries")
    longest = max(known, key=lambda part: len(part["token"]))
    if longest["pattern"] == "dictionary":
        if longest["dictionary_name"] == "user_inputs":
            return noted("a password is not made of its owner's name")
        return noted("a password is more than a common word or password with a little added")
    return PATTERNS.get(longest["pattern"], "a password is not guessed within a million tries")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(one for one in FREQUENCY_LISTS["passwords"] if len(one) >= SHORTEST)
