"""The lists of every model on the same shops, masks and ties, block by block.

Scores are shops x products and dense, so shops are scored `SHOPS_AT_ONCE` at a
time and only the listed positions are kept: memory does not grow with the shops.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.evaluation.baselines.ranker import Ranker
from smartreco.evaluation.protocol import Cut
from smartreco.evaluation.published import NO_RULES, RulesByList
from smartreco.measures.ranking import hits_of
from smartreco.recommend.blend import candidates
from smartreco.recommend.engine import Model
from smartreco.recommend.ranking import best
from smartreco.recommend.rules import Rules

Ranked = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]

SHOPS_AT_ONCE = 128


@dataclass(frozen=True)
class Listed:
    """One list of one model for the judged shops.

    Attributes
    ----------
    ranked
        Judged shops x k product positions, -1 beyond the end.
    chances
        Stated probability of each place, NaN where none is stated; None for models
        that state none. May cover fewer places than ``ranked``.
    """

    ranked: Ranked
    chances: Floats | None = None

    def top(self, k: int) -> Listed:
        """The first k places of the same lists."""
        return Listed(self.ranked[:, :k], None if self.chances is None else self.chances[:, :k])


def list_ours(
    model: Model, cut: Cut, k: int, stated: int | None = None, rules: RulesByList = NO_RULES
) -> dict[ListName, Listed]:
    """Our lists as `Model.rank` gives them, with the probability of the first ``stated`` places.

    None: of every place.
    """
    places = k if stated is None else stated
    return {name: _ours(model, cut, k, name, places, rules[name]) for name in ListName}


def list_baseline(ranker: Ranker, cut: Cut, k: int) -> dict[ListName, Listed]:
    """A baseline's lists; those on which it tells no product from another are left out."""
    found: dict[ListName, list[Ranked]] = {name: [] for name in ListName}
    speaks = dict.fromkeys(ListName, False)
    for rows in blocks(len(cut.shops)):
        scores = ranker(cut.shops[rows])
        bought = cut.bought[rows].toarray() > 0
        for name in ListName:
            mask = candidates(name, bought, cut.active)
            speaks[name] |= _tells_apart(scores, mask)
            found[name].append(best(np.where(mask, scores, -np.inf), k))
    return {name: Listed(np.vstack(ranked)) for name, ranked in found.items() if speaks[name]}


def hits(ranked: Ranked, truth: sp.csr_array) -> npt.NDArray[np.bool_]:
    """`measures.ranking.hits_of` in blocks: it makes its truth dense."""
    found = [hits_of(ranked[rows], truth[rows]) for rows in blocks(len(ranked))]
    return np.vstack(found) if found else np.zeros(ranked.shape, dtype=bool)


def blocks(shops: int, most: int = SHOPS_AT_ONCE) -> Iterator[slice]:
    """Cut a number of shops into blocks of at most so many."""
    for start in range(0, shops, most):
        yield slice(start, start + most)


def _ours(model: Model, cut: Cut, k: int, name: ListName, places: int, rules: Rules) -> Listed:
    ranked, chances = [], []
    resolved = rules.resolve(model.market.product_positions)
    for rows in blocks(len(cut.shops)):
        shops = model.market.shops(cut.shops[rows])
        scored = model.score(shops, name)
        listed = resolved.ranked(scored.totals, scored.offers, k)
        ranked.append(listed)
        if model.calibration is not None and places:
            stated = model.chances(scored, shops, name, listed[:, :places])
            chances.append(np.array(stated, dtype=np.float64))
    return Listed(np.vstack(ranked), np.vstack(chances) if chances else None)


def _tells_apart(scores: Floats, mask: npt.NDArray[np.bool_]) -> bool:
    """Whether any shop's candidates get different scores."""
    high = np.where(mask, scores, -np.inf).max(axis=1, initial=-np.inf)
    low = np.where(mask, scores, np.inf).min(axis=1, initial=np.inf)
    return bool((high > low).any())
