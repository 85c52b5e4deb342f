"""Fill pools: score the judged shops once, block by block, and keep what is near a top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.evaluation.bench.pool import WHOLE, Ints, Pool
from smartreco.evaluation.bench.spreads import STEPS, Floats, Mask, Singles, Spreads
from smartreco.evaluation.listing import blocks
from smartreco.evaluation.protocol import Cut
from smartreco.recommend.affinity import Affinity
from smartreco.recommend.blend import DEFAULT_BLEND, Blend, candidates, factors
from smartreco.recommend.damping import DAMPED
from smartreco.recommend.fitting import FLOOR, MOST_FOR_FLOORS
from smartreco.recommend.market import Market
from smartreco.recommend.ranking import best
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.scoring import component_scores

LISTS: Final = (ListName.REORDER, ListName.DISCOVER)
NEAR_TOP: Final = 40  # products of each component, not damped and damped most
NEAR_TOP_OF_A_MIX: Final = 60  # variety chooses from the best 50
MIXED_AT: Final = (0.0, 0.25, 0.5)  # powers of damping at which mixes are looked at
SHOPS_TOGETHER: Final = 64


@dataclass(frozen=True)
class Block:
    """Some shops on one list, while their scores are at hand."""

    at: Ints
    filled: npt.NDArray[np.int64]
    values: list[Singles]
    whole: Mask
    spreads: Spreads


def gather(
    cut: Cut, market: Market, scorers: Mapping[str, Scorer[Any]], blends: Sequence[Blend]
) -> dict[ListName, Pool]:
    """Pools of both lists for the judged shops of a cut.

    Parameters
    ----------
    scorers
        Fitted on the cut's training part; what they are damped by does not matter.
    blends
        Mixes whose own best products are kept as well, beside the usual ones.
    """
    plain = undamped(scorers)
    names = tuple(name for name in plain if name != Affinity.name)
    even = dict.fromkeys(names, 1.0)  # what is good for several is best for some mix of them
    found: dict[ListName, list[Block]] = {name: [] for name in LISTS}
    for rows in blocks(len(cut.shops), SHOPS_TOGETHER):
        components = component_scores(plain, market.shops(cut.shops[rows]))
        bought = cut.bought[rows].toarray() > 0
        for name in LISTS:
            mask = candidates(name, bought, market.active)
            mixes = [one.weights[name] for one in (*blends, DEFAULT_BLEND)] + [even]
            found[name].append(_block(components, mask, market, mixes))
    floors = floors_by_step(market, plain)
    return {name: _pool(names, cut, name, found[name], floors[name]) for name in LISTS}


def undamped(scorers: Mapping[str, Scorer[Any]]) -> dict[str, Scorer[Any]]:
    """The same scorers, with nothing held back."""
    return {
        name: replace(one, settings=replace(one.settings, damping=0.0)) if name in DAMPED else one
        for name, one in scorers.items()
    }


def floors_by_step(market: Market, plain: Mapping[str, Scorer[Any]]) -> dict[ListName, Singles]:
    """Least spread of each component at each step, as `recommend.fitting.floors_of` has it."""
    ordering = np.flatnonzero(market.ordering)
    some = ordering[:: 1 + len(ordering) // MOST_FOR_FLOORS]
    shops = replace(market.shops(some), changed=True)
    components = component_scores(plain, shops)
    bought = shops.habits.bought(market.shape[1])
    found = {}
    for name in LISTS:
        spreads = Spreads.of(components, candidates(name, bought, market.active), market)
        width = np.sqrt(np.einsum("pccs->pcs", spreads.together))
        middle = np.median(width, axis=2) if len(some) else np.zeros(width.shape[:2])
        found[name] = np.asarray(FLOOR * middle, dtype=np.float32)
    return found


def _block(
    components: Mapping[str, Floats],
    mask: Mask,
    market: Market,
    mixes: Sequence[Mapping[str, float]],
) -> Block:
    near = mask & (mask.sum(axis=1) <= WHOLE)[:, None]
    whole = near.any(axis=1) | ~mask.any(axis=1)
    for keys, places in _looks(components, mask, market, mixes):
        ranked = best(np.where(mask, keys, -np.inf), places)
        row, place = np.nonzero(ranked >= 0)
        near[row, ranked[row, place]] = True
    row, product = np.nonzero(near)
    filled = near.sum(axis=1)
    at = np.full((len(mask), int(filled.max(initial=0))), -1, dtype=np.int32)
    place = np.arange(len(row)) - np.repeat(np.cumsum(filled) - filled, filled)
    at[row, place] = product
    values = []
    for scores in components.values():
        kept = np.zeros(at.shape, dtype=np.float32)
        kept[row, place] = scores[row, product]
        values.append(kept)
    return Block(at, filled, values, whole, Spreads.of(components, mask, market))


def _looks(
    components: Mapping[str, Floats],
    mask: Mask,
    market: Market,
    mixes: Sequence[Mapping[str, float]],
) -> Iterator[tuple[Floats, int]]:
    """Everything whose best products are kept, with how many of them."""
    for name, scores in components.items():
        yield scores, NEAR_TOP
        if name in DAMPED:
            yield scores * market.damping(STEPS[-1]), NEAR_TOP
    for power in MIXED_AT:
        damped = {
            name: scores * market.damping(power) if name in DAMPED else scores
            for name, scores in components.items()
        }
        width = factors(damped, mask, dict.fromkeys(damped, 1.0), {})
        for weights in mixes:
            yield (
                sum(
                    (
                        (weights.get(name, 0.0) * width[name])[:, None] * scores
                        for name, scores in damped.items()
                    ),
                    start=np.zeros(mask.shape),
                ),
                NEAR_TOP_OF_A_MIX,
            )


def _pool(
    names: tuple[str, ...], cut: Cut, name: ListName, found: Sequence[Block], floors: Singles
) -> Pool:
    """Blocks one under the other, each as wide as the widest."""
    wide = max((one.at.shape[1] for one in found), default=0)

    def joined(parts: Sequence[npt.NDArray[Any]], fill: float) -> npt.NDArray[Any]:
        return np.concatenate(
            [np.pad(one, ((0, 0), (0, wide - one.shape[1])), constant_values=fill) for one in parts]
        )

    at = joined([one.at for one in found], -1)
    relevant = cut.relevant(name)
    return Pool(
        names,
        at,
        np.stack([joined([one.values[c] for one in found], 0.0) for c in range(len(names))]),
        held(relevant, at),
        None if cut.soon is None else held(cut.soon, at),
        np.diff(relevant.indptr),
        np.concatenate([one.whole for one in found]),
        Spreads.joined([one.spreads for one in found]),
        floors,
    )


def held(cells: sp.csr_array, at: Ints) -> Mask:
    """Which places hold a product that a cell of their shop names."""
    found = np.zeros(at.shape, dtype=bool)
    for rows in blocks(len(at)):
        dense = cells[rows].toarray() > 0
        found[rows] = np.take_along_axis(dense, np.maximum(at[rows], 0), axis=1) & (at[rows] >= 0)
    return found
