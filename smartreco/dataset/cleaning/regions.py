"""A region for every shop, where a data set has none.

Pages compare regions and privacy rules count shops in them, so a shop needs
one. Shops with coordinates are put on a grid coarse enough for a short list;
a cell bears the name of the city with most shops in it. Without coordinates a
shop takes the cell of its city's other shops. Where no shop has coordinates the
city stands for the region.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CITY, LAT, LON, REGION
from smartreco.dataset.report import Note

GRIDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # degrees
MOST_CELLS: Final = 12  # what a filter and a chart can hold

#: For shops put on the grid, named after their city, and left without a region.
_NOTES: Final = (
    (
        "{n} shop has no region: it is taken from a grid over the shops' coordinates, each cell "
        "named after the city with most shops.",
        "{n} shops have no region: it is taken from a grid over their coordinates, each cell "
        "named after the city with most shops.",
    ),
    (
        "{n} shop has no region: its city stands for it.",
        "{n} shops have no region: their city stands for it.",
    ),
    ("{n} shop stays without a region.", "{n} shops stay without a region."),
)


def with_regions(retailers: pd.DataFrame) -> tuple[pd.DataFrame, list[Note]]:
    """Fill missing regions from coordinates and cities.

    Parameters
    ----------
    retailers
        Columns city, region, lat, lon; all may be missing.
    """
    missing = retailers[REGION].isna()
    if not missing.any():
        return retailers, []
    region = _cells(retailers)
    placed = missing & region.notna()
    on_no_map = not retailers[[LAT, LON]].notna().all(axis=1).any()
    by_city = missing & retailers[CITY].notna() & on_no_map
    region = region.where(placed, retailers[CITY].where(by_city))
    counts = (int(placed.sum()), int(by_city.sum()), int((missing & ~placed & ~by_city).sum()))
    notes = [
        Note.counting(n, one, many) for n, (one, many) in zip(counts, _NOTES, strict=True) if n
    ]
    return retailers.assign(**{REGION: retailers[REGION].fillna(region).astype("str")}), notes


def _cells(retailers: pd.DataFrame) -> pd.Series:
    """The name of each shop's grid cell; missing where neither it nor its city has a place."""
    name = pd.Series([None] * len(retailers), index=retailers.index, dtype="str")
    if retailers[LAT].isna().all():
        return name
    centres = retailers.dropna(subset=[CITY]).groupby(CITY)[[LAT, LON]].mean()
    place = retailers[[LAT, LON]].fillna(
        {name: retailers[CITY].map(centres[name]) for name in (LAT, LON)}
    )
    known = place.notna().all(axis=1) & retailers[CITY].notna()
    if not known.any():
        return name
    for step in GRIDS:
        grid = (place[known] / step).apply(np.floor)
        cell = grid.groupby([LAT, LON]).ngroup()
        if cell.nunique() <= MOST_CELLS:
            break
    held = pd.DataFrame({"cell": cell, "city": retailers.loc[known, CITY]}).value_counts()
    counts = held.reset_index().sort_values(["count", "city"], ascending=[False, True])
    largest = counts.drop_duplicates("cell").set_index("cell")["city"]
    return cell.map(largest).astype("str").reindex(name.index)
