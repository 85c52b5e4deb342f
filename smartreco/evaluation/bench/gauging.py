"""From figures with their influence to gauges with intervals: all of a list in one product."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.evaluation.bench.figures import NAMES, Figures
from smartreco.evaluation.bench.gauges import Gauge, ListGauges, SegmentGauge
from smartreco.evaluation.bench.window import Window
from smartreco.evaluation.scores import FEWEST_SHOPS

Floats = npt.NDArray[np.float64]


class Inside(NamedTuple):
    """NDCG of one kind of shops, its change, and what each shop does to that."""

    shops: int
    value: float | None
    change: float | None
    influence: Floats


def gauged(name: ListName, now: Figures, then: Figures, window: Window) -> ListGauges:
    """Every figure of one list, its interval, and its change from ``then`` with its own."""
    columns: list[Floats] = [now.named[one].influence for one in NAMES]
    columns += [now.named[one].influence - then.named[one].influence for one in NAMES]
    kinds = window.segments
    inside = [_inside(now.ndcg, then.ndcg, one.shops) for one in kinds]
    columns += [one.influence for one in inside]
    low, high = window.bounds(np.stack(columns, axis=1)).tolist()
    own, moved = slice(0, len(NAMES)), slice(len(NAMES), 2 * len(NAMES))
    gauges = tuple(
        _gauge(one, now.named[one].value, then.named[one].value, *ends)
        for one, *ends in zip(NAMES, low[own], high[own], low[moved], high[moved], strict=True)
    )
    rest = slice(2 * len(NAMES), None)
    segments = tuple(
        SegmentGauge(
            kind.by, kind.name, found.shops, found.value, found.change,
            *((None, None) if found.change is None else (found.change + less, found.change + more)),
        )
        for kind, found, less, more in zip(kinds, inside, low[rest], high[rest], strict=True)
    )  # fmt: skip
    return ListGauges(name, now.shops, gauges, segments)


def _gauge(
    name: str, now: float, then: float, low: float, high: float, less: float, more: float
) -> Gauge:
    if not np.isfinite(now):
        return Gauge(name, None, None, None, None, None, None)
    own = (now, max(0.0, now + low), now + high)
    if not np.isfinite(then):
        return Gauge(name, *own, None, None, None)
    change = now - then
    return Gauge(name, *own, change, change + less, change + more)


def _inside(now: Floats, then: Floats, shops: npt.NDArray[np.bool_]) -> Inside:
    known = shops & np.isfinite(now)
    many = int(known.sum())
    if many < FEWEST_SHOPS:
        return Inside(many, None, None, np.zeros(len(now)))
    gain = np.where(known, now - then, 0.0)
    change = float(gain[known].mean())
    away = np.where(known, gain - change, 0.0) * (len(now) / many)
    return Inside(many, float(now[known].mean()), change, away)
