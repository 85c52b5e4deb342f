"""UP-CF@r: what shops like this one ordered in their last baskets.

Faggioli, Polato & Aiolli, "Recency aware collaborative filtering for next basket
recommendation", UMAP 2020 (https://doi.org/10.1145/3340631.3394850). The popularity
of product i with shop v is its share of the last r baskets of v; shop u hears all
shops v, itself among them, by their likeness to the power q:

    score(u, i) = Σ_v  w(u, v)^q · baskets with i among the last r of v / min(r, baskets of v)
    w(u, v) = products of both / (products of u ^ α · products of v ^ (1-α))

w is the asymmetric cosine of Aiolli (RecSys 2013). A basket is what a shop ordered
on one day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import scipy.sparse as sp

from smartreco.evaluation.baselines.baskets import Baskets
from smartreco.evaluation.baselines.choosing import choose
from smartreco.evaluation.baselines.matrices import bought
from smartreco.evaluation.baselines.ranker import IntArray, Ranker
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores

SHOPS_AT_ONCE = 512  # likenesses held in full: bounds memory
EVERY: Final = 1_000_000
"""r where every basket counts."""


@dataclass(frozen=True)
class UpCfSettings:
    """The names of the paper; the defaults are its recommendation."""

    r: int = 5
    """Last baskets that count."""

    q: int = 5
    """Locality: how much the likest shops outweigh the others."""

    alpha: float = 0.25
    """Whose number of products a likeness is measured by: 1 the asking shop's, 0 the other's."""


RECENCY: Final = (5, 1, 10, 25, EVERY)
LOCALITY: Final = (5, 1, 10)
ASYMMETRY: Final = (0.25, 0.5, 0.75)
"""The grids of the paper and its reproductions."""


def fit(history: History) -> Ranker:
    """Choose the settings on an inner cut, then fit on everything.

    Recency with locality first, the asymmetry then: 18 tries instead of 45.
    """
    chosen = choose(history, [UpCfSettings(r, q) for r in RECENCY for q in LOCALITY], fit_with)
    skewed = [replace(chosen, alpha=alpha) for alpha in ASYMMETRY]
    return fit_with(history, choose(history, skewed, fit_with))


def fit_with(history: History, settings: UpCfSettings) -> Ranker:
    """Fit with given settings."""
    ever, popular = bought(history), recent_popularity(history, settings.r)
    products = np.maximum(np.diff(ever.indptr), 1).astype(np.float64)
    asking, asked = products**settings.alpha, products ** (1.0 - settings.alpha)

    def rank(shops: IntArray) -> Scores:
        blocks = [
            scores(shops[start : start + SHOPS_AT_ONCE])
            for start in range(0, len(shops), SHOPS_AT_ONCE)
        ]
        return np.vstack(blocks) if blocks else np.zeros((0, ever.shape[1]))

    def scores(shops: IntArray) -> Scores:
        like = sp.csr_array(ever[shops] @ ever.T)
        row = np.repeat(np.arange(len(shops)), np.diff(like.indptr))
        like.data = (like.data / (asking[shops][row] * asked[like.indices])) ** settings.q
        return np.asarray((like @ popular).toarray())

    return rank


def recent_popularity(history: History, r: int) -> sp.csr_array:
    """Share of each shop's last r baskets that hold a product: shops x products."""
    baskets = Baskets.of_history(history)
    last = baskets.basket >= baskets.size[baskets.shop] - r
    shop = baskets.shop[last]
    share = 1.0 / np.minimum(baskets.size, r)[shop]
    popular = sp.csr_array((share, (shop, baskets.product[last])), shape=history.shape)
    popular.sum_duplicates()
    return popular
