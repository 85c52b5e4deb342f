"""One look at the scoreboard: what the address asks for, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from pages import address
from pages.analyst.scoreboard.names import LISTS
from pages.context import Context
from smartreco.entities import ListName
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import ListScores
from smartreco.language import noted
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.scoreboard.scoreboards import Scoreboards
from smartreco.workspace.scoreboard.views import Choice, Shelf, Standing

LENGTHS: Final = (10, 5, 20)  # of judged lists; those of kept runs are offered as well
LEARNED: Final = "learned"  # in the address: no version in particular
ORIGINS: Final = {
    Origin.LEARNED: noted("learned"), Origin.TUNED: "tuned by {name}",
    Origin.SEARCHED: "found by {name}", Origin.SCENARIO: "from a what-if of {name}",
}  # fmt: skip


@dataclass(frozen=True)
class ScoreVisit:
    """What one run of the page reads."""

    ctx: Context

    @property
    def scoreboard(self) -> Scoreboards:
        """The use cases."""
        return self.ctx.workspace.scoreboard

    @cached_property
    def shelf(self) -> Shelf:
        """Versions and runs, read once for this look."""
        return self.scoreboard.shelf(self.ctx.principal)

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """Versions by what the address calls them, the first is the one in force."""
        return {key_of(one): one for one in self.shelf.choices}

    @property
    def lengths(self) -> list[str]:
        """Lengths of lists that can be looked at."""
        return [str(one) for one in dict.fromkeys((*LENGTHS, *(run.k for run in self.shelf.runs)))]

    @property
    def choice(self) -> Choice:
        """The version that is looked at."""
        return self.choices[address.value("version", list(self.choices))]

    @property
    def split(self) -> Split:
        """How what is known is parted from what is asked."""
        return Split(address.value("split", [one.value for one in Split]))

    @property
    def k(self) -> int:
        """Places that are judged."""
        return int(address.value("k", self.lengths))

    @property
    def list_name(self) -> ListName:
        """Which list."""
        return ListName(address.value("list", [one.value for one in LISTS]))

    @cached_property
    def standing(self) -> Standing:
        """The last run of what is asked for."""
        return self.standing_of(self.split)

    def standing_of(self, split: Split) -> Standing:
        """The same for another split."""
        return self.of(self.choice, split)

    def of(self, choice: Choice, split: Split) -> Standing:
        """The same for another version."""
        return self.scoreboard.standing(
            self.ctx.principal, choice.version, split, self.k, self.shelf
        )

    @property
    def board(self) -> Scoreboard:
        """Figures of the run; only where there is one."""
        return self.standing.found.scoreboard

    @property
    def scores(self) -> ListScores:
        """Those of the list."""
        return self.board.of(self.list_name)

    @property
    def number(self) -> int:
        """Of the run."""
        return self.standing.found.number

    def version_name(self, choice: Choice) -> str:
        """A version in words."""
        t = self.ctx.t
        if choice.version is None or choice.origin is None:
            return t("As learned")
        words = [t("Version {n}", n=choice.version), t(ORIGINS[choice.origin], name=choice.author)]
        if choice.in_force:
            words.insert(1, t("in force"))
        if not choice.whole:
            words.append(t("altered, not to be used"))
        return " · ".join(words)

    def short_name(self, choice: Choice) -> str:
        """A version where a sentence goes on."""
        if choice.version is None:
            return self.ctx.t("What was learned")
        return self.ctx.t("Version {n}", n=choice.version)

    def kept(self) -> tuple[object, ...]:
        """What charts of this visit depend on."""
        return (self.number, self.list_name, self.ctx.language)


def key_of(choice: Choice) -> str:
    """What the address calls a version."""
    return LEARNED if choice.version is None else str(choice.version)


def moment(ctx: Context, when: datetime) -> str:
    """A time in words."""
    return ctx.language.moment(when)
