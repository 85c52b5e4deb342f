"""Models that give a score to every product: chosen, fitted and ranked the same way.

The best ten are picked by the same code for all of them, so that every model's lists
obey the same rules and the picking is no part of a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TypeVar

import numpy as np

from benchmarks.rivals.served import LENGTH, Contender, IntArray, Served, peak_mb
from smartreco.columns import ACTIVE
from smartreco.entities import ListName
from smartreco.evaluation.baselines.choosing import choose_for_each_list
from smartreco.evaluation.baselines.matrices import bought
from smartreco.evaluation.baselines.ranker import Ranker
from smartreco.recommend.blend import candidates
from smartreco.recommend.history import History
from smartreco.recommend.ranking import best

Setting = TypeVar("Setting")
SHOPS_AT_ONCE = 256

FitWith = Callable[[History, Setting], Ranker]


def contender(
    settings: Sequence[Setting],
    fit_with: FitWith[Setting],
    try_with: FitWith[Setting] | None = None,
) -> Contender:
    """A model with settings, chosen for each list on an inner cut in time.

    Parameters
    ----------
    settings
        What an honest user would try, hashable; one alone is taken as it is.
    try_with
        A faster form of the same model to choose by; ``fit_with`` where None.
    """

    def serve(history: History, shops: IntArray) -> Served:
        start = perf_counter()
        chosen = choose_for_each_list(history, settings, try_with or fit_with)
        choosing = perf_counter() - start if len(settings) > 1 else 0.0
        rankers: dict[Setting, Ranker] = {}
        fits, lists, ranking = {}, {}, {}
        for name in (ListName.ALL, ListName.REORDER, ListName.DISCOVER):
            start = perf_counter()
            if chosen[name] not in rankers:
                rankers[chosen[name]] = fit_with(history, chosen[name])
            fits[name], start = perf_counter() - start, perf_counter()
            lists[name] = ranked(history, shops, name, rankers[chosen[name]])
            ranking[name] = perf_counter() - start
        return Served(
            lists=lists,
            settings={name: str(setting) for name, setting in chosen.items()},
            fit_seconds=fits[ListName.ALL],
            learning_seconds=fits[ListName.ALL] + choosing,
            lists_a_second=len(shops) / ranking[ListName.ALL],
            peak_mb=peak_mb(),
        )

    return serve


def ranked(history: History, shops: IntArray, name: ListName, ranker: Ranker) -> IntArray:
    """Best products of each shop among what the list may hold, in blocks of shops."""
    ever = bought(history)
    active = history.products[ACTIVE].to_numpy(dtype=bool)
    blocks = []
    for start in range(0, len(shops), SHOPS_AT_ONCE):
        some = shops[start : start + SHOPS_AT_ONCE]
        mask = candidates(name, ever[some].toarray() > 0, active)
        blocks.append(best(np.where(mask, ranker(some), -np.inf), LENGTH))
    return np.vstack(blocks)
