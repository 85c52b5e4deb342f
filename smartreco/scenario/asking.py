"""What is asked for in the scenario: what today asks for, pushed by levers, and new shops."""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.dataset.world.randomness import unit_mean, word_codes
from smartreco.forecast.arrays import Floats, Ints
from smartreco.scenario.assumptions import Held
from smartreco.scenario.draws import Draws, believed
from smartreco.scenario.effects import DEEPEST, Effects, Joined
from smartreco.scenario.market_parts import Goods, Response

BEYOND_DOUBT: Final = 0.3  # spread of how demand answers prices beyond those seen, in logs
TOLERANCE: Final = 0.01  # log price beyond those seen that still counts as seen
MOST_DRAWN: Final = 60  # new shops drawn one by one; more of them come as multiples of so many


def asked(
    effects: Effects, draws: Draws, rows: Ints, usual: Floats, held: Held
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
            doubt = draws.normal(swing.name) if held.festival is None else held.festival
            log = log * np.maximum(1 + swing.doubt * doubt, 0.0)
        wanted = wanted * np.exp(log)
    placed: dict[int, Floats] = {}
    for region, factor in effects.regional.items():
        share = effects.market.goods.places[rows, region][:, None]
        placed[region] = wanted * (share * (factor[rows] - 1))[:, :, None]
    for one in effects.joined:
        more = one.mix[rows][:, :, None] * (_orders(one, draws) * _start(one, draws))
        placed[one.region] = placed.get(one.region, 0.0) + more
    for extra in placed.values():
        wanted = wanted + extra
    return wanted, placed


def response_to(effects: Effects, draws: Draws, goods: Goods, rows: Ints, held: Held) -> Floats:
    """What demand is multiplied by for its price: products x weeks x draws; 1 where it is as today.

    Parameters
    ----------
    held
        All elasticities, and all that promotions add, at one place of each one's own.
    """
    market = effects.market
    made = np.ones((len(rows), market.weeks, draws.count))
    some = np.flatnonzero(effects.priced()[rows])
    if not len(some):
        return made
    at = rows[some]
    few = goods.take(some)
    own = market.response.take(at)
    slopes = _slopes(draws, own, few, held)
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
    size = unit_mean(draws.normal(f"{one.name} size", np.arange(some)), one.spread)
    return np.asarray((one.like[shop] * size).sum(axis=0) * (one.count / some))


def _start(one: Joined, draws: Draws) -> Floats:
    """From at once (1 in all weeks) to as slowly as is thinkable: weeks x draws."""
    slow = draws.uniform(f"{one.name} start")
    return np.asarray(1 - slow * (1 - one.start[:, None]))


def _slopes(draws: Draws, own: Response, goods: Goods, held: Held) -> Floats:
    """Elasticities and what promotions add, drawn or held: products x 2 x draws.

    With elasticities held, what promotions add is at its mean unless it is held as well: both
    are read off the same weeks, and what is doubted of one is doubted of the other.
    """
    at = own.at(-(held.response or 0.0), held.promotion or 0.0)[:, :, None]
    if held.response is not None:
        return np.repeat(believed(at), draws.count, axis=2)
    slopes = draws.slopes(own, goods)
    if held.promotion is not None:
        slopes[:, 1:] = believed(at)[:, 1:]
    return slopes
