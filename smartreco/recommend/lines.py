"""A ranked product becomes a line of a list: reasons, chance, quantity, rhythm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName, Recommendation
from smartreco.recommend.history import day_of
from smartreco.recommend.market import Market
from smartreco.recommend.reasons import explained, reasons, score_of
from smartreco.recommend.repurchase import ENOUGH_FOR_RHYTHM
from smartreco.recommend.scorer import IntArray, Scorer
from smartreco.recommend.scoring import Scored
from smartreco.recommend.shops import Shops

Chances = Sequence[float | None]
Notes = Sequence[tuple[str, ...]]


def lines(
    market: Market,
    scorers: Mapping[str, Scorer[Any]],
    name: ListName,
    shops: Shops,
    scored: Scored,
    ranked: npt.NDArray[np.int64],
    chances: Sequence[Chances],
    notes: Sequence[Notes],
) -> list[tuple[Recommendation, ...]]:
    """Write out the lists of a block of shops.

    Parameters
    ----------
    ranked
        Shops x k product positions, -1 beyond the end of a list.
    chances
        Probability of each of them, in the same places.
    notes
        Names of the rules that moved each line.
    """
    return [
        _of_shop(
            market, scorers, name, shops.one(row), products[products >= 0], chances[row],
            by=scored.factor_of(row), notes=notes[row],
        )
        for row, products in enumerate(ranked)
    ]  # fmt: skip


def _of_shop(
    market: Market,
    scorers: Mapping[str, Scorer[Any]],
    name: ListName,
    shop: Shops,
    products: IntArray,
    chances: Chances,
    by: Mapping[str, float],
    notes: Notes,
) -> tuple[Recommendation, ...]:
    if not len(products):
        return ()
    why = reasons(explained(scorers, shop, products, by), len(products))
    habits, row = shop.habits, shop.habits.row_of(products)
    return tuple(
        Recommendation(
            retailer_id=str(market.retailer_ids[shop.at[0]]),
            list=name,
            rank=place + 1,
            product_id=str(market.product_ids[product]),
            score=score_of(why[place]),
            probability=chances[place],
            quantity=int(habits.quantity[at] if at >= 0 else market.typical_quantity[product]),
            reasons=why[place],
            last_on=day_of(int(habits.last[at])) if at >= 0 else None,
            cadence_days=(
                round(float(habits.cadence[at]), 1)
                if at >= 0 and habits.times[at] >= ENOUGH_FOR_RHYTHM
                else None
            ),
            notes=notes[place],
        )
        for place, (product, at) in enumerate(zip(products, row, strict=True))
    )
