"""A block of shops scored for one list: components, their pull, and the mix."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.recommend.affinity import Affinity
from smartreco.recommend.blend import Weights, blended, factors
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.scorers import SCORERS
from smartreco.recommend.shops import Shops

Scores = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Scored:
    """Scores of some shops on one list.

    Attributes
    ----------
    components
        Shops x products for each scorer, in its own units.
    mask
        Shops x products: what the list may hold.
    by
        What each shop's scores of a component are multiplied by (`blend.factors`).
    totals
        Shops x products: the mix.
    """

    components: Mapping[str, Scores]
    mask: Mask
    by: Mapping[str, npt.NDArray[np.float64]]
    totals: Scores

    @classmethod
    def of(
        cls, components: Mapping[str, Scores], mask: Mask, weights: Weights, floors: Weights
    ) -> Scored:
        """Mix components that are scored already."""
        by = factors(components, mask, weights, floors)
        totals = blended(components, by) if components else np.zeros(mask.shape)
        return cls(components, mask, by, totals)

    @property
    def offers(self) -> Mask:
        """What is offered: what the list may hold and any component speaks of."""
        return np.asarray(self.mask & (self.totals != 0.0))

    def factor_of(self, row: int) -> dict[str, float]:
        """Multipliers of one shop."""
        return {name: float(factor[row]) for name, factor in self.by.items()}

    def without_basket(self) -> Scores:
        """The mix less what the current order adds: what a probability is calibrated on."""
        name = Affinity.name
        if name not in self.components:
            return self.totals
        return self.totals - self.by[name][:, None] * self.components[name]


def component_scores(
    scorers: Mapping[str, Scorer[Any]], shops: Shops, wanted: Container[str] = SCORERS
) -> dict[str, Scores]:
    """Scores of the wanted scorers; affinity only where there is a basket to go with."""
    found = {
        name: shops.once(f"{name} scores", partial(scorer.score, shops), scorer)
        for name, scorer in scorers.items()
        if name in wanted and name != Affinity.name
    }
    if shops.baskets and Affinity.name in wanted and Affinity.name in scorers:
        found[Affinity.name] = scorers[Affinity.name].score(shops)
    return found
