"""What a model delivers to the judge, and what it cost."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.recommend.history import History

IntArray = npt.NDArray[np.integer]
LENGTH = 10  # places of a list


@dataclass(frozen=True)
class Said:
    """Probabilities of a list's places: row of the judged retailer, product, what was said."""

    row: IntArray
    product: IntArray
    probability: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Served:
    """Lists and costs of one model on one set.

    Attributes
    ----------
    lists
        Judged retailers x `LENGTH` product positions of each list, -1 beyond its end.
    settings
        What was chosen for each list, in words.
    fit_seconds
        One fit with all settings given.
    learning_seconds
        The same with all choices made; equal where there is nothing to choose.
    lists_a_second
        Lists of everything for all judged retailers in one batch.
    peak_mb
        Most memory the process held until the last list, the data and Python included.
    reasons_p95_ms
        One list with reasons, 95th percentile; None where a model gives none.
    said
        Probabilities of each list; empty where a model gives none.
    """

    lists: Mapping[ListName, IntArray]
    settings: Mapping[ListName, str]
    fit_seconds: float
    learning_seconds: float
    lists_a_second: float
    peak_mb: float
    reasons_p95_ms: float | None = None
    said: Mapping[ListName, Said] = field(default_factory=dict)


Contender = Callable[[History, IntArray], Served]
"""From the training part and the positions of the judged retailers to what it delivers."""


def peak_mb() -> float:
    """Most memory this process has held so far, in MB.

    On Linux from /proc: what `getrusage` says there is never below the parent's
    memory at the time of the fork.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 1024)
