"""EASE (Steck 2019) on what was ever bought, without times, attributes or choices.

Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019
(https://arxiv.org/abs/1905.03375): ``X B`` with ``B = I - P / diag(P)``,
``P = (XᵀX + λI)⁻¹`` and X the 0/1 matrix of purchases.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy.sparse as sp

from smartreco.evaluation.baselines.matrices import bought
from smartreco.evaluation.baselines.ranker import IntArray, Ranker
from smartreco.recommend.ease import fit_ease
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores

RIDGE: Final = 200.0
"""λ: the middle of what published runs choose for data of this size (50 to 800)."""


def fit(history: History) -> Ranker:
    """Solve for B in its cheaper exact form."""
    ever = bought(history)
    no_attributes = sp.csr_array((ever.shape[1], 0))
    model = fit_ease(ever, no_attributes, RIDGE)

    def rank(shops: IntArray) -> Scores:
        return np.asarray(model.score(sp.csr_array(ever[shops])))

    return rank
