"""From lists and what was ordered to figures, the same for every model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.rivals.served import IntArray, Served
from benchmarks.sets.prepared import SOON, Prepared
from smartreco.entities import ListName
from smartreco.measures.bootstrap import paired_difference
from smartreco.measures.calibration import reliability
from smartreco.measures.ranking import coverage, hits_of, ndcg, precision, recall

SEED = 0
Figures = dict[str, Any]
"""Plain values by name, for JSON."""


@dataclass(frozen=True)
class Judged:
    """Quality of one list of one model; ``ndcg`` one value a judged retailer, NaN where none."""

    ndcg: npt.NDArray[np.float64]
    precision: float
    recall: float
    coverage: float

    @property
    def figures(self) -> Figures:
        """Means over retailers."""
        return {
            "ndcg": float(np.nanmean(self.ndcg)),
            "precision": self.precision,
            "recall": self.recall,
            "coverage": self.coverage,
        }


def judge(prepared: Prepared, name: ListName, ranked: IntArray) -> Judged:
    """Measure the lists of the judged retailers; everything ordered after the cut is relevant."""
    relevant = prepared.relevant(name)
    many = np.diff(relevant.indptr)
    hits = hits_of(ranked, relevant)
    return Judged(
        ndcg(hits, many),
        float(np.nanmean(precision(hits, many))),
        float(np.nanmean(recall(hits, many))),
        coverage(ranked[many > 0], prepared.history.shape[1]),
    )


def figures(prepared: Prepared, served: Mapping[str, Served], ours: str) -> dict[str, Figures]:
    """Everything measured of every model, and what ours is better by."""
    judged = {
        model: {name: judge(prepared, name, one.lists[name]) for name in ListName}
        for model, one in served.items()
    }
    found = {model: costs(one) for model, one in served.items()}
    for model, lists in judged.items():
        for name, one in lists.items():
            found[model][name.value] = one.figures
            if ours in judged and model != ours:
                found[model][name.value]["ours_minus_this"] = _gain(
                    judged[ours][name].ndcg, one.ndcg
                )
        for name, error in calibration_errors(prepared, served[model]).items():
            found[model][name.value]["calibration_error"] = error
    return found


def costs(served: Served) -> Figures:
    """What the lists cost, and the settings they came from."""
    return {
        "settings": {name.value: words for name, words in served.settings.items()},
        "fit_seconds": served.fit_seconds,
        "learning_seconds": served.learning_seconds,
        "lists_a_second": served.lists_a_second,
        "peak_mb": served.peak_mb,
        "reasons_p95_ms": served.reasons_p95_ms,
    }


def calibration_errors(prepared: Prepared, served: Served) -> dict[ListName, float]:
    """Expected calibration error of the places of each list, in the days that were promised."""
    found = {}
    for name, said in served.said.items():
        soon = prepared.relevant(name, days=SOON).toarray() > 0
        found[name] = reliability(said.probability, soon[said.row, said.product]).error
    return found


def _gain(ours: npt.NDArray[np.float64], theirs: npt.NDArray[np.float64]) -> Figures:
    gain = paired_difference(ours, theirs, np.random.default_rng(SEED))
    return {"mean": gain.mean, "low": gain.low, "high": gain.high, "retailers": gain.shops}
