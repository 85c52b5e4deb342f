"""The library rusket (https://github.com/bmsuisse/rusket): its EASE, the best of it here.

Its solver takes minutes for 9,000 products, so its settings are chosen with our
solver of the same closed form; the model that is measured is rusket's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from benchmarks.rivals.scoring import contender
from benchmarks.rivals.served import Contender, IntArray
from smartreco.evaluation.baselines.matrices import order_counts
from smartreco.evaluation.baselines.ranker import Ranker
from smartreco.recommend.ease import fit_ease
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores


@dataclass(frozen=True)
class Ease:
    """λ, and whether the log of orders is rebuilt or only bought or not."""

    ridge: float
    counts: bool


def fit_rusket(history: History, settings: Ease) -> Ranker:
    """The library's EASE; its own call gives ten products a shop, its weights all scores."""
    import rusket

    purchases = sp.csr_matrix(_purchases(history, settings), dtype=np.float32)
    model = rusket.EASE(regularization=settings.ridge).fit(purchases)
    weights = np.asarray(model.item_weights)

    def rank(shops: IntArray) -> Scores:
        return np.asarray(purchases[shops] @ weights, dtype=np.float64)

    return rank


def fit_faster(history: History, settings: Ease) -> Ranker:
    """The same model by our solver."""
    purchases = _purchases(history, settings)
    model = fit_ease(purchases, sp.csr_array((purchases.shape[1], 0)), settings.ridge)

    def rank(shops: IntArray) -> Scores:
        return np.asarray(model.score(sp.csr_array(purchases[shops])))

    return rank


def _purchases(history: History, settings: Ease) -> sp.csr_array:
    purchases = order_counts(history)
    purchases.data = np.log1p(purchases.data) if settings.counts else np.ones(purchases.nnz)
    return purchases


RUSKET: dict[str, Contender] = {
    "rusket_ease": contender(
        [Ease(ridge, counts) for counts in (False, True) for ridge in (200.0, 50.0, 1000.0)],
        fit_rusket,
        try_with=fit_faster,
    )
}
