"""Festivals on their real days, and how orders rise before and sag after them.

Dates are those of the Government of India's holiday lists and, where it publishes none
yet, of the usual calendars (Eid may move by a day with the moon); they are kept in
`festivals.csv`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from smartreco.columns import DAY, FESTIVAL
from smartreco.dataset.world.randomness import Floats
from smartreco.dataset.world.shelves import subcategories
from smartreco.dataset.world.timeline import Timeline

#: How much each region keeps a festival, in the order of `places.REGIONS`.
#:                        North South East West Central North-East
_KEPT = {
    "Diwali":            (1.0, 0.7, 0.8, 1.1, 1.0, 0.6),
    "Holi":              (1.0, 0.2, 0.8, 0.7, 1.1, 0.4),
    "Eid al-Fitr":       (0.9, 0.9, 0.9, 0.8, 1.0, 0.7),
    "Eid al-Adha":       (0.9, 0.9, 0.9, 0.8, 1.0, 0.7),
    "Raksha Bandhan":    (1.1, 0.2, 0.6, 0.9, 1.0, 0.3),
    "Ganesh Chaturthi":  (0.2, 0.7, 0.2, 1.5, 0.4, 0.1),
    "Navratri":          (0.9, 0.4, 0.5, 1.3, 0.9, 0.3),
    "Durga Puja":        (0.3, 0.1, 1.5, 0.2, 0.4, 1.3),
    "Onam":              (0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
    "Pongal":            (0.2, 1.0, 0.2, 0.3, 0.2, 0.3),
    "Christmas":         (0.4, 0.8, 0.5, 0.6, 0.3, 1.3),
}  # fmt: skip
FESTIVALS = tuple(_KEPT)

#: Shops stock up this many days before, with this spread; Diwali's season is longer.
LEAD, LEAD_SPREAD = 11.0, 7.0
DIWALI_LEAD, DIWALI_SPREAD = 16.0, 10.0
#: After the festival shelves are full: orders sag by this share of the peak's log.
LAG, LAG_SPREAD, SAG = 9.0, 6.0, 0.3


@cache
def _table() -> pd.DataFrame:
    """The shipped dates."""
    return pd.read_csv(Path(__file__).parent / "festivals.csv", parse_dates=[DAY])


def festival_days() -> pd.DataFrame:
    """Columns festival, day; all years that are known."""
    table = _table().copy()
    table[DAY] = table[DAY].astype("datetime64[us]")
    return table


def approach(festivals: pd.DataFrame, timeline: Timeline) -> Floats:
    """How near each festival is: festivals x weeks, 1 at the peak of stocking up.

    Falls below zero in the weeks after. Each week is the mean over its seven days.
    """
    days = timeline.first_days[:, None] + np.arange(7)
    shape = np.zeros((len(FESTIVALS), timeline.total))
    for code, name in enumerate(FESTIVALS):
        moments = festivals.loc[festivals[FESTIVAL] == name, DAY].to_numpy()
        when = moments.astype("datetime64[D]").astype(np.int64)
        lead, spread = (DIWALI_LEAD, DIWALI_SPREAD) if name == "Diwali" else (LEAD, LEAD_SPREAD)
        to_go = when[:, None, None] - days
        rise = np.exp(-(((to_go - lead) / spread) ** 2) / 2)
        sag = np.exp(-(((-to_go - LAG) / LAG_SPREAD) ** 2) / 2)
        shape[code] = (rise - SAG * sag).mean(axis=-1).sum(axis=0)
    return shape


def strength() -> Floats:
    """Log of demand at a festival's peak: festivals x regions x sub-categories."""
    wanted = np.array(
        [[shelf.festivals.get(name, 0.0) for shelf in subcategories()] for name in FESTIVALS]
    )
    kept = np.array([_KEPT[name] for name in FESTIVALS])
    return np.asarray(kept[:, :, None] * wanted[:, None, :])
