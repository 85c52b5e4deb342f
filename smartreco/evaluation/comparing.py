"""Ours beside the baselines over the same shops: by how much, and is it more than noise?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from smartreco.evaluation.measuring import mean
from smartreco.evaluation.scores import OURS, DifferenceToPeer, SegmentScores
from smartreco.evaluation.segments import Segment
from smartreco.measures.bootstrap import paired_difference

Measured = npt.NDArray[np.float64]


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
) -> tuple[SegmentScores, ...]:
    """NDCG of every model in each segment, and ours minus the strongest peer of all shops."""
    peers = {peer: mean(found) for peer, found in ndcg.items() if peer != OURS}
    strongest = max(peers, key=lambda peer: peers[peer]) if peers else None
    found = []
    for one in segments:
        there = {model: values[one.shops] for model, values in ndcg.items()}
        shops = int(np.isfinite(there[OURS]).sum())
        row = SegmentScores(one.by, one.name, shops)
        if row.enough:
            gain = strongest and _difference(strongest, there[OURS], there[strongest], rng)
            means = {model: mean(values) for model, values in there.items()}
            row = SegmentScores(one.by, one.name, shops, means, gain or None)
        found.append(row)
    return tuple(found)


def _difference(
    peer: str, ours: Measured, theirs: Measured, rng: np.random.Generator
) -> DifferenceToPeer:
    found = paired_difference(ours, theirs, rng)
    return DifferenceToPeer(peer, found.mean, found.low, found.high, found.shops)
