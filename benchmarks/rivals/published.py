"""The published methods of `smartreco.evaluation.baselines`, settings chosen for each list."""

from __future__ import annotations

from benchmarks.rivals.scoring import contender
from benchmarks.rivals.served import Contender
from smartreco.evaluation.baselines import item_knn, tifu_knn, up_cf
from smartreco.evaluation.baselines.registry import BASELINES

UP_CF_GRID = [
    up_cf.UpCfSettings(r, q, alpha)
    for r in up_cf.RECENCY
    for q in up_cf.LOCALITY
    for alpha in up_cf.ASYMMETRY
]


def plain(name: str) -> Contender:
    """A baseline without settings."""
    return contender([""], lambda history, nothing: BASELINES[name](history))


PUBLISHED: dict[str, Contender] = {
    "popularity": plain("popularity"),
    "own_frequency": plain("own_frequency"),
    "item_knn": contender(item_knn.NEIGHBOURS, item_knn.fit_with),
    "ease": plain("ease"),
    "up_cf": contender(UP_CF_GRID, up_cf.fit_with),
    "tifu_knn": contender(tifu_knn.PUBLISHED, tifu_knn.fit_with),
}
