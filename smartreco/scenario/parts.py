"""What the difference adds up to: by measure, week, category, region, vendor and product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Texts
from smartreco.scenario.market import Market
from smartreco.scenario.outcome import Compared, Measure, Measured, Part
from smartreco.scenario.today import Today
from smartreco.scenario.world import Worlds

BAND: Final = (0.1, 0.9)
MOST_PRODUCTS: Final = 30


@dataclass(frozen=True)
class Change:
    """The scenario less today, of the products of the worlds: products x weeks x draws.

    Attributes
    ----------
    units, revenue
        Pieces sold, and currency (nothing where the price is unknown).
    lost
        Pieces that were wanted of what is offered and could not be had.
    """

    units: Floats
    revenue: Floats
    lost: Floats

    @classmethod
    def of(cls, worlds: Worlds) -> Change:
        """Paired, draw by draw."""
        before, after = worlds.today, worlds.scenario
        price = [np.nan_to_num(one.price)[:, :, None] for one in (before, after)]
        return cls(
            after.sold - before.sold,
            after.sold * price[1] - before.sold * price[0],
            after.asked * (1 - after.had) - before.asked * (1 - before.had),
        )


def compared(base: Floats, change: Floats) -> tuple[Compared, ...]:
    """Each of some figures with the band of its difference.

    Parameters
    ----------
    base
        Today's.
    change
        Differences: figures x draws.
    """
    low, high = np.quantile(change, BAND, axis=1)
    rows = zip(base, change.mean(axis=1), low, high, strict=True)
    return tuple(
        Compared(float(was), float(was + moved), float(moved), float(least), float(most))
        for was, moved, least, most in rows
    )


def measures(market: Market, today: Today, worlds: Worlds, change: Change) -> tuple[Measured, ...]:
    """All measures that the data can tell."""
    goods, line = worlds.goods, today.goods.line[:, None]
    found: dict[Measure, tuple[float, Floats]] = {
        Measure.UNITS: (today.sold.sum(), _sum(change.units)),
        Measure.LINES: (
            (today.sold / line).sum(),
            np.einsum("pwd,p->d", change.units, 1 / goods.line),
        ),
    }
    priced = np.isfinite(market.price).any()
    if priced:
        found[Measure.REVENUE] = (today.sold * today.price).sum(), _sum(change.revenue)
        if np.isfinite(market.goods.cost).any():
            found[Measure.MARGIN] = _margin(today, worlds, change)
    if market.stock_known or (worlds.scenario.had < 1).any():
        unmet = today.asked - today.sold
        found[Measure.LOST_UNITS] = unmet.sum(), _sum(change.lost)
        if priced:
            worth = np.nan_to_num(worlds.scenario.price)
            found[Measure.LOST_REVENUE] = (
                (unmet * today.price).sum(), np.einsum("pwd,pw->d", change.lost, worth),
            )  # fmt: skip
        found[Measure.SERVICE] = _service(today, worlds, change)
        before, after = (side.had < 1 for side in (worlds.today, worlds.scenario))
        after = after & worlds.offered[:, :, None]
        found[Measure.STOCK_OUTS] = today.out, _sum(after.astype(float) - before)
    base = np.array([was for was, _ in found.values()])
    moved = np.stack([draws for _, draws in found.values()])
    moved.flags.writeable = False
    each = zip(found, compared(base, moved), moved, strict=True)
    return tuple(Measured(*one) for one in each)


def _margin(today: Today, worlds: Worlds, change: Change) -> tuple[float, Floats]:
    """Of products whose cost and price are known."""
    known = np.isfinite(today.goods.cost) & (today.price > 0).any(axis=1)
    base = ((today.price - np.nan_to_num(today.goods.cost)[:, None]) * today.sold)[known].sum()
    cost = np.nan_to_num(worlds.goods.cost)[:, None, None]
    mine = np.isfinite(worlds.goods.cost) & np.isfinite(worlds.scenario.price).all(axis=1)
    return float(base), _sum((change.revenue - change.units * cost)[mine])


def _service(today: Today, worlds: Worlds, change: Change) -> tuple[float, Floats]:
    """Share of the pieces asked for that could be had."""
    asked, unmet = today.asked.sum(), (today.asked - today.sold).sum()
    more = _sum(worlds.scenario.asked - worlds.today.asked)
    base = 1 - unmet / asked if asked > 0 else 1.0
    total = asked + more
    then = 1 - np.divide(
        unmet + _sum(change.lost), total, out=np.zeros_like(total), where=total > 0
    )
    # With nothing changed both are the same number up to rounding: say none.
    return float(base), np.where((more == 0) & (_sum(change.lost) == 0), 0.0, then - base)


def by_week(market: Market, today: Today, change: Change) -> tuple[Part, ...]:
    """Each week ahead, in order."""
    units = compared(today.sold.sum(axis=0), change.units.sum(axis=0))
    worth = compared((today.sold * today.price).sum(axis=0), change.revenue.sum(axis=0))
    days = market.starts.astype("datetime64[D]").astype(str)
    return tuple(
        Part(str(day), str(day), *both) for day, *both in zip(days, units, worth, strict=True)
    )


def by_group(
    today: Today, change: Change, code: Ints, ids: Texts, names: Texts
) -> tuple[Part, ...]:
    """Groups of products, with their shares of the whole.

    Parameters
    ----------
    code
        Group of each product of today, a position in `ids`.
    """
    member = np.zeros((len(ids), len(code)))
    member[code, np.arange(len(code))] = 1.0
    mine = member[:, today.at]
    return _parts(
        ids, names, _base(today, member), mine @ change.units.sum(axis=1),
        mine @ change.revenue.sum(axis=1),
    )  # fmt: skip


def by_region(market: Market, today: Today, worlds: Worlds, change: Change) -> tuple[Part, ...]:
    """Regions: products by their usual regions, but for what belongs to one of them."""
    places = worlds.goods.places.T
    price = np.nan_to_num(worlds.scenario.price)
    units, worth = change.units.sum(axis=1), change.revenue.sum(axis=1)
    own_units = {at: one.sum(axis=1) for at, one in worlds.placed.items()}
    own_worth = {at: np.einsum("pwd,pw->pd", one, price) for at, one in worlds.placed.items()}
    plain_units = places @ (units - sum(own_units.values(), np.zeros(1)))
    plain_worth = places @ (worth - sum(own_worth.values(), np.zeros(1)))
    for at in worlds.placed:
        plain_units[at] += own_units[at].sum(axis=0)
        plain_worth[at] += own_worth[at].sum(axis=0)
    names = market.regions
    base = _base(today, today.goods.places.T)
    return _parts(names, names, base, plain_units, plain_worth)


def by_product(today: Today, change: Change) -> tuple[Part, ...]:
    """Products that change most."""
    ids, names = today.goods.ids[today.at], today.goods.names[today.at]
    money = (today.sold * today.price).sum(axis=1)
    base = today.sold.sum(axis=1)[today.at], money[today.at]
    units, worth = change.units.sum(axis=1), change.revenue.sum(axis=1)
    found = np.flatnonzero((units != 0).any(axis=1) | (worth != 0).any(axis=1))
    size = np.abs(worth.mean(axis=1)) if worth.any() else np.abs(units.mean(axis=1))
    most = found[np.argsort(-size[found], kind="stable")[:MOST_PRODUCTS]]
    parts = _parts(ids[most], names[most], (base[0][most], base[1][most]), units[most], worth[most])
    return tuple(Part(one.id, one.name, one.units, one.revenue) for one in parts)


def _base(today: Today, member: Floats) -> tuple[Floats, Floats]:
    """Pieces and currency of groups."""
    money = (today.sold * today.price).sum(axis=1)
    return np.asarray(member @ today.sold.sum(axis=1)), np.asarray(member @ money)


def _parts(
    ids: Texts, names: Texts, base: tuple[Floats, Floats], units: Floats, worth: Floats
) -> tuple[Part, ...]:
    """Largest change of revenue first, of units where no price is known."""
    if not len(ids):
        return ()
    was, moved = (base[1], worth) if base[1].any() or worth.any() else (base[0], units)
    whole, then = max(was.sum(), 1e-9), np.maximum(was.sum() + moved.sum(axis=0), 1e-9)
    share = was / whole
    shifted = np.where(moved.any(), (was[:, None] + moved) / then - share[:, None], 0.0)
    each = zip(
        ids, names, compared(base[0], units), compared(base[1], worth), compared(share, shifted),
        strict=True,
    )  # fmt: skip
    made = [Part(str(one), str(name), *figures) for one, name, *figures in each]
    order = np.argsort(-np.abs(moved.mean(axis=1)), kind="stable")
    return tuple(made[at] for at in order)


def _sum(values: Floats) -> Floats:
    """Over products and weeks: one a draw."""
    return np.asarray(values.sum(axis=(0, 1)))
