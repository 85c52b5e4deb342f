"""What a method says to a shop without any order: what most shops order.

The published methods are silent there, and a silent method would be ranked by
the position of products. Anyone who runs them falls back to popularity.
"""

from __future__ import annotations

from functools import wraps

import numpy as np

from smartreco.evaluation.baselines import popularity
from smartreco.evaluation.baselines.ranker import Fit, IntArray, Ranker
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores


def with_popularity_for_newcomers(fit: Fit) -> Fit:
    """The same method, with popularity as the scores of shops that have ordered nothing."""

    @wraps(fit)
    def complete(history: History) -> Ranker:
        known, popular = fit(history), popularity.fit(history)
        ordering = np.zeros(history.shape[0], dtype=bool)
        ordering[history.arrays()[0]] = True

        def rank(shops: IntArray) -> Scores:
            scores = known(shops)
            silent = ~ordering[shops]
            if silent.any():
                scores[silent] = popular(shops[silent])
            return scores

        return rank

    return complete
