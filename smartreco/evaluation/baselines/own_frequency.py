"""What the shop itself orders most: hard to beat where orders repeat.

Known in papers on next baskets as personal top frequency (P-TopFreq).
"""

from __future__ import annotations

import numpy as np

from smartreco.evaluation.baselines.matrices import buyers, order_counts
from smartreco.evaluation.baselines.ranker import IntArray, Ranker
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores


def fit(history: History) -> Ranker:
    """Score a product by the days on which the shop ordered it; popularity settles ties.

    Popularity is brought below 1, the least difference of two counts, so it never
    does more than settle ties; for products never bought it is the whole score.
    """
    own = order_counts(history)
    popular = buyers(history)
    tie_break = popular / (popular.max(initial=0.0) + 1.0)

    def rank(shops: IntArray) -> Scores:
        return np.asarray(own[shops].toarray() + tie_break)

    return rank
