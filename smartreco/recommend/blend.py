"""How the scorers are mixed: a weight is a share of the pull on a list.

Scorers speak in different units. Each is divided by its spread (standard
deviation) over the products that the list may hold for that shop, so a weight
of 0.3 means 30 % of the pull. Means are left in: taking them out would move all
products of a shop alike and change no rank, but it would break the sum of the
reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.errors import InputError
from smartreco.recommend.scorers import SCORERS

Scores = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Weights = Mapping[str, float]

NOISE: Final = 1e-6  # of the largest score: a spread below that is rounding
COMPONENTS: Final = tuple(SCORERS)


@dataclass(frozen=True)
class Blend:
    """Weights of each list; those of a list sum to 1."""

    weights: Mapping[ListName, Weights]

    @classmethod
    def of(cls, weights: Mapping[ListName, Weights]) -> Blend:
        """Bring the weights of each list to a sum of 1; components not named get 0.

        Raises
        ------
        InputError
            A component is unknown, a weight is below 0 or not a number, or all are 0.
        """
        return cls(
            MappingProxyType({ListName(name): _shares(one) for name, one in weights.items()})
        )

    def with_list(self, name: ListName, weights: Weights) -> Blend:
        """The same blend with other weights for one list."""
        return Blend.of({**self.weights, name: weights})

    def to_dict(self) -> dict[str, dict[str, float]]:
        """Plain form for JSON and versions."""
        return {name.value: dict(one) for name, one in self.weights.items()}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Weights]) -> Blend:
        """Read what `to_dict` wrote, as it was."""
        return cls(
            MappingProxyType(
                {ListName(name): MappingProxyType(dict(one)) for name, one in plain.items()}
            )
        )


def _shares(weights: Weights) -> Weights:
    unknown = set(weights) - set(COMPONENTS)
    if unknown:
        raise InputError(
            "weights are given to " + ", ".join(COMPONENTS), ", ".join(sorted(unknown)),
            "leave the others out",
        )  # fmt: skip
    values = np.array([weights.get(name, 0.0) for name in COMPONENTS], dtype=np.float64)
    if not np.isfinite(values).all() or (values < 0).any() or not values.sum():
        raise InputError(
            "weights are 0 or above and not all 0", str(dict(weights)), "raise one of them"
        )
    return MappingProxyType(dict(zip(COMPONENTS, map(float, values / values.sum()), strict=True)))


DEFAULT_BLEND: Final = Blend.of(
    {
        ListName.REORDER: {"repurchase": 14, "collaborative": 1, "peers": 2, "affinity": 3},
        ListName.DISCOVER: {
            "collaborative": 10, "succession": 4, "peers": 1, "content": 1, "affinity": 4,
        },
        ListName.ALL: {"repurchase": 13, "collaborative": 2, "peers": 2, "affinity": 3},
    }
)  # fmt: skip
"""Where learning starts and what small data keep: good on inner cuts of real wholesale orders."""


def candidates(name: ListName, bought: Mask, active: Mask) -> Mask:
    """Which products a list may hold, shops x products; inactive ones never."""
    if name is ListName.REORDER:
        return bought & active
    if name is ListName.DISCOVER:
        return ~bought & active
    return np.broadcast_to(active, bought.shape)


def spread(scores: Scores, mask: Mask) -> npt.NDArray[np.float64]:
    """Standard deviation of each shop's scores over its candidates; 0 where none."""
    many = np.maximum(mask.sum(axis=1), 1)
    mean = np.einsum("sp,sp->s", scores, mask) / many
    away = (scores - mean[:, None]) * mask
    return np.asarray(np.sqrt(np.einsum("sp,sp->s", away, away) / many))


def factors(
    scores: Mapping[str, Scores], mask: Mask, weights: Weights, floors: Weights
) -> dict[str, npt.NDArray[np.float64]]:
    """What each shop's scores of a component are multiplied by: weight over spread.

    The floor keeps a component that hardly tells products apart for one shop
    (a newcomer's, say) from being blown up to full pull. Where nothing ever told
    products apart, as in a catalogue of one, scores stay in their own units.
    """
    found = {}
    for name, values in scores.items():
        width = np.maximum(spread(values, mask), floors.get(name, 0.0))
        tells = width > NOISE * np.abs(values).max(axis=1, initial=0.0)
        found[name] = weights.get(name, 0.0) / np.where(tells, width, 1.0)
    return found


def blended(scores: Mapping[str, Scores], by: Mapping[str, npt.NDArray[np.float64]]) -> Scores:
    """Weighted sum of the components."""
    first, *others = (by[name][:, None] * values for name, values in scores.items())
    for addend in others:
        first += addend
    return first
