"""TIFU-KNN: a shop's own baskets and those of its neighbours, both fading with age.

Hu, He, Gao & Zhang, "Modeling personalized item frequency information for
next-basket recommendation", SIGIR 2020 (https://arxiv.org/abs/2006.00556).
The baskets of a shop, 0/1 vectors ``v`` in order of time, are cut into groups.
Within a group of x baskets, and then over the n groups, they fade:

    v_group = (Σⱼ r_b^(x-j) vⱼ) / x        v_shop = (Σᵢ r_g^(n-i) v_group(i)) / n

The score is ``α v_shop + (1-α) mean(v of the k nearest shops)``, nearest by the
Euclidean distance of these vectors. A basket here is what a shop ordered on one day.

The paper cuts each history into m groups; one shorter than m baskets is n groups of
one basket and fades by ``r_g^(m-i)``, as in the authors' code. Wang & Schelter, who
maintain it from day to day (2022, https://arxiv.org/abs/2201.13313), have groups of m
baskets each. Both readings are offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.evaluation.baselines.baskets import Baskets
from smartreco.evaluation.baselines.choosing import choose
from smartreco.evaluation.baselines.ranker import IntArray, Ranker
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores, best

Floats = npt.NDArray[np.float64]
SHOPS_AT_ONCE = 512  # distances and sums of neighbours held in full: bounds memory


@dataclass(frozen=True)
class TifuSettings:
    """The names of the paper; the defaults are its choice for Ta-Feng."""

    m: int = 7
    """Groups that a history is cut into, or baskets in a group (`by_size`)."""

    within_decay: float = 0.9
    """r_b: from one basket to the one before it in its group."""

    group_decay: float = 0.7
    """r_g: from one group to the one before it."""

    neighbours: int = 300
    """k."""

    alpha: float = 0.7
    """Share of the shop's own vector; the rest is its neighbours'."""

    by_size: bool = False
    """Groups of m baskets each, the oldest one the rest, instead of m groups."""


PUBLISHED: Final = (
    TifuSettings(),  # Ta-Feng in the paper
    TifuSettings(7, 1.0, 0.6, 300, 0.7),  # ValuedShopper
    TifuSettings(3, 0.9, 0.7, 900, 0.9),  # Instacart
    TifuSettings(3, 0.9, 0.6, 900, 0.2),  # Dunnhumby
    TifuSettings(7, 0.9, 0.7, 100, 0.7),  # fewest neighbours of the paper's grid
    TifuSettings(23, 1.0, 0.9, 300, 0.5),  # most groups of that grid
    TifuSettings(23, 1.0, 0.9, 100, 0.7),
    TifuSettings(7, 0.9, 0.7, 100, 0.7, by_size=True),
    # fewer neighbours than the paper's grid: wholesalers have few shops
    TifuSettings(7, 0.9, 0.9, 50, 0.7, by_size=True),
    TifuSettings(7, 0.9, 0.7, 20, 0.7, by_size=True),
)
"""Settings of the paper's data sets, of its grid, and with fewer neighbours."""


def fit(history: History) -> Ranker:
    """Choose the settings on an inner cut, then fit on everything."""
    return fit_with(history, choose(history, PUBLISHED, fit_with))


def fit_with(history: History, settings: TifuSettings) -> Ranker:
    """Fit with given settings."""
    baskets, products = Baskets.of_history(history), history.shape[1]
    vectors = shop_vectors(baskets, products, settings)

    def rank(shops: IntArray) -> Scores:
        blocks = [
            _scores(vectors, baskets.size > 0, shops[start : start + SHOPS_AT_ONCE], settings)
            for start in range(0, len(shops), SHOPS_AT_ONCE)
        ]
        return np.vstack(blocks) if blocks else np.zeros((0, products))

    return rank


def shop_vectors(baskets: Baskets, products: int, settings: TifuSettings) -> sp.csr_array:
    """``v_shop`` of every shop: shops x products."""
    group, place, size, groups = _groups(baskets, settings)
    most = groups if settings.by_size else np.full_like(groups, settings.m)
    within = settings.within_decay ** (size - 1 - place) / size
    over = settings.group_decay ** (most - 1 - group) / groups
    shape = (len(baskets.size), products)
    vectors = sp.csr_array((within * over, (baskets.shop, baskets.product)), shape=shape)
    vectors.sum_duplicates()
    return vectors


def _groups(baskets: Baskets, settings: TifuSettings) -> tuple[Floats, Floats, Floats, Floats]:
    """Group of each purchase, place of its basket in it, baskets in it, groups of the shop.

    Of m groups the older ones are the shorter by one basket; with m baskets each the
    oldest is the short one. Groups and places count from 0 (oldest).
    """
    total, m = baskets.size[baskets.shop], settings.m
    from_last = total - 1 - baskets.basket
    if settings.by_size:
        groups = -(-total // m)
        back = from_last // m
        size = np.minimum(m, total - back * m)
        after = from_last % m
    else:
        groups = np.minimum(total, m)
        short = total // groups
        longer = total % groups  # groups at the end with one basket more
        in_longer = from_last < longer * (short + 1)
        size = short + in_longer
        rest = from_last - np.where(in_longer, 0, longer * (short + 1))
        back = rest // size + np.where(in_longer, 0, longer)
        after = rest % size
    return tuple(  # type: ignore[return-value]
        x.astype(np.float64) for x in (groups - 1 - back, size - 1 - after, size, groups)
    )


def _scores(
    vectors: sp.csr_array,
    ordering: npt.NDArray[np.bool_],
    shops: IntArray,
    settings: TifuSettings,
) -> Scores:
    own = sp.csr_array(vectors[shops])
    near = _nearest(vectors, own, ordering, shops, settings.neighbours)
    many = np.maximum((near >= 0).sum(axis=1), 1)
    row, place = np.nonzero(near >= 0)
    share = sp.csr_array(
        (1.0 / many[row], (row, near[row, place])), shape=(len(shops), vectors.shape[0])
    )
    theirs = (share @ vectors).toarray()
    return np.asarray(settings.alpha * own.toarray() + (1.0 - settings.alpha) * theirs)


def _nearest(
    vectors: sp.csr_array,
    own: sp.csr_array,
    ordering: npt.NDArray[np.bool_],
    shops: IntArray,
    neighbours: int,
) -> npt.NDArray[np.int64]:
    """Nearest other shops with orders, -1 where there are fewer."""
    square = np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel()
    # the shop's own square is the same for all its neighbours
    closeness = 2.0 * (own @ vectors.T).toarray() - square
    closeness[:, ~ordering] = -np.inf
    closeness[np.arange(len(shops)), shops] = -np.inf
    return best(closeness, min(neighbours, len(square)))
