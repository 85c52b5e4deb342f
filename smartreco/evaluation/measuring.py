"""From lists and what came true to figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from smartreco.columns import CATEGORY, PRODUCT_ID, RETAILER_ID, VENDOR
from smartreco.entities import ListName
from smartreco.evaluation.curves import LENGTHS, AtLength, Exposure, exposure
from smartreco.evaluation.each_shop import EachShop, fingerprint
from smartreco.evaluation.listing import Listed, hits
from smartreco.evaluation.protocol import Cut
from smartreco.evaluation.scores import (
    Band,
    CalibrationBin,
    CalibrationScores,
    CategoryScores,
    ModelScores,
    VendorShare,
)
from smartreco.measures import ranking, variety
from smartreco.measures.bootstrap import bands, ratio_bands
from smartreco.measures.calibration import reliability

Measured = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer]
Key = TypeVar("Key", str, tuple[str, int])

KEPT: Final = ("ndcg", "precision", "recall")  # of each shop
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

    def each(self, listed: Listed) -> dict[str, Measured]:
        """Every measure that is a mean over shops, an entry a judged shop."""
        found, counts = hits(listed.ranked, self.relevant), self.counts
        buyers = np.bincount(self.cut.bought.indices, minlength=self._products)
        shown = np.where(self.measured[:, None], listed.ranked, -1)
        return {
            "ndcg": ranking.ndcg(found, counts),
            "precision": ranking.precision(found, counts),
            "recall": ranking.recall(found, counts),
            "map": ranking.average_precision(found, counts),
            "hit_rate": ranking.hit_rate(found, counts),
            "novelty": variety.novelty(shown, buyers, len(counts)),
            "diversity": variety.diversity(shown, self.attributes),
        }

    def scores(
        self, model: str, listed: Listed, rng: np.random.Generator | None = None
    ) -> ModelScores:
        """Every measure of one model; with ``rng`` the intervals of those over shops."""
        each = self.each(listed)
        bands = {} if rng is None else _bands(each, rng)
        found = {name: mean(values) for name, values in each.items()}
        places = self._places(listed, VENDOR)
        return ModelScores(
            model=model,
            ndcg=found["ndcg"],
            precision=found["precision"],
            recall=found["recall"],
            map=found["map"],
            hit_rate=found["hit_rate"],
            coverage=self._coverage(listed),
            novelty=_known(found["novelty"]),
            diversity=_known(found["diversity"]),
            vendor_gini=_known(variety.gini(places)),
            bands=bands,
        )

    def lengths(self, model: str, listed: Listed, rng: np.random.Generator) -> tuple[AtLength, ...]:
        """Precision, recall and coverage of the first 1, 3, 5, .. places."""
        found, counts = hits(listed.ranked, self.relevant), self.counts
        looked = [k for k in LENGTHS if k <= listed.ranked.shape[1]]
        each = {("precision", k): ranking.precision(found[:, :k], counts) for k in looked}
        each |= {("recall", k): ranking.recall(found[:, :k], counts) for k in looked}
        ends = _bands(each, rng)
        return tuple(
            AtLength(
                model, k,
                mean(each["precision", k]), ends["precision", k],
                mean(each["recall", k]), ends["recall", k],
                self._coverage(listed.top(k)),
            )
            for k in looked
            if ("precision", k) in ends
        )  # fmt: skip

    def exposure(self, model: str, listed: Listed) -> tuple[Exposure, ...]:
        """How the places are spread over the active products, and over vendors."""
        shown = listed.ranked[self.measured]
        active = np.cumsum(self.cut.active) - 1
        group = np.where(self.cut.active, active, -1)
        products = variety.places(shown, group, int(self.cut.active.sum()))
        found = (
            exposure(model, "products", products),
            exposure(model, "vendors", self._places(listed, VENDOR)),
        )
        return tuple(one for one in found if one is not None)

    def kept(self, listed: Listed) -> EachShop:
        """What has to be kept to compare this run with another one over the same shops."""
        each = self.each(listed)
        ids = self.cut.training.retailers[RETAILER_ID].to_numpy(dtype=str)[self.cut.shops]
        products = self.cut.training.products[PRODUCT_ID].to_numpy(dtype=str)
        judged = fingerprint(ids.tolist(), products, self.relevant)
        return EachShop.of(judged, {name: each[name][self.measured] for name in KEPT})

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

    def categories(
        self, listed: Listed, peer: Listed | None = None, rng: np.random.Generator | None = None
    ) -> tuple[CategoryScores, ...]:
        """Our places by category of product, those ordered most first.

        With ``rng`` the intervals of recall; with ``peer`` also a baseline's hits.
        """
        category, names = self._groups(CATEGORY)
        places = variety.places(listed.ranked[self.measured], category, len(names))
        held = sp.csr_array(self.relevant[self.measured])
        relevant = _by_group(held, category, len(names))
        hitting = self._hits_by_group(listed, category, len(names))
        theirs = None if peer is None else self._hits_by_group(peer, category, len(names))
        sums = [one.sum(axis=0).astype(int) for one in (hitting, relevant)]
        largest = np.argsort(-sums[1], kind="stable")[:MOST_CATEGORIES]
        recalls = gains = None
        if rng is not None:
            recalls = ratio_bands(hitting, relevant, rng)
            gains = None if theirs is None else ratio_bands(hitting - theirs, relevant, rng)
        return tuple(
            CategoryScores(
                names[at], int(places[at]), int(sums[0][at]), int(sums[1][at]),
                None if theirs is None else int(theirs[:, at].sum()),
                _band_at(recalls, at), _band_at(gains, at),
            )
            for at in largest
            if places[at] or sums[1][at]
        )  # fmt: skip

    def _hits_by_group(self, listed: Listed, group: IntArray, groups: int) -> Measured:
        """Measured shops x groups: places that hit."""
        found = hits(listed.ranked, self.relevant)[self.measured]
        row, place = np.nonzero(found)
        of = group[listed.ranked[self.measured][row, place]]
        return _counted(row[of >= 0], of[of >= 0], (len(found), groups))

    def _places(self, listed: Listed, column: str) -> npt.NDArray[np.int64]:
        """Places of each vendor or category of the catalogue."""
        group, names = self._groups(column)
        return variety.places(listed.ranked[self.measured], group, len(names))

    def _coverage(self, listed: Listed) -> float:
        return ranking.coverage(listed.ranked[self.measured], int(self.cut.active.sum()))

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


def _bands(each: Mapping[Key, Measured], rng: np.random.Generator) -> dict[Key, Band]:
    """Intervals by name; none for a measure that no shop has."""
    if not each:
        return {}
    ends = bands(np.column_stack(list(each.values())), rng)
    return {
        name: (float(low), float(high))
        for name, (low, high) in zip(each, ends, strict=True)
        if np.isfinite(low)
    }


def _band_at(ends: Measured | None, at: int) -> Band | None:
    if ends is None or not np.isfinite(ends[at]).all():
        return None
    return float(ends[at, 0]), float(ends[at, 1])


def _by_group(cells: sp.csr_array, group: IntArray, groups: int) -> Measured:
    """Shops x products, added up to shops x groups."""
    row = np.repeat(np.arange(cells.shape[0]), np.diff(cells.indptr))
    of = group[cells.indices]
    return _counted(row[of >= 0], of[of >= 0], (cells.shape[0], groups))


def _counted(row: IntArray, column: IntArray, shape: tuple[int, int]) -> Measured:
    found = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1])
    return found.reshape(shape).astype(np.float64)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _shares(counts: npt.NDArray[np.int64]) -> Measured:
    return np.asarray(counts / max(int(counts.sum()), 1))
