"""Where the past ends and the test begins.

Orders repeat and drift, so the honest question is "what comes next?": one global
cut in time, repeats kept. A random split is here because many papers report it;
it lets a model see the future of the shop it is asked about.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def time_cut(days: npt.NDArray[np.integer], share: float = 0.8) -> int:
    """First day of the test: lines of earlier days are about `share` of all lines.

    Parameters
    ----------
    days
        Day number of each line, in any order, at least one.

    >>> time_cut(np.array([1, 1, 2, 3, 9]), share=0.8)
    9
    """
    at = min(int(len(days) * share), len(days) - 1)
    return int(np.partition(days, at)[at])


def random_split(lines: int, share: float, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Which lines are training lines when lines are drawn at random: leaks the future.

    >>> int(random_split(1000, 0.8, np.random.default_rng(0)).sum())
    800
    """
    chosen = np.zeros(lines, dtype=bool)
    chosen[rng.permutation(lines)[: round(lines * share)]] = True
    return chosen
