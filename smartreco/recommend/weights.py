"""Weights of the blend, learned on the inner cut.

For each judged shop only products that at least one component puts near its top
can reach the top of a mix, so a small pool of them stands for the catalogue and
trying a mix takes milliseconds. As in `tuning`, a weight moves only for a gain
above the gain's own noise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.measures.ranking import ndcg
from smartreco.recommend.blend import Blend, Weights, candidates, factors
from smartreco.recommend.ranking import best
from smartreco.recommend.trial import DEPTH, Trial, within
from smartreco.recommend.tuning import surely_better

Scores = npt.NDArray[np.float64]

NEAR_TOP = 40  # products of each component that enter the pool
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8)  # tried for one component at a time
MOST_FOR_ONE = 0.6  # of what answers each click: lists should move, and not turn over
ROUNDS = 6


@dataclass(frozen=True)
class Pool:
    """Products near the top for any component, for each judged shop.

    Attributes
    ----------
    names
        Components, in the order of the first axis of ``scaled``.
    scaled
        Components x shops x places: standardised scores, 0 where a place is empty.
    empty, truth
        Shops x places: holds no product; holds one that was ordered later.
    relevant
        Products ordered later that the list could hold, one count a shop.
    """

    names: tuple[str, ...]
    scaled: Scores
    empty: npt.NDArray[np.bool_]
    truth: npt.NDArray[np.bool_]
    relevant: npt.NDArray[np.integer]

    def measure(self, weights: Weights) -> Scores:
        """NDCG of a mix, one a shop."""
        mix = np.tensordot([weights[name] for name in self.names], self.scaled, axes=1)
        ranked = best(np.where(self.empty, -np.inf, mix), DEPTH)
        hits = np.take_along_axis(self.truth, np.maximum(ranked, 0), axis=1) & (ranked >= 0)
        return ndcg(hits, self.relevant)


def learn_blend(trial: Trial, scores: Mapping[str, Scores], start: Blend) -> Blend:
    """Learn the weights of each list; components that cannot be judged keep their share.

    Parameters
    ----------
    scores
        Scores of the components that need no basket, for the judged shops.
    """
    bought = trial.market.habits.of(trial.shops).bought(trial.market.shape[1])
    truth = trial.truth
    blend = start
    for name, weights in start.weights.items():
        mask = candidates(name, bought, trial.market.active)
        blend = blend.with_list(name, learn_weights(pooled(scores, mask, truth), weights))
    return blend


def pooled(scores: Mapping[str, Scores], mask: npt.NDArray[np.bool_], truth: sp.csr_array) -> Pool:
    """Gather the products near the top of each component."""
    by = factors(scores, mask, dict.fromkeys(scores, 1.0), {})
    near = [best(np.where(mask, values, -np.inf), NEAR_TOP) for values in scores.values()]
    places = np.sort(np.hstack(near), axis=1)
    empty = places < 0
    empty[:, 1:] |= places[:, 1:] == places[:, :-1]
    at = np.maximum(places, 0)
    scaled = [
        np.take_along_axis(values, at, axis=1) * by[name][:, None]
        for name, values in scores.items()
    ]
    relevant = within(truth, mask)
    dense = np.take_along_axis(relevant.toarray() > 0, at, axis=1) & ~empty
    return Pool(tuple(scores), np.stack(scaled), empty, dense, np.diff(relevant.indptr))


def learn_weights(pool: Pool, start: Weights) -> Weights:
    """Climb from the starting weights, one component's share at a time."""
    if not (pool.relevant > 0).any():
        return start
    weights, held = dict(start), pool.measure(start)
    for _ in range(ROUNDS):
        best_gain, move = 0.0, None
        for name in pool.names:
            for share in SHARES:
                tried = _with_share(weights, name, share, pool.names)
                measured = pool.measure(tried)
                if surely_better(measured, held):
                    gain = float(np.nanmean(measured - held))
                    if gain > best_gain:
                        best_gain, move = gain, (tried, measured)
        if move is None:
            break
        weights, held = move
    return weights


def best_share(pool: Pool, start: Weights, name: str) -> Weights:
    """Choose the share of one component and leave the others in proportion."""
    weights, held = dict(start), pool.measure(start)
    for share in (one for one in SHARES if 0 < one <= MOST_FOR_ONE):
        tried = _with_share(start, name, share, pool.names)
        measured = pool.measure(tried)
        if surely_better(measured, held):
            weights, held = tried, measured
    return weights


def _with_share(
    weights: Weights, name: str, share: float, learned: tuple[str, ...]
) -> dict[str, float]:
    """Give one component a share among the learned ones, the others keep their proportions."""
    room = sum(weights[one] for one in learned)
    others = room - weights[name]
    scale = room * (1 - share) / others if others else 0.0
    moved = {one: weight * scale if one in learned else weight for one, weight in weights.items()}
    return moved | {name: room * share if others else weights[name]}
