"""How figures move with the length of a list, and how its places are spread.

Plain dataclasses for JSON: `measuring.Judge` makes them, the scoreboard shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from smartreco.measures.variety import gini, lorenz

LENGTHS: Final = (1, 3, 5, 10, 20, 50)
"""Places of the lists that every model is looked at."""

STEPS: Final = 40
"""Of an exposure curve: a point at every fortieth of the holders."""

DIGITS: Final = 6  # of what is kept of a curve
Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class AtLength:
    """One model with lists of ``k`` places: means over the judged shops with their intervals."""

    model: str
    k: int
    precision: float
    precision_band: Band
    recall: float
    recall_band: Band
    coverage: float

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> AtLength:
        """Read what `dataclasses.asdict` wrote."""
        read = {name: tuple(plain[name]) for name in ("precision_band", "recall_band")}
        return cls(**{**plain, **read})


@dataclass(frozen=True, slots=True)
class Exposure:
    """How a model's places are spread over holders, those with the fewest first.

    Attributes
    ----------
    over
        products | vendors.
    curve
        Share of all places that the least 0, 1/`STEPS`, .. 1 of the holders have.
    gini
        0: all alike; towards 1: all on one (`smartreco.measures.variety.gini`).
    holders
        How many products or vendors there are to be shown.
    """

    model: str
    over: str
    curve: tuple[float, ...]
    gini: float
    holders: int

    def most_shown(self, share: float) -> float:
        """Share of the places that the most shown holders have.

        >>> Exposure("m", "products", (0.0, 0.2, 1.0), 0.3, 2).most_shown(0.5)
        0.8
        """
        at = np.linspace(0.0, 1.0, len(self.curve))
        return round(1.0 - float(np.interp(1.0 - share, at, self.curve)), DIGITS)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Exposure:
        """Read what `dataclasses.asdict` wrote."""
        return cls(**{**plain, "curve": tuple(plain["curve"])})


def exposure(model: str, over: str, places: npt.NDArray[np.number]) -> Exposure | None:
    """The curve of how many places each holder has; None where nobody has any."""
    if not places.sum():
        return None
    curve = tuple(float(one) for one in lorenz(places, STEPS).round(DIGITS))
    return Exposure(model, over, curve, round(gini(places), DIGITS), len(places))
