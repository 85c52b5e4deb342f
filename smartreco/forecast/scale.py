"""How much a series moves from week to week: the unit in which errors are compared."""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Mask

SMALLEST_VARIANCE: Final = 1e-9
SMALLEST_SHARE: Final = 0.05  # of the mean: a series that hardly moves is not judged harder


def step_scale(values: Floats, known: Mask, mean: Floats) -> Floats:
    """Root mean squared step between weeks of `known`, at least 5 % of `mean`.

    >>> step_scale(np.array([[1.0, 3.0, 1.0]]), np.ones((1, 3), bool), np.array([5 / 3]))
    array([2.])
    """
    steps = np.diff(values, axis=1)
    counts = np.maximum(known[:, :-1].sum(axis=1), 1)
    variance = np.einsum("nt,nt,nt->n", steps, steps, known[:, :-1].astype(float)) / counts
    root = np.sqrt(np.maximum(variance, SMALLEST_VARIANCE))
    return np.asarray(np.maximum(root, SMALLEST_SHARE * mean + 1e-9))
