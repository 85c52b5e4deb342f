"""Which products a shop is due to order again: by its own rhythm alone, whatever else is known.

The likelihood of an order is another question (`probability`): a product may be due and
unlikely, where the shop has begun to order it elsewhere.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.recommend.habits import Habits
from smartreco.recommend.repurchase import ENOUGH_FOR_RHYTHM

DUE_SHARE: Final = 0.9
"""Of the usual interval: a little early, so that the shelf does not run empty."""

LAPSED: Final = 3.0
"""Usual intervals without an order: the habit has ended, and nothing is due any more."""


def due(habits: Habits, today: int) -> npt.NDArray[np.bool_]:
    """Rows of the habits whose usual interval has about passed on a day.

    Parameters
    ----------
    today
        Day number, in days since 1970-01-01.
    """
    since = today - habits.last
    cadence = np.round(habits.cadence.astype(np.float64), 1)  # as a line shows it
    inside = (DUE_SHARE * cadence <= since) & (since <= LAPSED * cadence)  # NaN: never
    return np.asarray(inside & (habits.times >= ENOUGH_FOR_RHYTHM))
