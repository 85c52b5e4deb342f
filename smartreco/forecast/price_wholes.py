"""What prices of products do to sums of products, and to shops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Floats, Ints
from smartreco.forecast.coherent import Structure
from smartreco.forecast.hierarchy import PART_ID, PART_LEVEL, WHOLE_ID, WHOLE_LEVEL
from smartreco.forecast.panel import Level, Panel

FARTHEST: Final = (0.33, 3.0)  # factors that prices may put on demand


@dataclass(frozen=True, slots=True)
class Wholes:
    """Which series are sums of products, and which follow the total.

    Shops are not sums of whole products: they and their regions follow the total.

    Attributes
    ----------
    rows, members
        Rows of the wholes, and 1 at each one's products: wholes x products.
    shops
        Rows of shops and regions.
    """

    rows: Ints
    members: Floats
    shops: Ints

    @classmethod
    def of(cls, panel: Panel, structure: Structure | None) -> Wholes:
        products = panel.ids[panel.levels == Level.PRODUCT.value]
        if structure is None:
            nothing = np.zeros(0, dtype=np.int64)
            return cls(nothing, np.zeros((0, len(products))), nothing)
        links = structure.links[structure.links[PART_LEVEL] == Level.PRODUCT.value]
        part = pd.Index(products).get_indexer(pd.Index(links[PART_ID]))
        place = pd.MultiIndex.from_arrays([panel.levels, panel.ids])
        whole = place.get_indexer(pd.MultiIndex.from_frame(links[[WHOLE_LEVEL, WHOLE_ID]]))
        both = (part >= 0) & (whole >= 0)
        rows, at = np.unique(whole[both], return_inverse=True)
        members = np.zeros((len(rows), len(products)))
        members[at, part[both]] = 1.0
        follows = np.isin(panel.levels, [Level.RETAILER.value, Level.REGION.value])
        return cls(rows, members, np.flatnonzero(follows))

    def spread(self, count: int, products: Ints, effect: Floats, steady: Floats) -> Floats:
        """Factors of all series from those of products and what these sell at a steady price."""
        factor = np.ones((count, effect.shape[1]))
        factor[products] = effect
        if len(self.rows):
            priced_sum, sum_ = self.members @ (steady * effect), self.members @ steady
            factor[self.rows] = _ratio(priced_sum, sum_)
            factor[self.shops] = _ratio((steady * effect).sum(axis=0), steady.sum(axis=0))
        return factor


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.clip(np.divide(above, below, out=np.ones_like(above), where=below > 0), *FARTHEST)
