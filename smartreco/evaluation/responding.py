"""How long a shop waits for a list with its reasons, one list at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from smartreco.entities import ListName
from smartreco.evaluation.published import NO_RULES, RulesByList
from smartreco.evaluation.scores import ResponseTimes
from smartreco.recommend.engine import Model

Stopwatch = Callable[[], float]  # seconds since some moment
stopwatch: Stopwatch = time.perf_counter

MOST_CALLS = 200
WARM_UP = 5  # calls before the first that counts: caches fill


def response_times(
    model: Model,
    retailer_ids: Sequence[str],
    name: ListName,
    k: int,
    watch: Stopwatch = stopwatch,
    rules: RulesByList = NO_RULES,
) -> ResponseTimes:
    """Ask for one list of each of at most `MOST_CALLS` shops, evenly drawn."""
    asked = retailer_ids[:: 1 + (len(retailer_ids) - 1) // MOST_CALLS]
    for shop in asked[:WARM_UP]:
        model.recommend(shop, name, k, rules=rules[name])
    took = []
    for shop in asked:
        started = watch()
        model.recommend(shop, name, k, rules=rules[name])
        took.append(1000.0 * (watch() - started))
    p50, p95, p99 = (float(x) for x in np.quantile(took, [0.5, 0.95, 0.99]))
    return ResponseTimes(len(took), p50, p95, p99)
