"""What is asked for in the scenario: what today asks for, pushed by levers, and new shops."""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.dataset.world.randomness import word_codes
from smartreco.forecast.arrays import Floats, Ints
from smartreco.scenario.draws import Draws, believed
from smartreco.scenario.effects import DEEPEST, Effects, Joined
from smartreco.scenario.market_parts import Goods, Response

BEYOND_DOUBT: Final = 0.3  # spread of how demand answers prices beyond those seen, in logs
TOLERANCE: Final = 0.01  # log price beyond those seen that still counts as seen
MOST_DRAWN: Final = 60  # new shops drawn one by one; more of them come as multiples of so many


def asked(
    effects: Effects, draws: Draws, rows: Ints, usual: Floats
) -> tuple[Floats, dict[int, Floats]]:
    """Demand before prices: products x weeks x draws, and what of it belongs to one region only.

    Parameters
    ----------
    usual
        What today asks for.
    """
    wanted = usual
    for swing in effects.swings:
        log = swing.log[rows][:, :, None]
        if swing.doubt:
            log = log * (1 + swing.doubt * draws.normal(swing.name))
        wanted = wanted * np.exp(log)
    placed: dict[int, Floats] = {}
    for region, factor in effects.regional.items():
        share = effects.market.goods.places[rows, region][:, None]
        placed[region] = wanted * (share * (factor[rows] - 1))[:, :, None]
    for one in effects.joined:
        more = one.mix[rows][:, :, None] * _orders(one, draws)
        placed[one.region] = placed.get(one.region, 0.0) + more
    for extra in placed.values():
        wanted = wanted + extra
    return wanted, placed


def response_to(
    effects: Effects, draws: Draws, goods: Goods, rows: Ints, held: float | None
) -> Floats:
    """What demand is multiplied by for its price: products x weeks x draws; 1 where it is as today.

    Parameters
    ----------
    held
        Standard normal value that all elasticities are held at, promotions at their mean; None:
        both are drawn.
    """
    market = effects.market
    made = np.ones((len(rows), market.weeks, draws.count))
    some = np.flatnonzero(effects.priced()[rows])
    if not len(some):
        return made
    at = rows[some]
    few = goods.take(some)
    own = market.response.take(at)
    slopes = draws.slopes(own, few) if held is None else _held(own, held, draws.count)
    inside, beyond = price_path(effects, at)
    log = inside[:, :, None] * slopes[:, None, 0, :]
    if beyond.any():
        far = draws.normal("beyond", word_codes(list(few.ids)))
        far = np.exp(BEYOND_DOUBT * far - BEYOND_DOUBT**2 / 2)
        log += beyond[:, :, None] * (slopes[:, 0, :] * far)[:, None, :]
    seen = (effects.depth[at] > 0).astype(float) - (market.depth[at] > 0)
    if seen.any():
        log += seen[:, :, None] * slopes[:, None, 1, :]
    made[some] = np.exp(log)
    return made


def price_path(effects: Effects, rows: Ints) -> tuple[Floats, Floats]:
    """Change of the log price within what was ever seen, and beyond it: products x weeks."""
    market = effects.market
    before = np.log1p(-np.clip(market.depth[rows], 0.0, DEEPEST))
    after = effects.moved[rows] + np.log1p(-np.clip(effects.depth[rows], 0.0, DEEPEST))
    low = np.minimum(market.response.lowest[rows][:, None], before) - TOLERANCE
    high = np.maximum(market.response.highest[rows][:, None], before) + TOLERANCE
    known = np.clip(after, low, high)
    return known - before, after - known


def _orders(one: Joined, draws: Draws) -> Floats:
    """Pieces a week of all new shops together: one a draw."""
    some = min(one.count, MOST_DRAWN)
    luck = draws.uniform(one.name, np.arange(some))
    shop = np.minimum((luck * len(one.like)).astype(np.int64), len(one.like) - 1)
    return np.asarray(one.like[shop].sum(axis=0) * (one.count / some))


def _held(own: Response, held: float, count: int) -> Floats:
    """Every elasticity at one place of its own distribution, promotions at their mean."""
    spread = np.sqrt((own.shared[:, 0] ** 2).sum(axis=1) + (own.apart[:, 0] ** 2).sum(axis=1))
    slopes = own.mean.copy()
    slopes[:, 0] += held * spread
    return np.repeat(believed(slopes[:, :, None]), count, axis=2)
