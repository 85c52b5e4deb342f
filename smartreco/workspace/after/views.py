"""What the page "After publishing" shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from smartreco.entities import ListName
from smartreco.evaluation.after import Gap, Promise, Share, Verdict

__all__ = [
    "AfterPublishing", "Comparison", "Gap", "Outcome", "Promise", "RankShare",
    "Share", "Verdict", "VersionKey", "WeekShare",
]  # fmt: skip

PROMISED: Final = 28  # days that a stated chance is of


class VersionKey(NamedTuple):
    """What made a line.

    ``version`` is None for lines of before there were versions; then ``model`` is that of the
    model.
    """

    version: int | None
    model: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the lines of one version on one list.

    Attributes
    ----------
    first, last
        Days on which the first and the latest of them was first shown.
    shown, shops
        Lines shown so far, and shops that saw them.
    settled
        Lines whose time has passed: shares are of these.
    days
        Mean days for which a settled line could be acted on.
    said
        Mean probability stated of the settled lines that have one, ``said_of`` how many.
    held_out
        Precision of the version on held-out weeks, as it was published with; None: not known.
    """

    key: VersionKey
    list: ListName
    first: date
    last: date
    shown: int
    shops: int
    settled: int
    days: float
    said: float | None
    said_of: int
    held_out: float | None
    added: Share
    ordered: Share
    dismissed: Share

    def of(self, outcome: str) -> Share:
        """The share of an outcome by its name."""
        found: Share = getattr(self, outcome)
        return found


@dataclass(frozen=True, slots=True)
class RankShare:
    """A place of a list and what became of the lines first shown there."""

    rank: int
    share: Share


@dataclass(frozen=True, slots=True)
class WeekShare:
    """Lines first shown in the week that begins on a day."""

    week: date
    share: Share


@dataclass(frozen=True, slots=True)
class Comparison:
    """One outcome of one list: a version against the one shown before it."""

    list: ListName
    outcome: str
    after: VersionKey
    before: VersionKey
    gap: Gap


@dataclass(frozen=True)
class AfterPublishing:
    """All of it, as of a moment.

    Attributes
    ----------
    days
        For which an act counts after a line was first shown.
    shown
        Lines shown so far; 0: nobody has opened a list yet.
    first_figures_on
        Day from which the first lines have had their time; None where some have, or none was
        shown.
    outcomes
        The version shown last comes first; by list within it.
    ranks, weeks
        Shares of the lines ordered, of all versions, by list.
    promises
        Lines by what was said of them, by list; empty where nothing was.
    """

    as_of: datetime
    days: int
    shown: int
    first_figures_on: date | None
    outcomes: tuple[Outcome, ...]
    comparisons: tuple[Comparison, ...]
    ranks: dict[ListName, tuple[RankShare, ...]]
    weeks: dict[ListName, tuple[WeekShare, ...]]
    promises: dict[ListName, tuple[Promise, ...]]

    @property
    def promised_for(self) -> bool:
        """Whether lines were given the time that chances are stated for."""
        return self.days == PROMISED

    @property
    def settled(self) -> int:
        """Lines whose time has passed."""
        return sum(one.settled for one in self.outcomes)

    def of(self, name: ListName) -> tuple[Outcome, ...]:
        """Outcomes of one list."""
        return tuple(one for one in self.outcomes if one.list is name)

    def compared(self, name: ListName) -> tuple[Comparison, ...]:
        """Comparisons of one list."""
        return tuple(one for one in self.comparisons if one.list is name)
