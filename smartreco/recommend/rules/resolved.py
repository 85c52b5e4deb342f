"""Rules as masks, lifts and positions: from the scores of some shops to their lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from smartreco.recommend.blend import spread
from smartreco.recommend.ranking import best, rank_of
from smartreco.recommend.rules.arranging import arranged
from smartreco.recommend.rules.facts import Floats, Ints
from smartreco.recommend.rules.noting import moved_by
from smartreco.recommend.rules.plan import NO_PLAN, Plan
from smartreco.recommend.rules.rule import Mask


@dataclass(frozen=True)
class Resolved:
    """Rules of one request, ready for any shop.

    Attributes
    ----------
    allowed
        Products that a filter lets through, by the note that it causes.
    pinned
        Positions that come first.
    plan
        The rules that hold for every shop.
    places, ahead
        See `Rules`.
    """

    allowed: Mapping[str, Mask] = field(default_factory=dict)
    pinned: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    plan: Plan = NO_PLAN
    places: int | None = None
    ahead: Mask | None = None

    def lifted(self, scores: Floats, candidates: Mask) -> Floats:
        """Scores moved by boosts: shops x products, still in units of score."""
        if self.plan.lift is None:
            return scores
        width = spread(scores, candidates)
        # where a shop's scores do not differ at all, a boost decides alone
        return scores + np.where(width > 0, width, 1.0)[:, None] * self.plan.lift

    def keys(self, scores: Floats, candidates: Mask) -> Floats:
        """What a list is sorted by: pinned first, what goes ahead, then by lifted score.

        It is -inf where a rule says no.

        Parameters
        ----------
        scores, candidates
            Shops x products: the mix, and what is offered.
        """
        mask = candidates
        for allowed in self.allowed.values():
            mask = mask & allowed
        keys = np.where(mask, self._tiered(self.lifted(scores, candidates), candidates), -np.inf)
        if len(self.pinned):
            ahead = np.finfo(np.float64).max / (1.0 + np.arange(len(self.pinned)))
            keys[:, self.pinned] = np.where(mask[:, self.pinned], ahead, -np.inf)
        return keys

    def ranked(self, scores: Floats, candidates: Mask, k: int) -> npt.NDArray[np.int64]:
        """Lists of a block of shops: shops x k positions, best first, -1 beyond the end."""
        keys = self.keys(scores, candidates)
        if not self.plan.arranges:
            return best(keys, k)
        return arranged(keys, k, self.places or k, self.plan, self.pinned, self.ahead)

    def rank_of(self, scores: Floats, candidates: Mask, product: int, k: int) -> int | None:
        """Rank from 1 of a product for one shop (one row), in its list of `k` and beyond.

        Beyond the list it is counted by the key. None where the list may not hold it: a
        filter says no, or places run out before its turn.
        """
        keys = self.keys(scores, candidates)
        if not self.plan.arranges or not np.isfinite(keys[0, product]):
            return rank_of(keys[0], product)
        (listed,) = arranged(keys, k, self.places or k, self.plan, self.pinned, self.ahead)
        (at,) = np.nonzero(listed == product)
        if len(at):
            return int(at[0]) + 1
        if listed[-1] < 0:
            return None
        keys[0, listed] = -np.inf
        beyond = rank_of(keys[0], product)
        return None if beyond is None else k + beyond

    def notes(self, scores: Floats, candidates: Mask, ranked: Ints) -> list[tuple[str, ...]]:
        """Names of the rules that moved each line of one shop's list (`NOTES`).

        Parameters
        ----------
        scores, candidates
            One entry a product.
        ranked
            The list's positions.
        """
        row = scores[None, :], candidates[None, :]
        lifted = self._tiered(self.lifted(*row), row[1])[0]
        gone = {
            name: lifted[candidates & ~allowed].max(initial=-np.inf)
            for name, allowed in self.allowed.items()
        }
        keys = lifted if self.plan is NO_PLAN else self.keys(*row)[0]
        scores = self._tiered(*row)[0]
        return moved_by(
            self.plan, self.pinned, self.places or len(ranked), scores, lifted, keys, gone, ranked
        )

    def _tiered(self, values: Floats, candidates: Mask) -> Floats:
        """Values of what goes ahead raised above all others of its shop."""
        if self.ahead is None:
            return values
        high = np.where(candidates, values, -np.inf).max(axis=1, initial=-np.inf, keepdims=True)
        low = np.where(candidates, values, np.inf).min(axis=1, initial=np.inf, keepdims=True)
        above = np.where(np.isfinite(high), high - low, 0.0) + 1.0
        return np.asarray(values + above * self.ahead)
