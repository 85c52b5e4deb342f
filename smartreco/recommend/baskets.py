"""How much the current order should count: past orders, cut in half.

One half plays the order so far, the other what is still to come. That is the
situation in which affinity speaks, and the only one its weight can be learned in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.recommend.affinity import Affinity
from smartreco.recommend.blend import Blend, candidates
from smartreco.recommend.history import History
from smartreco.recommend.runs import run_starts
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.scoring import component_scores
from smartreco.recommend.shops import Shops
from smartreco.recommend.trial import Trial
from smartreco.recommend.weights import best_share, pooled

IntArray = npt.NDArray[np.integer]

MOST_ORDERS = 60  # cut in half: bounds the time of learning
FEWEST_ORDERS = 30
FEWEST_LINES = 6  # of an order, so that both halves say something


@dataclass(frozen=True)
class HalfOrders:
    """Past orders: the shops with one half in the basket, and the other half."""

    shops: Shops
    held: npt.NDArray[np.bool_]
    to_come: sp.csr_array


def learn_affinity(
    trial: Trial,
    history: History,
    scorers: Mapping[str, Scorer[Any]],
    blend: Blend,
    rng: np.random.Generator,
) -> Blend:
    """Choose the share of affinity on each list by what completes half orders best.

    Parameters
    ----------
    history
        Of which the trial knows only the first part: orders come from the rest.
    scorers
        Fitted on what the trial knows.
    """
    halves = half_orders(trial, history, rng)
    if halves is None:
        return blend
    scores = component_scores(scorers, halves.shops)
    bought = halves.shops.habits.bought(trial.market.shape[1])
    for name in ListName:
        mask = candidates(name, bought, trial.market.active) & ~halves.held
        pool = pooled(scores, mask, halves.to_come)
        blend = blend.with_list(name, best_share(pool, blend.weights[name], Affinity.name))
    return blend


def half_orders(trial: Trial, history: History, rng: np.random.Generator) -> HalfOrders | None:
    """Draw orders after the trial's cut and halve them; None where there are too few."""
    shop, product, day = history.arrays()
    after = np.flatnonzero((day >= trial.market.as_of_day) & trial.market.ordering[shop])
    span = int(day[after].max(initial=0)) + 1
    order = shop[after].astype(np.int64) * span + day[after]
    ids, size = np.unique(order, return_counts=True)
    long = ids[size >= FEWEST_LINES]
    if len(long) < FEWEST_ORDERS:
        return None
    drawn = np.sort(rng.choice(long, min(MOST_ORDERS, len(long)), replace=False))
    after = after[np.isin(order, drawn)]
    after = after[np.lexsort((rng.random(len(after)), day[after], shop[after]))]
    bounds = run_starts(shop[after], day[after])
    lines = np.split(product[after], bounds[1:-1])
    baskets = tuple(np.sort(one[: len(one) // 2]).astype(np.int64) for one in lines)
    shape = (len(drawn), trial.market.shape[1])
    return HalfOrders(
        replace(trial.market.shops(shop[after[bounds[:-1]]]), baskets=baskets),
        held=_rows(baskets, shape).toarray() > 0,
        to_come=_rows([one[len(one) // 2 :] for one in lines], shape),
    )


def _rows(columns: list[IntArray] | tuple[IntArray, ...], shape: tuple[int, int]) -> sp.csr_array:
    """One row of ones for each list of columns."""
    size = [len(one) for one in columns]
    row = np.repeat(np.arange(len(columns)), size)
    return sp.csr_array((np.ones(sum(size)), (row, np.concatenate(columns))), shape=shape)
