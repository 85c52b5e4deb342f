"""Rows that nobody can change unseen: each is sealed together with the one before it.

A database cannot keep its own administrator from writing. So each row carries a checksum,
which a check of the table compares with the body, and a seal over the seal before it and
the body. Who changes a body has to change the checksum, the seal, and then every later row
and whatever else has noted the seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

FIRST: Final = ""
"""Stands for the seal before the first row."""


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as it is kept.

    Attributes
    ----------
    body
        Canonical JSON.
    checksum
        md5 of the number and the body: a check of the table holds it.
    previous
        Seal of the row before.
    seal
        sha256 of `previous` and the body.
    """

    number: int
    body: str
    checksum: str
    previous: str
    seal: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What became of a table of sealed rows: numbers altered, and numbers that are gone."""

    altered: frozenset[int]
    missing: frozenset[int]


def canonical(plain: Mapping[str, Any]) -> str:
    """The one text of a plain value: keys sorted, no spaces.

    Raises
    ------
    ValueError, TypeError
        It holds what JSON has no word for.
    """
    return json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sealed(number: int, plain: Mapping[str, Any], previous: str) -> SealedRow:
    """The row of a plain value; ``previous`` is the seal of the row before.

    >>> row = sealed(1, {"b": 2, "a": 1}, FIRST)
    >>> row.body, verified([row])
    ('{"a":1,"b":2}', Findings(altered=frozenset(), missing=frozenset()))
    """
    body = canonical(plain)
    return SealedRow(number, body, _checksum(number, body), previous, _seal(previous, body))


def verified(rows: Sequence[SealedRow], noted: Mapping[int, str] | None = None) -> Findings:
    """Find rows that are not what was kept, and gaps.

    Parameters
    ----------
    rows
        In the order of their numbers.
    noted
        Seals by number that were noted elsewhere when the rows were kept.

    Notes
    -----
    A whole row vouches for the one before it; so rows are read from the newest back.
    """
    expected = dict(noted or {})
    altered = set()
    for row in reversed(rows):
        own = row.checksum == _checksum(row.number, row.body)
        own = own and row.seal == _seal(row.previous, row.body)
        if own and expected.get(row.number, row.seal) == row.seal:
            expected.setdefault(row.number - 1, row.previous)
        else:
            altered.add(row.number)
    known = {row.number for row in rows}
    before = {number for number, seal in expected.items() if seal != FIRST}
    return Findings(frozenset(altered), frozenset(_all_up_to(known | before) - known))


def _all_up_to(numbers: set[int]) -> set[int]:
    return set(range(1, max(numbers, default=0) + 1))


def _checksum(number: int, body: str) -> str:
    return hashlib.md5(f"{number}:{body}".encode(), usedforsecurity=False).hexdigest()


def _seal(previous: str, body: str) -> str:
    return hashlib.sha256((previous + body).encode()).hexdigest()
