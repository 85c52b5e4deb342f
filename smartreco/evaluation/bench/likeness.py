"""How alike any two products are, as one table: looked up instead of worked out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.measures import variety
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.rules.facts import alike_by
from smartreco.recommend.rules.varying import Carried

Ints = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

MOST_PRODUCTS: Final = 5000
"""Up to which tables are made: 100 MB for variety, 50 MB for its measure. Beyond, likeness is
worked out for each list, which takes several times as long."""


@dataclass(frozen=True)
class Likeness:
    """Of the products of one catalogue."""

    attributes: Attributes

    @property
    def tabled(self) -> bool:
        """Whether the catalogue is small enough for tables."""
        return int(self.attributes.matrix.shape[0]) <= MOST_PRODUCTS

    def diversity(self, ranked: Ints) -> Floats:
        """`measures.variety.diversity` of lists of product positions."""
        if not self.tabled:
            return variety.diversity(ranked, self.attributes.matrix)
        one, other = np.triu_indices(ranked.shape[1], 1)
        there = (ranked[:, one] >= 0) & (ranked[:, other] >= 0)
        alike = self._all[ranked[:, one], ranked[:, other]].astype(np.float64)
        many = there.sum(axis=1)
        total = np.where(there, alike, 0.0).sum(axis=1)
        return np.where(many > 0, 1.0 - total / np.maximum(many, 1), np.nan)

    def of(self, pool: Ints) -> Callable[[Ints], Floats]:
        """From one candidate of each shop to its likeness with all: see `rules.varying.vary`."""
        row, held = np.arange(len(pool)), np.maximum(pool, 0)
        if self.tabled:
            return lambda chosen: np.asarray(
                self._by_rule[held[row, chosen][:, None], held], dtype=np.float64
            )
        return Carried(pool, self._features).likeness

    @cached_property
    def _features(self) -> sp.csr_array:
        return alike_by(self.attributes)

    @cached_property
    def _by_rule(self) -> npt.NDArray[np.float32]:
        """As rules of variety see it."""
        return _table(self._features, np.float32)

    @cached_property
    def _all(self) -> npt.NDArray[np.float16]:
        """By all attributes, as diversity is measured; half precision is ample for a mean."""
        matrix = self.attributes.matrix
        length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        unit = sp.csr_array(matrix.multiply(1.0 / np.where(length > 0, length, 1.0)[:, None]))
        return _table(unit, np.float16)


def _table(unit: sp.csr_array, dtype: type[np.floating[Any]]) -> npt.NDArray[Any]:
    across = sp.csr_array(unit.T.tocsr())
    found = np.empty((unit.shape[0],) * 2, dtype=dtype)
    for start in range(0, len(found), 512):
        found[start : start + 512] = (unit[start : start + 512] @ across).toarray()
    return found
