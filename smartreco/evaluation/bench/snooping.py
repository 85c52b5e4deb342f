"""Whether the best of many tries is better than the start, or only the luckiest.

Of two hundred blends that are all as good as the start, the best one looks better than it.
The studentised form of the reality check (White 2000, Econometrica 68; Hansen 2005, Journal of
Business & Economic Statistics 23) asks how far the best of them all would lie above the start
if none were better, with the same shops drawn again for all of them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEVEL: Final = 0.05
"""Chance of calling luck a gain."""


def chance_of_luck(gain: Floats, influence: Floats, resampled: npt.NDArray[np.float32]) -> float:
    """How often the best try would look as good as it does if none beat the start.

    Parameters
    ----------
    gain
        Of each try over the start.
    influence
        Shops x tries: how far each shop moves each gain.
    resampled
        Draws x shops (`window.Window`).
    """
    if not len(gain):
        return 1.0
    drawn = (resampled @ influence.astype(np.float32)).astype(np.float64)
    noise = np.sqrt((influence**2).sum(axis=0)) / len(influence)
    told = noise > 1e-9 * max(float(noise.max()), 1e-30)
    if not told.any():
        return 1.0
    score, noise, drawn = gain[told] / noise[told], noise[told], drawn[:, told]
    # tries far below the start cannot be the luckiest (Hansen's threshold)
    near = score >= -np.sqrt(2.0 * np.log(np.log(max(len(influence), 16))))
    if not near.any():
        return 1.0
    luckiest = (drawn[:, near] / noise[near]).max(axis=1)
    return float((luckiest >= score.max()).mean())
