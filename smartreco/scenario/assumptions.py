"""What a scenario rests on, as far as a reader may move it: each within what was learned.

Left as learned, an assumption is drawn from its whole range, and its doubt is in the bands.
Moved, it is held in every draw at the place of its range where the reader put it: 0.1 is
its low end (a tenth of what is believed lies below), 0.9 its high end. How much will be asked
for is about the world, so that today moves with it; all others say what levers do, and move
the scenario alone. A scenario without levers differs by nothing, whatever is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from scipy.special import ndtri

from smartreco.errors import InputError
from smartreco.scenario.levers.checking import within

LEAST, MOST = 0.05, 0.95
LOW, HIGH = 0.1, 0.9  # ends of what is called likely

ASSUMPTIONS_KEY: Final = "assumptions"


@dataclass(frozen=True, slots=True)
class Held:
    """Standard normal values that assumptions are held at in all draws; None: drawn.

    More is more of what is assumed: a stronger response, more demand.
    """

    demand: float | None = None
    response: float | None = None
    promotion: float | None = None
    substitution: float | None = None
    festival: float | None = None
    launch: float | None = None


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Places in what was learned, 0.05 to 0.95; None: as learned, with its doubt.

    Attributes
    ----------
    demand
        How much will be asked for anyway of the products that are touched.
    response
        How strongly demand answers prices.
    promotion
        How much a promotion is noticed beyond its price.
    substitution
        How much of what is lost is taken as something like it.
    festival
        How strong a festival is that is moved.
    launch
        How well a new product is taken up.
    """

    demand: float | None = None
    response: float | None = None
    promotion: float | None = None
    substitution: float | None = None
    festival: float | None = None
    launch: float | None = None

    def __post_init__(self) -> None:
        for name, place in self.moved().items():
            within(place, f"the place of the assumption {name}", LEAST, MOST)

    def moved(self) -> dict[str, float]:
        """Those that are not as learned."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: place for name, place in found.items() if place is not None}

    def held(self) -> Held:
        """What they are held at."""
        return Held(**{name: float(ndtri(place)) for name, place in self.moved().items()})

    def to_dict(self) -> dict[str, float]:
        """Plain form; what is as learned is left out."""
        return self.moved()

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Assumptions:
        """Read what `to_dict` wrote.

        Raises
        ------
        InputError
            An assumption is unknown, or its place is none.
        """
        known = [one.name for one in fields(cls)]
        extra = [name for name in plain if name not in known]
        if extra:
            raise InputError(
                f"the assumptions of a scenario are {', '.join(known)}", ", ".join(extra),
                "take it out",
            )  # fmt: skip
        return cls(**plain)
