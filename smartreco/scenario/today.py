"""What is expected of today, one number a product and week: the same beside every scenario.

Scenarios are drawn, and today drawn with them, for the sake of the difference. Today itself
is not shown from those draws, or its figures would waver from one scenario to the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartreco.forecast.arrays import Floats, Ints
from smartreco.scenario.assumptions import Held
from smartreco.scenario.effects import DEEPEST, Effects
from smartreco.scenario.market_parts import Goods
from smartreco.scenario.world import Worlds


@dataclass(frozen=True)
class Today:
    """All products of the market, then launches; products x weeks unless said otherwise.

    Attributes
    ----------
    goods
        Products.
    at
        Row of each product of the worlds.
    asked, sold
        Pieces wanted, and pieces sold.
    price
        Currency for one piece, 0 where unknown.
    out
        Expected product-weeks without stock.
    """

    goods: Goods
    at: Ints
    asked: Floats
    sold: Floats
    price: Floats
    out: float

    @classmethod
    def of(cls, effects: Effects, worlds: Worlds, rows: Ints, held: Held) -> Today:
        """Expected values; their mean over the draws where shelves are played or demand held."""
        market = effects.market
        asked, sold = market.mean, market.mean * (1 - market.out)[:, None]
        out = np.repeat(market.out[:, None], market.weeks, axis=1)
        late = np.flatnonzero(effects.lead[rows])
        if len(late):
            sold, out = sold.copy(), out.copy()
            sold[rows[late]] = worlds.today.sold[late].mean(axis=2)
            out[rows[late]] = (worlds.today.had[late] < 1).mean(axis=2)
        if held.demand is not None:
            asked, sold = asked.copy(), sold.copy()
            asked[rows], sold[rows] = (
                one[: len(rows)].mean(axis=2) for one in (worlds.today.asked, worlds.today.sold)
            )
        price = market.price[:, None] * (1 - np.clip(market.depth, 0.0, DEEPEST))
        new = worlds.goods.take(np.arange(len(rows), len(worlds.goods)))
        none = np.zeros((len(new), market.weeks))
        return cls(
            goods=market.goods.with_more(new) if len(new) else market.goods,
            at=np.append(rows, len(market) + np.arange(len(new))),
            asked=np.concatenate([asked, none]),
            sold=np.concatenate([sold, none]),
            price=np.nan_to_num(np.concatenate([price, none])),
            out=float(out.sum()),
        )
