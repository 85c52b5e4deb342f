"""The library implicit (https://github.com/benfred/implicit): ALS, BM25 and BPR.

Confidence is the log of orders (Hu, Koren & Volinsky 2008, eq. 6, without their ε).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from benchmarks.rivals.scoring import contender
from benchmarks.rivals.served import Contender, IntArray
from smartreco.evaluation.baselines.matrices import order_counts
from smartreco.evaluation.baselines.ranker import Ranker
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores

SEED = 1


@dataclass(frozen=True)
class Als:
    """64 factors, 15 iterations; what the weight of an order should be is tried."""

    alpha: float


@dataclass(frozen=True)
class Bm25:
    """Neighbours kept of each product, and the two constants of BM25."""

    K: int
    K1: float
    B: float


@dataclass(frozen=True)
class Bpr:
    """64 factors; iterations and rates as the library sets them."""

    factors: int = 64


def fit_als(history: History, settings: Als) -> Ranker:
    """Alternating least squares on log counts."""
    from implicit.als import AlternatingLeastSquares
    from threadpoolctl import threadpool_limits

    model = AlternatingLeastSquares(
        factors=64, iterations=15, alpha=settings.alpha, random_state=SEED
    )
    with threadpool_limits(1, "blas"):
        model.fit(_log_counts(history), show_progress=False)
    return _of_factors(model.user_factors, model.item_factors)


def fit_bpr(history: History, settings: Bpr) -> Ranker:
    """Bayesian personalised ranking; the library looks at bought or not only."""
    from implicit.bpr import BayesianPersonalizedRanking
    from threadpoolctl import threadpool_limits

    model = BayesianPersonalizedRanking(factors=settings.factors, random_state=SEED)
    with threadpool_limits(1, "blas"):
        model.fit(_log_counts(history), show_progress=False)
    return _of_factors(model.user_factors, model.item_factors)


def fit_bm25(history: History, settings: Bm25) -> Ranker:
    """Neighbouring products by BM25, which weighs the counts itself."""
    from implicit.nearest_neighbours import BM25Recommender

    counts = sp.csr_matrix(order_counts(history))
    model = BM25Recommender(K=settings.K, K1=settings.K1, B=settings.B)
    model.fit(counts, show_progress=False)
    alike = sp.csr_array(model.similarity)
    orders = sp.csr_array(counts)

    def rank(shops: IntArray) -> Scores:
        return np.asarray((orders[shops] @ alike).toarray())

    return rank


def _log_counts(history: History) -> sp.csr_matrix:
    counts = sp.csr_matrix(order_counts(history), dtype=np.float32)
    counts.data = np.log1p(counts.data)
    return counts


def _of_factors(shops_by: np.ndarray, products_by: np.ndarray) -> Ranker:
    def rank(shops: IntArray) -> Scores:
        return np.asarray(shops_by[shops] @ products_by.T, dtype=np.float64)

    return rank


IMPLICIT: dict[str, Contender] = {
    "implicit_als": contender([Als(1.0), Als(0.2), Als(5.0), Als(25.0)], fit_als),
    "implicit_bm25": contender(
        [Bm25(100, 1.2, 0.75), Bm25(20, 1.2, 0.75), Bm25(500, 1.2, 0.75), Bm25(100, 100.0, 0.5)],
        fit_bm25,
    ),
    "implicit_bpr": contender([Bpr()], fit_bpr),
}
