"""All baselines by name: one file and one line each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from smartreco.evaluation.baselines import (
    ease,
    item_knn,
    own_frequency,
    popularity,
    tifu_knn,
    up_cf,
)
from smartreco.evaluation.baselines.newcomers import with_popularity_for_newcomers
from smartreco.evaluation.baselines.ranker import Fit, Ranker

__all__ = ["BASELINES", "Fit", "Ranker"]

BASELINES: Final[Mapping[str, Fit]] = MappingProxyType(
    {
        "popularity": popularity.fit,
        "own_frequency": own_frequency.fit,
        "item_knn": with_popularity_for_newcomers(item_knn.fit),
        "tifu_knn": with_popularity_for_newcomers(tifu_knn.fit),
        "up_cf": with_popularity_for_newcomers(up_cf.fit),
        "ease": with_popularity_for_newcomers(ease.fit),
    }
)
"""Those with settings choose them for the list of everything, what their papers are about."""
