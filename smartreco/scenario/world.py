"""Today and the scenario, played on the same draws.

What is asked for comes first, then what prices do to it, then what can be had, and last
where those turn who could not have it or found it too dear. Each step leaves a product that
nothing happens to exactly as it was, so that a scenario without levers differs by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import ndtr

from smartreco.dataset.world.randomness import unit_mean, word_codes
from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.scenario.asking import asked, response_to
from smartreco.scenario.assumptions import Held
from smartreco.scenario.draws import Draws, pieces
from smartreco.scenario.effects import AS_TODAY, DEEPEST, EMPTY, Effects, Launched
from smartreco.scenario.market import Market
from smartreco.scenario.market_parts import Goods
from smartreco.scenario.shelving import served_share
from smartreco.scenario.turning import turned

DAYS_A_WEEK: Final = 7
NOTHING: Final = 1e-9


@dataclass(frozen=True)
class Side:
    """One of the two worlds; products x weeks x draws unless said otherwise.

    Attributes
    ----------
    asked, sold
        Pieces wanted of what is offered, and pieces sold. Lines come in lumps, so that a
        single draw of a product may sell less than nothing; sums are right.
    had
        Share of the week in which it could be had.
    price
        Currency for one piece, promotions taken off; NaN where unknown: products x weeks.
    """

    asked: Floats
    sold: Floats
    had: Floats
    price: Floats

    def with_more(self, other: Side) -> Side:
        """These products, then others."""
        return Side(
            np.concatenate([self.asked, other.asked]), np.concatenate([self.sold, other.sold]),
            np.concatenate([self.had, other.had]), np.concatenate([self.price, other.price]),
        )  # fmt: skip


@dataclass(frozen=True)
class Worlds:
    """Both worlds of the products that are touched, launches last.

    Attributes
    ----------
    offered
        Whether the scenario sells it: products x weeks.
    placed
        Of what the scenario sells, that which belongs to one region and not to the product's
        usual ones: place of the region -> products x weeks x draws.
    lost
        Pieces that a product lost by its own doing (below 0: gained), seen without lumps.
    """

    goods: Goods
    today: Side
    scenario: Side
    offered: Mask
    placed: dict[int, Floats]
    lost: Floats


def play(effects: Effects, draws: Draws, rows: Ints, held: Held | None = None) -> Worlds:
    """Play both worlds of some products and of all launches.

    Parameters
    ----------
    rows
        Products of the market, at least those of `Effects.touched`.
    held
        Assumptions that are not drawn.
    """
    held = held or Held()
    worlds = _played(effects, draws, rows, held)
    for launched in effects.launches:
        worlds = _launched(worlds, launched, draws, week_numbers(effects.market), held)
    if not worlds.lost.any():
        return worlds
    z = draws.normal("substitution")
    if held.substitution is not None:
        z = np.full(draws.count, held.substitution)
    side = worlds.scenario
    sells = np.maximum(side.asked * side.had, 0.0)
    gain = turned(worlds.goods.like, worlds.lost, sells, effects.market.substitution.at(z))
    return replace(worlds, scenario=replace(side, sold=side.sold + gain))


def week_numbers(market: Market) -> Ints:
    """A number of each week ahead that never changes."""
    return np.asarray(market.starts.astype("datetime64[D]").astype(np.int64) // DAYS_A_WEEK)


def _played(effects: Effects, draws: Draws, rows: Ints, held: Held) -> Worlds:
    market, goods = effects.market, effects.market.goods.take(rows)
    weeks = week_numbers(market)
    luck = draws.luck(goods, weeks, market.together)
    usual = pieces(market, rows, luck, held.demand)
    wanted, placed = asked(effects, draws, rows, usual, held)
    factor = response_to(effects, draws, goods, rows, held)
    after = wanted * factor
    todays, had = _had(effects, draws, rows, usual, after)
    offered = effects.offered[rows]
    kept = had * offered[:, :, None]
    lumps = _lumps(goods, draws, weeks, after - usual, usual)
    own = effects.own()[rows][:, None, None]
    before, then = _prices(effects, rows)
    return Worlds(
        goods=goods,
        today=Side(usual, usual * todays, todays, before),
        scenario=Side(after * offered[:, :, None], (after + lumps) * kept, had, then),
        offered=offered,
        placed={region: extra * factor * kept for region, extra in placed.items()},
        lost=np.where(own, wanted * todays - after * kept, 0.0),
    )


def _had(
    effects: Effects, draws: Draws, rows: Ints, usual: Floats, after: Floats
) -> tuple[Floats, Floats]:
    """Share of each week in which a product could be had, today and in the scenario."""
    market = effects.market
    todays = np.ones_like(usual)
    if market.stock_known:
        ids = word_codes(list(market.goods.ids[rows]))
        luck = draws.uniform("shelf", ids[:, None], week_numbers(market))
        todays = (luck >= market.out[rows][:, None, None]).astype(float)
    then = todays
    late = np.flatnonzero(effects.lead[rows])
    if len(late):
        at = rows[late]
        then = todays.copy()
        todays[late], then[late] = served_share(
            market, at, usual[late], after[late], effects.lead[at], effects.planned[at]
        )
    shelf = effects.shelf[rows][:, :, None]
    return todays, np.where(shelf == AS_TODAY, then, np.where(shelf == EMPTY, 0.0, 1.0))


def _lumps(
    goods: Goods, draws: Draws, weeks: Ints, change: Floats, usual: Floats | None = None
) -> Floats:
    """What comes or goes does so in whole lines: a spread, none where nothing changes.

    Parameters
    ----------
    usual
        What is asked for anyway: lines go with the chance ``change / usual``, and which of
        them do is luck, while how many there are has been drawn. None: all lines are new.
    """
    made = np.zeros_like(change)
    some = np.flatnonzero(change.any(axis=(1, 2)))
    if len(some):
        ids = word_codes(list(goods.ids[some]))
        chance = draws.normal("lumps", ids[:, None], weeks)
        size, lump = np.abs(change[some]), goods.lump
        if usual is not None:
            size *= np.clip(1 - size / np.maximum(usual[some], NOTHING), 0.0, 1.0)
            lump = goods.loose
        made[some] = np.sqrt(size * lump[some, None, None]) * chance
    return made


def _prices(effects: Effects, rows: Ints) -> tuple[Floats, Floats]:
    """What is paid for a piece, today and in the scenario: products x weeks."""
    market = effects.market
    price = market.price[rows][:, None]
    before, then = (np.clip(one[rows], 0.0, DEEPEST) for one in (market.depth, effects.depth))
    return price * (1 - before), price * np.exp(effects.moved[rows]) * (1 - then)


def _launched(worlds: Worlds, new: Launched, draws: Draws, weeks: Ints, held: Held) -> Worlds:
    """The worlds with new products, which sell nothing today."""
    ids = word_codes(list(new.goods.ids))
    count, courses, _ = new.curves.shape
    chance = draws.uniform("course", ids)
    if held.launch is not None:
        chance = np.full_like(chance, ndtr(held.launch))
    # Courses from the smallest to the largest, so that a chance is a place among them.
    order = np.argsort(new.curves.sum(axis=2), axis=1, kind="stable")
    pick = np.minimum((chance * courses).astype(np.int64), courses - 1)
    sells = np.stack([new.curves[row, order[row, pick[row]]].T for row in range(count)])
    if held.launch is None:
        sells = sells * unit_mean(draws.normal("liking", ids), new.spread)[:, None, :]
    lumps = _lumps(new.goods, draws, weeks, sells)
    price = np.repeat(new.price[:, None], len(weeks), axis=1)
    zero, one = np.zeros_like(sells), np.ones_like(sells)
    return Worlds(
        goods=worlds.goods.with_more(new.goods),
        today=worlds.today.with_more(Side(zero, zero, one, price)),
        scenario=worlds.scenario.with_more(Side(sells, sells + lumps, one, price)),
        offered=np.concatenate([worlds.offered, (sells > 0).any(axis=2)]),
        placed={at: np.concatenate([extra, zero]) for at, extra in worlds.placed.items()},
        lost=np.concatenate([worlds.lost, -sells]),
    )
