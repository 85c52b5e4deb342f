"""What empty shelves held back from sums: a category is short of what its products were.

A product's weeks without stock are filled, so that its demand is known. Its category, its
vendor and the total must be filled alike, or levels would contradict each other and the
sums would pull every product down.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Floats
from smartreco.forecast.hierarchy import PART_ID, PART_LEVEL, WHOLE_ID, WHOLE_LEVEL
from smartreco.forecast.panel import Level, Panel


def with_held_back(panel: Panel, links: pd.DataFrame) -> Panel:
    """The panel with what its products lacked added to the demand of all wholes.

    A shop lacked its share of it: as much of all that was short in a week as it ordered of
    all that was sold in that week. Only a week itself fills that week.

    Parameters
    ----------
    links
        See `smartreco.forecast.linking.links`.
    """
    product = panel.levels == Level.PRODUCT.value
    if panel.missing is None or not panel.missing[product].any():
        return panel
    held = np.zeros_like(panel.values)
    short = panel.take(product)
    held[product] = short.demand - short.values
    lacked = held[product].sum(axis=0)
    shop = panel.levels == Level.RETAILER.value
    sold = panel.values[shop]
    all_sold = sold.sum(axis=0)
    held[shop] = sold * np.divide(lacked, all_sold, out=np.zeros_like(lacked), where=all_sold > 0)
    for part in (Level.PRODUCT, Level.RETAILER):
        _add(held, panel, links[links[PART_LEVEL] == part.value], part)
    held[product] = 0.0  # a product's own weeks are filled where they are missing
    return replace(panel, held=held)


def _add(held: Floats, panel: Panel, links: pd.DataFrame, part: Level) -> None:
    """Add parts up to their wholes, in place; the total is the sum of products."""
    place = pd.MultiIndex.from_arrays([panel.levels, panel.ids])
    parts = place.get_indexer(pd.MultiIndex.from_frame(links[[PART_LEVEL, PART_ID]]))
    wholes = place.get_indexer(pd.MultiIndex.from_frame(links[[WHOLE_LEVEL, WHOLE_ID]]))
    known = (parts >= 0) & (wholes >= 0)
    if part is Level.RETAILER:
        known &= (links[WHOLE_LEVEL] != Level.TOTAL.value).to_numpy()
    np.add.at(held, wholes[known], held[parts[known]])
