"""The year's course of each sub-category, and festivals on top of it by region."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.dataset.world.festivals import approach, strength
from smartreco.dataset.world.randomness import Floats
from smartreco.dataset.world.shelves import subcategories
from smartreco.dataset.world.timeline import Timeline

#: Demand by month, January to December; scaled to a mean of one.
MONTHLY = {
    "flat":          (1.00, 1.00, 1.00, 1.00, 1.00, 0.97, 0.97, 1.00, 1.00, 1.03, 1.03, 1.00),
    "summer":        (0.55, 0.80, 1.35, 1.75, 1.85, 1.40, 0.95, 0.80, 0.75, 0.70, 0.55, 0.50),
    "summer mild":   (0.80, 0.90, 1.15, 1.30, 1.30, 1.15, 0.95, 0.90, 0.90, 0.95, 0.85, 0.80),
    "summer strong": (0.25, 0.70, 1.80, 2.70, 2.80, 1.60, 0.75, 0.45, 0.35, 0.25, 0.15, 0.15),
    "winter":        (1.65, 0.95, 0.45, 0.25, 0.20, 0.30, 0.50, 0.65, 1.00, 1.80, 2.25, 2.10),
    "winter mild":   (1.20, 1.10, 0.95, 0.85, 0.80, 0.90, 1.00, 1.00, 1.00, 1.05, 1.15, 1.25),
    "monsoon mild":  (0.90, 0.88, 0.90, 0.95, 1.00, 1.15, 1.30, 1.25, 1.05, 0.95, 0.90, 0.90),
    "wedding":       (1.15, 1.20, 0.95, 1.10, 1.15, 0.80, 0.70, 0.75, 0.85, 1.05, 1.30, 1.20),
    "school":        (0.85, 0.85, 1.15, 1.30, 1.30, 1.45, 1.05, 0.85, 0.80, 0.85, 0.80, 0.80),
    "cricket":       (0.95, 0.95, 1.15, 1.25, 1.15, 0.95, 0.85, 0.90, 0.95, 1.00, 0.95, 0.95),
}  # fmt: skip


def year_profile(timeline: Timeline) -> Floats:
    """Demand by the time of year, mean one over a year: sub-categories x weeks."""
    middle = timeline.first_days + 3
    dates = pd.to_datetime(middle, unit="D")
    year = (dates.dayofyear.to_numpy() - 0.5) / 365.25
    months = (np.arange(12) + 0.5) / 12
    profiles = []
    for shelf in subcategories():
        values = np.array(MONTHLY[shelf.season])
        profiles.append(np.interp(year, months, values / values.mean(), period=1.0))
    return np.array(profiles)


def season(timeline: Timeline, festivals: pd.DataFrame) -> Floats:
    """Multiplier of demand: regions x sub-categories x weeks."""
    lift = np.einsum("frs,fw->rsw", strength(), approach(festivals, timeline))
    return np.asarray(year_profile(timeline)[None] * np.exp(lift))
