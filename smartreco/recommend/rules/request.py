"""The rules of one request: what the shop and the reader want, and what is published for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smartreco.recommend.rules.notes import AVAILABLE, ELIGIBLE, EXCLUDED, ORDERED
from smartreco.recommend.rules.plan import NO_PLAN, Plan
from smartreco.recommend.rules.resolved import Resolved
from smartreco.recommend.rules.rule import Mask


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
    ordered
        Ids in orders that the model does not know of yet.
    pinned
        Ids that come first, in this order, where the list may hold them.
    plan
        Rules that hold for every shop, made ready once (`Plan.of`).
    ahead
        Products that come before all others that are not pinned; within both parts the
        usual order holds, and no line is said to have moved because of it.
    places
        Rules that count places count every so many places of a list, so that a list
        of 10 is the head of the list of 20. None: all places of the list asked for.
    """

    available: Mask | None = None
    eligible: Mask | None = None
    excluded: frozenset[str] = frozenset()
    ordered: frozenset[str] = frozenset()
    pinned: tuple[str, ...] = ()
    plan: Plan = NO_PLAN
    places: int | None = None
    ahead: Mask | None = None

    def resolve(self, positions: Mapping[str, int]) -> Resolved:
        """Turn ids into positions; ids that the model does not know are ignored.

        Raises
        ------
        ValueError
            A mask or the plan is of another catalogue.
        """
        allowed: dict[str, Mask] = {}
        if self.available is not None:
            allowed[AVAILABLE] = _whole(self.available, len(positions))
        if self.eligible is not None:
            allowed[ELIGIBLE] = _whole(self.eligible, len(positions))
        for name, ids in ((EXCLUDED, self.excluded), (ORDERED, self.ordered)):
            if ids:
                wanted = np.ones(len(positions), dtype=bool)
                wanted[[positions[one] for one in ids if one in positions]] = False
                allowed[name] = wanted
        for name, keeps in self.plan.keeps.items():
            allowed[name] = _whole(keeps, len(positions))
        first = dict.fromkeys((*self.pinned, *self.plan.pinned))
        pinned = [positions[one] for one in first if one in positions]
        ahead = None if self.ahead is None else _whole(self.ahead, len(positions))
        return Resolved(allowed, np.array(pinned, dtype=np.int64), self.plan, self.places, ahead)


def _whole(mask: Mask, products: int) -> Mask:
    if mask.shape != (products,):
        raise ValueError(f"a mask has {products} entries, one a product; found {mask.shape}")
    return mask
