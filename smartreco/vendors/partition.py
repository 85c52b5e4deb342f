"""The one partition of the shops behind every figure on shops that do not buy from a vendor.

Two views that differ by one shop tell what that shop buys. So shops are put into cells
of `FEWEST` or more once, from the shops alone, and a filter takes whole cells or none:
any two views then differ by no shop or by at least that many, whatever is asked in
whatever order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import CITY, REGION, RETAILER_ID, SEGMENT

FEWEST: Final = 5  # shops in a cell
UNKNOWN: Final = "unknown"  # the region, city or segment of shops that have none
CELL, SHOPS = "cell", "shops"
CELL_COLUMNS: Final = (CELL, REGION, CITY, SEGMENT, SHOPS)

_MERGED: Final = ""  # inside this module; None in the frame of cells
_KEYS: Final = [REGION, CITY, SEGMENT]


@dataclass(frozen=True)
class Partition:
    """Shops in cells.

    Attributes
    ----------
    shops
        Columns retailer_id, cell, region, city, segment (the shop's own), sorted by
        retailer_id.
    cells
        Columns `CELL_COLUMNS`, row number = cell; region, city or segment is None where
        several were merged ("other places" where it is the region).
    """

    shops: pd.DataFrame
    cells: pd.DataFrame

    def within(
        self,
        regions: Sequence[str] = (),
        cities: Sequence[str] = (),
        segments: Sequence[str] = (),
    ) -> npt.NDArray[np.int64]:
        """Cells that lie wholly inside a choice (empty: all); a cell is never split.

        A merged cell counts where the choice holds all that was merged into it.
        """
        inside = self._inside(regions, cities, segments)
        cell = self.shops[CELL].to_numpy()
        outside = np.bincount(cell[~inside], minlength=len(self.cells))
        return np.flatnonzero(outside == 0)

    def left_out(
        self,
        regions: Sequence[str] = (),
        cities: Sequence[str] = (),
        segments: Sequence[str] = (),
    ) -> int:
        """Shops inside a choice whose cells are not: too few of a kind to be shown.

        It follows from where shops are, not from what they buy.
        """
        shown = self.shops[CELL].isin(self.within(regions, cities, segments)).to_numpy()
        return int((self._inside(regions, cities, segments) & ~shown).sum())

    def _inside(
        self, regions: Sequence[str], cities: Sequence[str], segments: Sequence[str]
    ) -> npt.NDArray[np.bool_]:
        inside = np.ones(len(self.shops), dtype=bool)
        for key, chosen in ((REGION, regions), (CITY, cities), (SEGMENT, segments)):
            if chosen:
                inside &= self.shops[key].isin(list(chosen)).to_numpy()
        return inside


def partition(retailers: pd.DataFrame) -> Partition:
    """Put shops into cells of region x city x segment, small ones merged.

    Cells under `FEWEST` shops lose their city, then their segment. What is left of a
    region joins its smallest cell, so that the region stays whole; a region that is small
    itself goes to "other places", and those, if still few, take the smallest region in.

    Parameters
    ----------
    retailers
        Columns retailer_id, region, city, segment (each of the three may be missing), a
        row a shop, in any order.
    """
    shops = retailers[[RETAILER_ID, *_KEYS]].sort_values(RETAILER_ID, ignore_index=True)
    shops[_KEYS] = shops[_KEYS].astype("object").where(shops[_KEYS].notna(), UNKNOWN).astype(str)
    merged = shops[_KEYS].copy()
    _clear(merged, [CITY])
    _clear(merged, [CITY, SEGMENT])
    _join_in_region(merged)
    _join_regions(merged)
    cells = merged.groupby(_KEYS, sort=True).size().rename(SHOPS).reset_index()
    number = pd.MultiIndex.from_frame(cells[_KEYS]).get_indexer(pd.MultiIndex.from_frame(merged))
    cells.insert(0, CELL, np.arange(len(cells)))
    cells[_KEYS] = cells[_KEYS].astype("object").where(cells[_KEYS] != _MERGED, None)
    shops.insert(1, CELL, number)
    return Partition(shops, cells)


def _sizes(cells: pd.DataFrame, keys: list[str]) -> pd.Series[int]:
    """Shops in the group of each row."""
    return cells.groupby(keys)[keys[0]].transform("size")


def _clear(cells: pd.DataFrame, keys: list[str]) -> None:
    """Take keys off rows whose cell is too small."""
    cells.loc[_sizes(cells, _KEYS) < FEWEST, keys] = _MERGED


def _join_in_region(cells: pd.DataFrame) -> None:
    """What is left of a region, if too small still, takes the region's smallest cell in."""
    sizes = cells.groupby(_KEYS, sort=True).size().rename(SHOPS).reset_index()
    rest = sizes[(sizes[CITY] == _MERGED) & (sizes[SEGMENT] == _MERGED) & (sizes[SHOPS] < FEWEST)]
    others = sizes.drop(rest.index).sort_values([SHOPS, *_KEYS])
    smallest = others[others[REGION].isin(rest[REGION])].drop_duplicates(REGION)
    taken = pd.MultiIndex.from_frame(cells).isin(pd.MultiIndex.from_frame(smallest[_KEYS]))
    cells.loc[taken, [CITY, SEGMENT]] = _MERGED


def _join_regions(cells: pd.DataFrame) -> None:
    """Regions under the limit become other places, with the smallest region if still few."""
    few = _sizes(cells, [REGION]) < FEWEST
    if not few.any():
        return
    if few.sum() < FEWEST and not few.all():
        sizes = cells.loc[~few, REGION].value_counts()
        smallest = min(sizes.index, key=lambda region: (sizes[region], region))
        few |= cells[REGION] == smallest
    cells.loc[few, _KEYS] = _MERGED
