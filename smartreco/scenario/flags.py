"""What a reader should know before trusting a scenario's figures."""

from __future__ import annotations

import numpy as np

from smartreco.forecast.arrays import Mask
from smartreco.language import Percent
from smartreco.scenario.asking import price_path
from smartreco.scenario.effects import Effects, Flag, FlagKind
from smartreco.scenario.words import Sentence

EDGE = 1.2816


def of(effects: Effects) -> tuple[Flag, ...]:
    """Flags of a scenario; none where nothing is moved."""
    if not (effects.touched().any() or effects.launches):
        return ()
    return (*_prices(effects), *_substitution(effects), *_missing(effects), *effects.flags)


def _prices(effects: Effects) -> list[Flag]:
    market, found = effects.market, []
    moved = np.flatnonzero(effects.priced())
    if not len(moved):
        return []
    beyond = np.zeros(len(market), dtype=bool)
    beyond[moved] = (price_path(effects, moved)[1] != 0).any(axis=1)
    if beyond.any():
        found.append(_of(effects, FlagKind.EXTRAPOLATION, "flag.beyond", beyond))
    borrowed = np.zeros(len(market), dtype=bool)
    borrowed[moved] = ~market.response.own[moved]
    if borrowed.any():
        found.append(_of(effects, FlagKind.BORROWED, "flag.borrowed", borrowed))
    promoted = ((effects.depth > 0) & (market.depth == 0)).any()
    if promoted and not market.response.promoted:
        found.append(Flag(FlagKind.ASSUMPTION, Sentence("flag.no_promotions")))
    return found


def _substitution(effects: Effects) -> list[Flag]:
    if not (effects.own().any() or effects.launches):
        return []
    told = effects.market.substitution
    low, high = told.at(np.array([-EDGE, EDGE]))
    values: dict[str, object] = {
        "share": Percent(told.share), "low": Percent(float(low)), "high": Percent(float(high)),
    }  # fmt: skip
    name = "flag.substitution_learned" if told.learned else "flag.substitution_assumed"
    if told.learned:
        values["weeks"] = told.weeks
    return [
        Flag(FlagKind.ASSUMPTION, Sentence(name, values)),
        Flag(FlagKind.ASSUMPTION, Sentence("flag.lumps")),
    ]


def _missing(effects: Effects) -> list[Flag]:
    market, found = effects.market, []
    touched = effects.touched()
    if not market.stock_known:
        found.append(Flag(FlagKind.MISSING, Sentence("flag.no_stock")))
    unpriced = touched & ~np.isfinite(market.price)
    if unpriced.any():
        found.append(_of(effects, FlagKind.MISSING, "flag.no_price", unpriced))
    without_cost = touched & ~np.isfinite(market.goods.cost)
    ids = [str(one) for one in market.goods.ids[without_cost]]
    ids += [str(one.goods.ids[0]) for one in effects.launches if np.isnan(one.goods.cost[0])]
    if ids:
        words = Sentence("flag.no_cost", {"count": len(ids)})
        found.append(Flag(FlagKind.MISSING, words, tuple(ids)))
    return found


def _of(effects: Effects, kind: FlagKind, name: str, rows: Mask) -> Flag:
    ids = tuple(str(one) for one in effects.market.goods.ids[rows])
    return Flag(kind, Sentence(name, {"count": len(ids)}), ids)
