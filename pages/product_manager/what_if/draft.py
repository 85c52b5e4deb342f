"""A question while it is being put together: plain values, which may not be a question yet.

A lever that is half filled in is no lever. So a draft holds what was entered, and says of each
lever whether it can be moved, in words that stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from smartreco.errors import SmartRecoError
from smartreco.scenario.assumptions import Assumptions
from smartreco.scenario.levers.base import KIND, Lever
from smartreco.scenario.levers.registry import lever_from_dict
from smartreco.scenario.scenario import Scenario

USUAL_WEEKS: Final = 8
MOST_LEVERS: Final = 12


@dataclass(frozen=True)
class DraftLever:
    """What was entered of one lever; ``at`` names it for as long as the draft lives."""

    at: int
    plain: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """Which kind of lever."""
        return str(self.plain[KIND])

    def made(self) -> Lever:
        """The lever.

        Raises
        ------
        SmartRecoError
            What was entered cannot be.
        """
        return lever_from_dict(self.plain)


@dataclass(frozen=True)
class Draft:
    """Levers in their order, how many weeks are looked at, and what it rests on.

    ``made`` : levers ever added.
    """

    name: str
    levers: tuple[DraftLever, ...] = ()
    horizon: int = USUAL_WEEKS
    made: int = 0
    assumptions: Assumptions = field(default_factory=Assumptions)

    @classmethod
    def of(cls, scenario: Scenario) -> Draft:
        """From a question."""
        plain = enumerate(one.to_dict() for one in scenario.levers)
        levers = tuple(DraftLever(at, one) for at, one in plain)
        return cls(scenario.name, levers, scenario.horizon, len(levers), scenario.assumptions)

    def with_lever(self, plain: Mapping[str, Any]) -> Draft:
        """One more, at the end."""
        more = (*self.levers, DraftLever(self.made, plain))
        return replace(self, levers=more, made=self.made + 1)

    def without(self, at: int) -> Draft:
        """One less."""
        return replace(self, levers=tuple(one for one in self.levers if one.at != at))

    def changed(self, at: int, changes: Mapping[str, Any]) -> Draft:
        """One with other settings; a setting that is None is left open."""
        return replace(
            self,
            levers=tuple(
                one if one.at != at else DraftLever(at, _merged(one.plain, changes))
                for one in self.levers
            ),
        )

    def assuming(self, name: str, place: float | None) -> Draft:
        """With one assumption moved; None: as learned."""
        return replace(self, assumptions=replace(self.assumptions, **{name: place}))

    def problems(self) -> dict[int, SmartRecoError]:
        """Why levers cannot be, by `DraftLever.at`."""
        found: dict[int, SmartRecoError] = {}
        for one in self.levers:
            try:
                one.made()
            except SmartRecoError as error:
                found[one.at] = error
        return found

    def scenario(self) -> Scenario:
        """The question.

        Raises
        ------
        SmartRecoError
            A lever cannot be.
        """
        made = tuple(one.made() for one in self.levers)
        return Scenario(
            self.name.strip() or "?", made, horizon=self.horizon, assumptions=self.assumptions
        )

    def asks_the_same(self, other: Draft) -> bool:
        """Whether both ask the same, whatever their names."""
        mine, theirs = ([_asked(one) for one in each.levers] for each in (self, other))
        return mine == theirs and (self.horizon, self.assumptions) == (
            other.horizon, other.assumptions,
        )  # fmt: skip


def _asked(one: DraftLever) -> Lever | Mapping[str, Any]:
    """The lever, since what is left open and what is said as it is by itself are the same."""
    try:
        return one.made()
    except SmartRecoError:
        return one.plain


def _merged(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**plain, **changes}
    return {name: value for name, value in merged.items() if value is not None}
