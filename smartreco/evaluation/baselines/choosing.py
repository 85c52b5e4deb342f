"""Settings chosen as an honest user would: on an inner cut in time, never on the test window.

The last fifth of the lines that a method is given stand for the future.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.evaluation.baselines.matrices import bought, order_counts
from smartreco.evaluation.baselines.ranker import IntArray, Ranker
from smartreco.measures.ranking import hits_of, ndcg
from smartreco.measures.splits import time_cut
from smartreco.recommend.blend import candidates
from smartreco.recommend.history import DAY, History, day_of
from smartreco.recommend.ranking import Scores, best

TRAIN_SHARE: Final = 0.8  # of the lines lie before the inner cut
FEWEST_SHOPS: Final = 20  # that came back, below which a choice would follow noise
MOST_SHOPS: Final = 300  # looked at, evenly drawn: bounds the time
DEPTH: Final = 10  # places of a list that are judged

Setting = TypeVar("Setting")


@dataclass(frozen=True)
class InnerCut:
    """What was known at the inner cut, and what some shops ordered after it.

    Attributes
    ----------
    known
        The history until the cut.
    shops
        Positions of the shops that are looked at.
    later
        Shops looked at x products: non-zero where ordered after the cut.
    bought
        Shops looked at x products: ordered before the cut.
    """

    known: History
    shops: IntArray
    later: sp.csr_array
    bought: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, history: History) -> InnerCut | None:
        """Cut at 80 % of the lines; None where too few shops came back."""
        _, _, day = history.arrays()
        if not len(day):
            return None
        cut = day_of(time_cut(day, TRAIN_SHARE))
        known = history.before(cut)
        after = history.purchases[DAY].to_numpy() >= known.as_of_day
        later = order_counts(
            History(history.retailers, history.products, history.purchases[after], history.as_of)
        )
        ever = bought(known)
        back = np.flatnonzero((np.diff(ever.indptr) > 0) & (np.diff(later.indptr) > 0))
        if len(back) < FEWEST_SHOPS:
            return None
        shops = back[:: 1 + (len(back) - 1) // MOST_SHOPS]
        return cls(known, shops, sp.csr_array(later[shops]), ever[shops].toarray() > 0)

    def quality(self, ranker: Ranker) -> dict[ListName, float]:
        """Mean NDCG of each list; 0 where no shop ordered anything that it could hold."""
        scores = ranker(self.shops)
        active = np.ones(self.bought.shape[1], dtype=bool)
        return {
            name: self._quality(scores, candidates(name, self.bought, active)) for name in ListName
        }

    def _quality(self, scores: Scores, mask: npt.NDArray[np.bool_]) -> float:
        relevant = sp.csr_array(self.later.multiply(mask))
        relevant.eliminate_zeros()
        ranked = best(np.where(mask, scores, -np.inf), DEPTH)
        found = ndcg(hits_of(ranked, relevant), np.diff(relevant.indptr))
        return float(np.nanmean(found)) if np.isfinite(found).any() else 0.0


def choose(
    history: History,
    settings: Sequence[Setting],
    fit_with: Callable[[History, Setting], Ranker],
) -> Setting:
    """The setting with the best list of everything, which is what a next basket is.

    Parameters
    ----------
    settings
        At least one; the first is taken of equals, and where the history is too short.
    fit_with
        The method with given settings.
    """
    return choose_for_each_list(history, settings, fit_with)[ListName.ALL]


def choose_for_each_list(
    history: History,
    settings: Sequence[Setting],
    fit_with: Callable[[History, Setting], Ranker],
) -> dict[ListName, Setting]:
    """The best setting of each list, from one fit a setting."""
    cut = InnerCut.of(history)
    if cut is None or len(settings) == 1:
        return dict.fromkeys(ListName, settings[0])
    found = [cut.quality(fit_with(cut.known, setting)) for setting in settings]
    return {
        name: settings[int(np.argmax([quality[name] for quality in found]))] for name in ListName
    }
