"""Kinds of shops, since a good mean can hide whom the lists serve badly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from smartreco.columns import CITY, REGION, SEGMENT
from smartreco.evaluation.protocol import Cut

NEW_DAYS = 28  # a shop whose first order is this close to the cut is new
SIZES = ("small", "middle", "large")
AGES = ("new", "established")
MOST_GROUPS = 30  # of one kind: the largest ones


@dataclass(frozen=True)
class Segment:
    """Some of the judged shops: ``shops`` is one entry a judged shop."""

    by: str
    name: str
    shops: npt.NDArray[np.bool_]


def segments(cut: Cut) -> Iterator[Segment]:
    """Judged shops by segment and region where the data know them, by size and by age.

    Where no region is known the city stands for it. Size is the tercile of the purchases
    before the cut, age whether the first of them lies within `NEW_DAYS` before it.
    """
    yield from _known(cut, SEGMENT)
    yield from _known(cut, REGION if cut.training.retailers[REGION].notna().any() else CITY)
    yield from _coded("size", _terciles(_purchases(cut)), SIZES)
    yield from _coded("age", (_first_day(cut) < cut.training.as_of_day - NEW_DAYS) * 1, AGES)


def _known(cut: Cut, column: str) -> Iterator[Segment]:
    """Groups that a column of the shops names, largest first."""
    values = cut.training.retailers[column].iloc[cut.shops]
    for name in values.value_counts().index[:MOST_GROUPS]:
        yield Segment(column, str(name), (values == name).fillna(False).to_numpy(dtype=bool))


def _coded(by: str, code: npt.NDArray[np.integer], names: tuple[str, ...]) -> Iterator[Segment]:
    for at, name in enumerate(names):
        yield Segment(by, name, code == at)


def _terciles(size: npt.NDArray[np.integer]) -> npt.NDArray[np.integer]:
    """0, 1 or 2: equal sizes share a tercile."""
    edges = np.quantile(size, [1 / 3, 2 / 3])
    return np.searchsorted(edges, size, side="left")


def _purchases(cut: Cut) -> npt.NDArray[np.integer]:
    shop, _, _ = cut.training.arrays()
    return np.bincount(shop, minlength=cut.training.shape[0])[cut.shops]


def _first_day(cut: Cut) -> npt.NDArray[np.integer]:
    shop, _, day = cut.training.arrays()
    first = np.full(cut.training.shape[0], np.iinfo(np.int32).max)
    np.minimum.at(first, shop, day)
    return first[cut.shops]
