"""Everything an analyst may set about the lists, as one immutable value.

A fit learns settings; a recipe says which of them a person wants otherwise. What is
left out stays as it was learned, so that a recipe outlives the fit it was made on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Self

from smartreco.entities import ListName
from smartreco.errors import InputError
from smartreco.recommend.blend import Blend
from smartreco.recommend.damping import POWERS
from smartreco.recommend.habits import FOREVER, HALF_LIVES

HALF_LIFE_CHOICES: Final = (*HALF_LIVES, FOREVER)
"""Days after which an order counts half; the scorers keep sums of exactly these."""

MOST_DAMPING: Final = max(POWERS)


@dataclass(frozen=True)
class Recipe:
    """Weights and settings of the lists.

    Attributes
    ----------
    blend
        Weights of each list.
    half_life
        Days after which an order counts half, for what shops have in common
        (collaborative, succession, peers); None: as each of them learned. What a shop's own
        repeats weigh is learned over all half-lives and stays so.
    damping
        Power of a product's buyers that its score is divided by, 0 to `MOST_DAMPING`; None: as
        learned.
    diversity
        Strength of maximal marginal relevance by list, 0 (none) to 1; lists left out have 0.
    """

    blend: Blend
    half_life: float | None = None
    damping: float | None = None
    diversity: Mapping[ListName, float] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.half_life is not None and self.half_life not in HALF_LIFE_CHOICES:
            raise InputError(
                "a half-life is one of " + ", ".join(f"{one:g}" for one in HALF_LIFE_CHOICES),
                f"{self.half_life:g}", "choose one",
            )  # fmt: skip
        _check("damping", self.damping, MOST_DAMPING)
        for value in self.diversity.values():
            _check("diversity", value, 1.0)

    def varied(self, name: ListName) -> float:
        """Strength of diversity on a list."""
        return float(self.diversity.get(name, 0.0))

    def to_dict(self) -> dict[str, Any]:
        """Plain form for JSON and versions; the same recipe always has the same form."""
        return {
            "blend": self.blend.to_dict(),
            "half_life": _plain(self.half_life),
            "damping": self.damping,
            "diversity": {
                one.value: float(self.diversity[one]) for one in ListName if self.varied(one)
            },
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Read what `to_dict` wrote.

        Raises
        ------
        InputError
            A value is out of its range.
        """
        half_life = plain.get("half_life")
        return cls(
            Blend.from_dict(plain["blend"]),
            FOREVER if half_life == _ALWAYS else half_life,
            plain.get("damping"),
            MappingProxyType({ListName(name): float(v) for name, v in plain["diversity"].items()}),
        )


_ALWAYS: Final = "forever"  # JSON has no infinity


def _plain(half_life: float | None) -> float | str | None:
    return _ALWAYS if half_life == FOREVER else half_life


def _check(what: str, value: float | None, most: float) -> None:
    if value is not None and not (math.isfinite(value) and 0.0 <= value <= most):
        raise InputError(f"{what} is from 0 to {most:g}", f"{value:g}", "choose another value")
