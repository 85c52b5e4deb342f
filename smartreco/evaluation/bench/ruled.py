"""Published rules on a pool: filters, boosts, variety, places and pins by product, as on a list.

What a pool cannot carry is told in notes: a vendor's kept places are filled from his products
in the pool, and a filter that takes most of a pool away leaves a shorter list than the whole
catalogue would. Today's stock and what a shop hid belong to no past window and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.evaluation.bench.gathering import held
from smartreco.evaluation.bench.likeness import Likeness
from smartreco.evaluation.bench.pool import Mixed, Pool
from smartreco.evaluation.protocol import Cut
from smartreco.language import Sentence
from smartreco.recommend.ranking import best
from smartreco.recommend.rules import NO_PLAN, Plan
from smartreco.recommend.rules.arranging import POOL
from smartreco.recommend.rules.placing import filled
from smartreco.recommend.rules.varying import vary

Ints = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]
Singles = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Ruled:
    """A pool with what some rules do to each place.

    Attributes
    ----------
    pool
        With a place for each pinned product that a shop's list may hold.
    allowed
        Shops x places: no filter takes it away.
    lift
        Shops x places: spreads that a key moves; None: none does.
    pinned
        Positions that come first, in this order.
    scored
        Places from the left whose scores are known.
    """

    pool: Pool
    plan: Plan
    allowed: Mask
    lift: Singles | None
    pinned: npt.NDArray[np.int64]
    scored: int

    @classmethod
    def of(cls, pool: Pool, plan: Plan, cut: Cut, name: ListName) -> Ruled:
        """Lay the rules of a list out on its pool."""
        if plan is NO_PLAN or plan.facts is None:
            nothing = np.zeros(0, dtype=np.int64)
            return cls(pool, NO_PLAN, pool.at >= 0, None, nothing, pool.at.shape[1])
        known, scored = plan.facts.position, pool.at.shape[1]
        pinned = np.array(
            [known[one] for one in dict.fromkeys(plan.pinned) if one in known], dtype=np.int64
        )
        if len(pinned):
            pool = _with_pinned(pool, pinned, cut, name)
        at = np.maximum(pool.at, 0)
        allowed = pool.at >= 0
        for keeps in plan.keeps.values():
            allowed = allowed & keeps[at]
        lift = None if plan.lift is None else plan.lift[at].astype(np.float32)
        return cls(pool, plan, allowed, lift, pinned, scored)

    def ranked(self, mix: Mixed, k: int, strength: float, likeness: Likeness) -> Ints:
        """Places of each shop's list in its pool: shops x k, best first, -1 beyond the end.

        Parameters
        ----------
        strength
            Of variety, beside that of the rules; the stronger one counts.
        """
        keys = self._keys(mix)
        strength = max(strength, self.plan.strength)
        limits = self.plan.limits(k)
        if not strength and limits is None:
            return best(keys, k)
        order: Ints = best(keys, keys.shape[1] if limits is not None else POOL * k)
        if strength:
            order = self._varied(keys, order, k, strength, likeness)
        if limits is None or self.plan.facts is None:
            return np.asarray(order[:, :k])
        products = _products(self.pool, order)
        chosen = filled(products, k, limits, self.plan.facts.vendor, self.pinned)
        return _places(products, order, chosen)

    def _keys(self, mix: Mixed) -> Singles:
        """What a list is sorted by; -inf where it may not hold a product."""
        moved: npt.NDArray[np.floating] = mix.totals
        if self.lift is not None:
            width = mix.width
            moved = moved + np.where(width > 0, width, 1.0)[:, None] * self.lift
        keys = np.where(self.allowed & (mix.totals != 0), moved, -np.inf).astype(np.float32)
        for order, product in enumerate(self.pinned):
            there = self.allowed & (self.pool.at == product)
            keys[there] = np.finfo(np.float32).max / (1.0 + order)
        return keys

    def notes(self, k: int) -> list[Sentence]:
        """What these figures leave out."""
        if self.plan is NO_PLAN:
            return []
        found = [Sentence("note.stock")]
        limits = self.plan.limits(k)
        if limits is not None and limits.least.any():
            found.append(Sentence("note.floors"))
        few = (self.allowed.sum(axis=1) < k) & ~self.pool.whole
        if few.any():
            found.append(Sentence("note.short", {"shops": int(few.sum())}))
        return found

    def _varied(
        self, keys: Singles, order: Ints, k: int, strength: float, likeness: Likeness
    ) -> Ints:
        """The order with the chosen first; only the best few are looked at."""
        near = order[:, : POOL * k]
        own = np.take_along_axis(keys, np.maximum(near, 0), axis=1).astype(np.float64)
        products = _products(self.pool, near)
        moved = vary(own, products, k, strength, likeness.of(products), self.pinned)
        return np.hstack([_places(products, near, moved), order[:, POOL * k :]])


def _products(pool: Pool, places: Ints) -> Ints:
    """Positions of products that stand at some places; -1 where there is none."""
    found = np.take_along_axis(pool.at, np.maximum(places, 0), axis=1)
    return np.where(places >= 0, found, -1).astype(np.int64)


def _places(products: Ints, places: Ints, chosen: Ints) -> Ints:
    """Places of chosen products, each of which is one of ``products``."""
    at = (products[:, None, :] == chosen[:, :, None]).argmax(axis=2)
    return np.where(chosen >= 0, np.take_along_axis(places, at, axis=1), -1)


def _with_pinned(pool: Pool, pinned: npt.NDArray[np.int64], cut: Cut, name: ListName) -> Pool:
    """A place more for each pinned product, filled for the shops whose list may hold it.

    Scores at these places are unknown, and not needed: what is pinned goes first.
    """
    bought = cut.bought[:, pinned].toarray() > 0
    may = (bought if name is ListName.REORDER else ~bought) & cut.active[pinned]
    known = np.stack([(pool.at == one).any(axis=1) for one in pinned], axis=1)
    more = np.where(may & ~known, pinned, -1).astype(np.int32)
    unknown = np.zeros((len(pool.names), *more.shape), dtype=np.float32)
    soon = None
    if pool.soon is not None and cut.soon is not None:
        soon = np.hstack([pool.soon, held(cut.soon, more)])
    return replace(
        pool, at=np.hstack([pool.at, more]), values=np.concatenate([pool.values, unknown], axis=2),
        truth=np.hstack([pool.truth, held(cut.relevant(name), more)]), soon=soon,
    )  # fmt: skip
