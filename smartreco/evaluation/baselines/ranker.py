"""The one shape all baselines share: a history in, scores of any shops out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores

IntArray = npt.NDArray[np.integer]

Ranker = Callable[[IntArray], Scores]
"""Positions of shops to scores, shops x products: higher is better. What a list may hold is
for the caller; ties are broken by position (`recommend.ranking.best`)."""

Fit = Callable[[History], Ranker]
