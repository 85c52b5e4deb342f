"""Indian cities where the shops and vendors are.

Regions are the zonal councils of the States Reorganisation Act (so Uttar Pradesh is
Central and Rajasthan North) and the North-Eastern Council. Coordinates are those of the
city, a little inland where the centre lies on the shore.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

REGIONS = ("North", "South", "East", "West", "Central", "North-East")


@cache
def cities() -> pd.DataFrame:
    """Columns city, state, region, lat, lon, weight (how many shops to expect)."""
    return pd.read_csv(Path(__file__).parent / "cities.csv")
