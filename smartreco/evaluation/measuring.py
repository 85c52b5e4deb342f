"""From lists and what came true to figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from smartreco.columns import CATEGORY, VENDOR
from smartreco.entities import ListName
from smartreco.evaluation.listing import Listed, hits
from smartreco.evaluation.protocol import Cut
from smartreco.evaluation.scores import (
    CalibrationBin,
    CalibrationScores,
    CategoryScores,
    ModelScores,
    VendorShare,
)
from smartreco.measures import ranking, variety
from smartreco.measures.calibration import reliability

Measured = npt.NDArray[np.float64]

MOST_VENDORS = 50  # that a scoreboard names
MOST_CATEGORIES = 50


@dataclass(frozen=True)
class Judge:
    """Measures the lists of any model for one list name.

    Attributes
    ----------
    relevant
        Judged shops x products: what counts as a hit.
    attributes
        Products x attributes: what makes two products alike.
    """

    cut: Cut
    relevant: sp.csr_array
    attributes: sp.csr_array

    @classmethod
    def of(cls, cut: Cut, name: ListName, attributes: sp.csr_array) -> Judge:
        """The judge of one list."""
        return cls(cut, cut.relevant(name), attributes)

    @cached_property
    def counts(self) -> npt.NDArray[np.integer]:
        """Relevant products of each judged shop."""
        return np.asarray(np.diff(self.relevant.indptr))

    @property
    def measured(self) -> npt.NDArray[np.bool_]:
        """Shops with something relevant; only their lists are looked at."""
        return self.counts > 0

    def ndcg(self, listed: Listed) -> Measured:
        """NDCG of each judged shop, NaN where nothing is relevant."""
        return ranking.ndcg(hits(listed.ranked, self.relevant), self.counts)

    def scores(self, model: str, listed: Listed) -> ModelScores:
        """Every measure of one model."""
        found, counts = hits(listed.ranked, self.relevant), self.counts
        shown = listed.ranked[self.measured]
        buyers, shops = np.bincount(self.cut.bought.indices, minlength=self._products), len(counts)
        vendor, _ = self._groups(VENDOR)
        places = variety.places(shown, vendor, int(vendor.max(initial=-1)) + 1)
        return ModelScores(
            model=model,
            ndcg=mean(ranking.ndcg(found, counts)),
            precision=mean(ranking.precision(found, counts)),
            recall=mean(ranking.recall(found, counts)),
            map=mean(ranking.average_precision(found, counts)),
            hit_rate=mean(ranking.hit_rate(found, counts)),
            coverage=ranking.coverage(shown, int(self.cut.active.sum())),
            novelty=_known(mean(variety.novelty(shown, buyers, shops))),
            diversity=_known(mean(variety.diversity(shown, self.attributes))),
            vendor_gini=_known(variety.gini(places)),
        )

    def vendors(self, listed: Listed) -> tuple[VendorShare, ...]:
        """Who gets the places, beside who offers and who sells."""
        vendor, names = self._groups(VENDOR)
        if not len(names):
            return ()
        got, offered, ordered = (
            _shares(variety.places(at, vendor, len(names)))
            for at in (
                listed.ranked[self.measured],
                np.flatnonzero(self.cut.active)[None, :],
                self.relevant.indices[None, :],
            )
        )
        largest = np.lexsort((np.arange(len(names)), -ordered, -got))[:MOST_VENDORS]
        return tuple(
            VendorShare(names[at], float(got[at]), float(offered[at]), float(ordered[at]))
            for at in largest
        )

    def categories(self, listed: Listed) -> tuple[CategoryScores, ...]:
        """Our places by category of product, those ordered most first."""
        category, names = self._groups(CATEGORY)
        shown = listed.ranked[self.measured]
        hit = np.where(hits(listed.ranked, self.relevant)[self.measured], shown, -1)
        places, hitting, relevant = (
            variety.places(at, category, len(names))
            for at in (shown, hit, self.relevant.indices[None, :])
        )
        largest = np.argsort(-relevant, kind="stable")[:MOST_CATEGORIES]
        return tuple(
            CategoryScores(names[at], int(places[at]), int(hitting[at]), int(relevant[at]))
            for at in largest
            if places[at] or relevant[at]
        )

    def _groups(self, column: str) -> tuple[npt.NDArray[np.integer], list[str]]:
        """Position of each product's value in the sorted values; -1 where missing."""
        values = self.cut.training.products.get(column, pd.Series(dtype=object))
        if values.empty:
            return np.full(self._products, -1), []
        code, names = values.factorize(sort=True)
        return code, [str(name) for name in names]

    @property
    def _products(self) -> int:
        return int(self.relevant.shape[1])


def calibration(listed: Listed, soon: sp.csr_array) -> CalibrationScores | None:
    """Stated chances against what was ordered soon; None where nothing was stated."""
    if listed.chances is None:
        return None
    stated = (listed.ranked >= 0) & np.isfinite(listed.chances)
    if not stated.any():
        return None
    said, happened = listed.chances[stated], hits(listed.ranked, soon)[stated]
    bins = reliability(said, happened)
    return CalibrationScores(
        error=bins.error,
        said=float(said.mean()),
        happened=float(happened.mean()),
        cases=len(said),
        bins=tuple(
            CalibrationBin(float(bins.said[at]), float(bins.happened[at]), int(bins.cases[at]))
            for at in np.flatnonzero(bins.cases)
        ),
    )


def mean(values: Measured) -> float:
    """Mean over the shops that have a measure; NaN where none has."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _shares(counts: npt.NDArray[np.int64]) -> Measured:
    return np.asarray(counts / max(int(counts.sum()), 1))
