"""Ours beside the baselines over the same shops: by how much, and is it more than noise?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt

from smartreco.evaluation.measuring import mean
from smartreco.evaluation.scores import OURS, DifferenceToPeer, SegmentScores
from smartreco.evaluation.segments import Segment
from smartreco.measures.bootstrap import bands, paired_difference

Measured = npt.NDArray[np.float64]
Resample = Callable[[], np.random.Generator]
"""A generator that draws the same shops every time it is asked for."""


def differences(
    ndcg: Mapping[str, Measured], rng: np.random.Generator
) -> tuple[DifferenceToPeer, ...]:
    """Ours minus each peer over the same shops."""
    return tuple(
        _difference(peer, ndcg[OURS], theirs, rng) for peer, theirs in ndcg.items() if peer != OURS
    )


def by_segment(
    segments: Iterable[Segment],
    ndcg: Mapping[str, Measured],
    rng: np.random.Generator,
    resample: Resample,
) -> tuple[SegmentScores, ...]:
    """NDCG of every model in each segment, and ours minus the strongest peer of all shops.

    ``rng`` draws for the gains, ``resample`` for the intervals of the means.
    """
    strongest = strongest_peer(ndcg)
    found = []
    for one in segments:
        there = {model: values[one.shops] for model, values in ndcg.items()}
        shops = int(np.isfinite(there[OURS]).sum())
        row = SegmentScores(one.by, one.name, shops)
        if row.enough:
            gain = strongest and _difference(strongest, there[OURS], there[strongest], rng)
            means = {model: mean(values) for model, values in there.items()}
            ends = bands(np.column_stack(list(there.values())), resample())
            around = {
                model: (float(low), float(high))
                for model, (low, high) in zip(there, ends, strict=True)
            }
            row = SegmentScores(one.by, one.name, shops, means, gain or None, around)
        found.append(row)
    return tuple(found)


def strongest_peer(ndcg: Mapping[str, Measured]) -> str | None:
    """The peer with the best mean over all shops; None where there is none."""
    peers = {peer: mean(found) for peer, found in ndcg.items() if peer != OURS}
    return max(peers, key=lambda peer: peers[peer]) if peers else None


def _difference(
    peer: str, ours: Measured, theirs: Measured, rng: np.random.Generator
) -> DifferenceToPeer:
    found = paired_difference(ours, theirs, rng)
    return DifferenceToPeer(peer, found.mean, found.low, found.high, found.shops)
