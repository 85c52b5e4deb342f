"""The past cut in two: what was known then, and what came after.

Everything that is chosen (settings, weights, calibration) is chosen here, on a
cut inside the history that a model is given. Whoever measures the model keeps a
later window to himself, so nothing is ever tuned on the window it is judged by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.measures.ranking import hits_of, ndcg
from smartreco.measures.splits import time_cut
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.history import History, day_of
from smartreco.recommend.market import Market
from smartreco.recommend.ranking import best

IntArray = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]

HORIZON = 28  # days that a probability speaks of
TRAIN_SHARE = 0.8  # of the lines lie before the cut
FEWEST_DAYS = 28  # of history before the cut
FEWEST_SHOPS = 20  # judged shops below which choices would follow noise
MOST_SHOPS = 1000  # looked at: bounds time and memory whatever the size of the data
MOST_CELLS = 4_000_000  # of shops x products: fewer shops are looked at in a large catalogue
DEPTH = 10  # places of a list that are judged


@dataclass(frozen=True)
class Trial:
    """A cut inside the history.

    Attributes
    ----------
    history
        What was known at the cut.
    market
        Its summary.
    later
        Shops x products: ordered after the cut.
    shops
        The shops that are looked at, a sample where there are many.
    """

    history: History
    market: Market
    later: sp.csr_array
    shops: IntArray

    @property
    def truth(self) -> sp.csr_array:
        """Rows of ``later`` for ``shops``."""
        return sp.csr_array(self.later[self.shops])


def long_trial(history: History, attributes: Attributes, rng: np.random.Generator) -> Trial | None:
    """Cut at 80 % of the lines; look at shops that came back: what choices are judged by.

    None where the data are too short or the shops too few to choose anything by.
    """
    _, _, day = history.arrays()
    if not len(day):
        return None
    cut = min(time_cut(day, TRAIN_SHARE), history.as_of_day - HORIZON)
    trial = _cut(history, attributes, cut)
    if trial is None:
        return None
    back = trial.shops[np.diff(trial.truth.indptr) > 0]
    return (
        replace(trial, shops=_sample(back, history.shape[1], rng))
        if len(back) >= FEWEST_SHOPS
        else None
    )


def latest_trial(
    history: History, attributes: Attributes, rng: np.random.Generator
) -> Trial | None:
    """Cut `HORIZON` days before the end; look at all shops, also those that stayed away.

    How often shops order drifts through the year, so probabilities are learned
    from the latest days there are.
    """
    trial = _cut(history, attributes, history.as_of_day - HORIZON)
    if trial is None or len(trial.shops) < FEWEST_SHOPS:
        return None
    return replace(trial, shops=_sample(trial.shops, history.shape[1], rng))


def _cut(history: History, attributes: Attributes, cut: int) -> Trial | None:
    shop, product, day = history.arrays()
    after = day >= cut
    if not len(day) or after.all() or cut - int(day.min()) < FEWEST_DAYS:
        return None
    then = history.before(day_of(cut))
    market = Market.of_history(then, attributes)
    later = _ordered(shop[after], product[after], history.shape)
    return Trial(then, market, later, np.flatnonzero(market.ordering))


def quality(
    keys: npt.NDArray[np.float64], truth: sp.csr_array, mask: Mask
) -> npt.NDArray[np.float64]:
    """NDCG of each row's best `DEPTH` products within a mask; NaN where none is relevant."""
    ranked = best(np.where(mask, keys, -np.inf), DEPTH)
    relevant = within(truth, mask)
    return ndcg(hits_of(ranked, relevant), np.diff(relevant.indptr))


def within(truth: sp.csr_array, mask: Mask) -> sp.csr_array:
    """What was ordered among what a list could hold."""
    relevant = sp.csr_array(truth.multiply(mask))
    relevant.eliminate_zeros()
    return relevant


def _ordered(shop: IntArray, product: IntArray, shape: tuple[int, int]) -> sp.csr_array:
    matrix = sp.csr_array((np.ones(len(shop)), (shop, product)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _sample(shops: IntArray, products: int, rng: np.random.Generator) -> IntArray:
    most = min(MOST_SHOPS, max(FEWEST_SHOPS, MOST_CELLS // max(products, 1)))
    if len(shops) <= most:
        return shops
    return np.sort(rng.choice(shops, most, replace=False))
