"""How demand answers prices, of every product of a market: its own, or what its category has."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Floats, Ints
from smartreco.forecast.price_belief import PriceBelief
from smartreco.scenario.market_parts import Goods, Response


def response(belief: PriceBelief | None, goods: Goods, regular: Floats) -> Response:
    """Of each product; one that was never sold is as its category, one of none as all."""
    n = len(goods)
    if belief is None:
        zero = np.zeros((n, 2))
        return Response(
            zero, np.zeros(n, dtype=np.int64), np.zeros((n, 2, 1)), np.zeros((n, 2, 2)),
            np.zeros(n, dtype=bool), False, 12, np.zeros(n), np.zeros(n),
        )  # fmt: skip
    row = pd.Index(belief.ids).get_indexer(pd.Index(goods.ids))
    known = row >= 0
    stand_in = _stand_ins(belief, goods, row)
    own = np.where(known, belief.own[stand_in], False)
    return Response(
        mean=belief.mean[stand_in],
        category=belief.category[stand_in],
        shared=belief.shared[stand_in],
        apart=belief.apart[stand_in],
        own=own,
        promoted=belief.promoted,
        freedom=belief.freedom,
        lowest=np.where(known, belief.lowest[stand_in] - regular, 0.0),
        highest=np.where(known, belief.highest[stand_in] - regular, 0.0),
    )


def _stand_ins(belief: PriceBelief, goods: Goods, row: Ints) -> Ints:
    """A product of the belief to speak for each: itself, else one of its category that borrows."""
    category = np.full(len(belief.ids), "", dtype=goods.category.dtype)
    place = pd.Index(goods.ids).get_indexer(pd.Index(belief.ids))
    category[place >= 0] = goods.category[place[place >= 0]]
    like_all = int(np.argmin(belief.own))
    first = {}
    for name in np.unique(category):
        rows = np.flatnonzero(category == name)
        first[str(name)] = int(rows[np.argmin(belief.own[rows])])
    other = np.array([first.get(str(name), like_all) for name in goods.category], dtype=np.int64)
    return np.where(row >= 0, row, other)
