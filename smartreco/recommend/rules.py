"""What may not be on a list, whatever its score: applied after scoring, and said so.

A rule never changes a score, so the reasons stay true. Each line names the rules
that moved it: those that took a better product away above it, or pinned it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.language import Message

IntArray = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]

AVAILABLE: Final = "available"
EXCLUDED: Final = "excluded"
ELIGIBLE: Final = "eligible"
PINNED: Final = "pinned"

NOTES: Final[Mapping[str, Message]] = {
    AVAILABLE: Message("Moved up: a product above it cannot be ordered now"),
    EXCLUDED: Message("Moved up: you hid a product above it"),
    ELIGIBLE: Message("Moved up: your filters leave out a product above it"),
    PINNED: Message("Pinned to the top"),
}


@dataclass(frozen=True)
class Rules:
    """Rules of one request; masks hold one entry a product, None stands for all.

    Attributes
    ----------
    available
        Products that can be ordered now.
    eligible
        Products that the reader's filters let through.
    excluded
        Ids that the shop does not want to see.
    pinned
        Ids that come first, in this order, where the list may hold them.
    """

    available: Mask | None = None
    eligible: Mask | None = None
    excluded: frozenset[str] = frozenset()
    pinned: tuple[str, ...] = ()

    def resolve(self, positions: Mapping[str, int]) -> Resolved:
        """Turn ids into positions; ids that the model does not know are ignored."""
        allowed: dict[str, Mask] = {}
        if self.available is not None:
            allowed[AVAILABLE] = _whole(self.available, len(positions))
        if self.eligible is not None:
            allowed[ELIGIBLE] = _whole(self.eligible, len(positions))
        if self.excluded:
            wanted = np.ones(len(positions), dtype=bool)
            wanted[[positions[one] for one in self.excluded if one in positions]] = False
            allowed[EXCLUDED] = wanted
        pinned = [positions[one] for one in dict.fromkeys(self.pinned) if one in positions]
        return Resolved(allowed, np.array(pinned, dtype=np.int64))


@dataclass(frozen=True)
class Resolved:
    """Rules as masks and positions."""

    allowed: Mapping[str, Mask] = field(default_factory=dict)
    pinned: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def keys(self, scores: npt.NDArray[np.float64], candidates: Mask) -> npt.NDArray[np.float64]:
        """What a list is sorted by: pinned first, then by score; -inf where a rule says no."""
        mask = candidates
        for allowed in self.allowed.values():
            mask = mask & allowed
        keys = np.where(mask, scores, -np.inf)
        if len(self.pinned):
            ahead = np.finfo(np.float64).max / (1.0 + np.arange(len(self.pinned)))
            keys[:, self.pinned] = np.where(mask[:, self.pinned], ahead, -np.inf)
        return keys

    def notes(
        self, scores: npt.NDArray[np.float64], candidates: Mask, ranked: IntArray
    ) -> list[tuple[str, ...]]:
        """Names of the rules that moved each line of one shop's list."""
        best_gone = {
            name: scores[candidates & ~allowed].max(initial=-np.inf)
            for name, allowed in self.allowed.items()
        }
        return [
            (PINNED,)
            if product in self.pinned
            else tuple(name for name, gone in best_gone.items() if gone > scores[product])
            for product in ranked
        ]


def _whole(mask: Mask, products: int) -> Mask:
    if mask.shape != (products,):
        raise ValueError(f"a mask has {products} entries, one a product; found {mask.shape}")
    return mask
