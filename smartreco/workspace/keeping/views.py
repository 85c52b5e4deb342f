"""What callers get to see of backups, erasures and what was forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BackupView:
    """One backup; ``rows`` of all tables, ``seconds`` that it took, times in UTC.

    ``problem`` says why it cannot be restored as far as its manifest tells; "": it can.
    """

    name: str
    path: Path
    bytes: int
    made_at: datetime
    tables: int
    rows: int
    seconds: float
    schema: int = 0  # number of the newest migration in it
    data_set: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BackupCheck:
    """A backup after every row of it was read and held against its manifest."""

    backup: BackupView
    problems: tuple[str, ...]  # each one a sentence; none: it is whole

    @property
    def good(self) -> bool:
        """Whether it can be restored."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did; ``aside`` is where the replaced store lies, None: there was none."""

    backup: BackupView
    aside: Path | None
    erased_again: int  # shops erased since the backup was made, and so erased in it too


@dataclass(frozen=True, slots=True)
class Erased:
    """A shop without its identity.

    ``retailer_id`` and ``name`` are the ones it has now; ``counts`` are rows by what happened
    to them: removed, or emptied of who did it.
    """

    retailer_id: str
    name: str
    removed: Mapping[str, int] = field(default_factory=dict)
    anonymised: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Rows older than the settings keep, by table."""

    before: datetime
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(self.counts.values())
