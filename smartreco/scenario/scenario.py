"""A question: what if these levers were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from smartreco.errors import InputError
from smartreco.scenario.assumptions import ASSUMPTIONS_KEY, Assumptions
from smartreco.scenario.levers.base import KIND, Lever
from smartreco.scenario.levers.checking import whole
from smartreco.scenario.levers.registry import lever_from_dict

LONGEST: Final = 26
LEVERS_KEY: Final = "levers"
SEED: Final = 20260


@dataclass(frozen=True)
class Scenario:
    """Levers, how far to look, the seed of its draws, and what it rests on.

    Attributes
    ----------
    horizon
        Weeks looked at.
    draws
        Most draws; fewer are made where very much is touched.
    assumptions
        Those that are moved from what was learned.
    """

    name: str
    levers: tuple[Lever, ...] = ()
    horizon: int = 8
    seed: int = SEED
    draws: int = 400
    assumptions: Assumptions = field(default_factory=Assumptions)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise InputError("a scenario has a name", repr(self.name), "give it one")
        whole(self.horizon, "the weeks of a scenario", 1, LONGEST)
        whole(self.seed, "a seed", 0, 2**31)
        whole(self.draws, "a number of draws", 20, 5000)

    def to_dict(self) -> dict[str, Any]:
        """Plain form for TOML and JSON."""
        moved = self.assumptions.to_dict()
        return {
            "name": self.name, "horizon": self.horizon, "seed": self.seed, "draws": self.draws,
            **({ASSUMPTIONS_KEY: moved} if moved else {}),
            LEVERS_KEY: [one.to_dict() for one in self.levers],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Scenario:
        """Read what `to_dict` wrote; all but the name may be left out.

        Raises
        ------
        InputError
            A setting is unknown or cannot be; the words name the lever.
        """
        known = {"name", "horizon", "seed", "draws", ASSUMPTIONS_KEY, LEVERS_KEY}
        extra = [one for one in plain if one not in known]
        if extra:
            raise InputError(
                f"a scenario has the settings {', '.join(sorted(known))}", ", ".join(extra),
                "take it out",
            )  # fmt: skip
        given = plain.get(LEVERS_KEY, [])
        if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
            raise InputError(
                f"the {LEVERS_KEY} of a scenario are a list of tables with a {KIND}",
                type(given).__name__, f"write [[{LEVERS_KEY}]]",
            )  # fmt: skip
        moved = plain.get(ASSUMPTIONS_KEY, {})
        if not isinstance(moved, Mapping):
            raise InputError(
                f"the {ASSUMPTIONS_KEY} of a scenario are a table", type(moved).__name__,
                f"write [{ASSUMPTIONS_KEY}]",
            )  # fmt: skip
        assumptions = Assumptions.from_dict(moved)
        levers = tuple(lever_from_dict(one) for one in given)
        apart = (LEVERS_KEY, ASSUMPTIONS_KEY)
        rest = {name: value for name, value in plain.items() if name not in apart}
        return cls(**{"name": "", **rest}, levers=levers, assumptions=assumptions)
