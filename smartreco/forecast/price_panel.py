"""From rows of product and week to arrays that all products are fitted from at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, DEPTH, PRODUCT_ID, SUBCATEGORY
from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.arrays import Floats, Ints, Mask, Texts
from smartreco.forecast.price_breaks import PRICE, UNITS, WEEK

COST, STOCKED_OUT = "cost", "stocked_out"
NEEDED: Final = (PRODUCT_ID, CATEGORY, WEEK, UNITS, PRICE)
OWN_GROUP: Final = 5.0  # products of a sub-category, with which it counts as much as its category
FARTHEST: Final = 2.5  # times or parts of the median price
NEVER: Final = 1e9  # stands for no price
LEAST: Final = 0.05  # of the mean, below which what others sell is not told apart


@dataclass(frozen=True)
class PricePanel:
    """Products x weeks.

    Attributes
    ----------
    ids, categories
        Of each product.
    units
        Pieces sold.
    price
        Log of the price for one piece; carried over weeks without a sale.
    depth
        Share that a promotion takes off.
    cost
        Log of the purchase cost; None where the data holds none.
    others
        Log of what like products sold against their mean: season and fashion.
    counts
        1 where a week tells something: sold from the first sale to the last, in stock.
    n_prices
        Prices seen in weeks that count, told apart by half a per cent.
    """

    ids: Texts
    categories: Texts
    units: Floats
    price: Floats
    depth: Floats
    cost: Floats | None
    others: Floats
    counts: Floats
    n_prices: Ints

    @property
    def spread(self) -> Floats:
        """Standard deviation of the log price in weeks that count."""
        many = np.maximum(self.counts.sum(axis=1), 1)
        mean = (self.price * self.counts).sum(axis=1) / many
        return np.asarray(
            np.sqrt((self.counts * (self.price - mean[:, None]) ** 2).sum(axis=1) / many)
        )


def price_panel(weeks: pd.DataFrame) -> PricePanel:
    """Spread rows over products x weeks.

    Parameters
    ----------
    weeks
        Columns product_id, category, week (Monday), units, price (missing or above 0; a week
        without a sale may be left out); optional: subcategory, depth, cost, stocked_out.

    Raises
    ------
    InputError
        A column is missing, or a price is not above zero.
    NotEnoughDataError
        There is no row.
    """
    _check(weeks)
    ids, row = np.unique(weeks[PRODUCT_ID].to_numpy(dtype=str), return_inverse=True)
    day = weeks[WEEK].to_numpy().astype("datetime64[D]").astype(np.int64)
    column = (day - day.min()) // 7
    shape = len(ids), int(column.max()) + 1

    def spread(name: str, empty: float) -> Floats:
        made = np.full(shape, empty)
        if name in weeks:
            made[row, column] = weeks[name].to_numpy(dtype=float, na_value=empty)
        return made

    units, depth = spread(UNITS, 0.0), np.clip(spread(DEPTH, 0.0), 0.0, 0.95)
    paid, out = spread(PRICE, np.nan), spread(STOCKED_OUT, 0.0) > 0
    before = np.log(paid) - np.log1p(-depth)
    wrong = _impossible(before)
    counts = _on_sale(units) & ~out & ~wrong
    price = carried(np.where(wrong, np.nan, before)) + np.log1p(-depth)
    first = np.zeros(len(ids), dtype=np.int64)
    first[row[::-1]] = np.arange(len(row))[::-1]
    categories = weeks[CATEGORY].to_numpy(dtype=str)[first]
    like = weeks[SUBCATEGORY].to_numpy(dtype=str)[first] if SUBCATEGORY in weeks else categories
    return PricePanel(
        ids=ids,
        categories=categories,
        units=units,
        price=price,
        depth=depth,
        cost=carried(np.log(spread(COST, np.nan))) if COST in weeks else None,
        others=_others(units, categories, like),
        counts=counts.astype(float),
        n_prices=_distinct(price, counts & np.isfinite(paid)),
    )


def panel_of_known(
    ids: Texts, categories: Texts, units: Floats, price: Floats, depth: Floats, seen: Mask
) -> PricePanel:
    """The same from arrays whose prices are known in every week.

    Parameters
    ----------
    units, price, depth
        Pieces, log of the price with promotions taken off, share they take off: products x
        weeks.
    seen
        Weeks in which the product could be had.
    """
    counts = _on_sale(units) & seen
    return PricePanel(
        ids=ids, categories=categories, units=units, price=price, depth=depth, cost=None,
        others=_others(units, categories, categories), counts=counts.astype(float),
        n_prices=_distinct(price, counts),
    )  # fmt: skip


def _check(weeks: pd.DataFrame) -> None:
    missing = [name for name in NEEDED if name not in weeks]
    if missing:
        raise InputError("price response needs columns " + ", ".join(NEEDED), ", ".join(missing))
    if weeks.empty:
        raise NotEnoughDataError(
            "price response needs weeks with a price", "none", "import orders with a unit_price"
        )
    if (weeks[PRICE] <= 0).any():
        raise InputError("a price is above zero", str(weeks[PRICE].min()), "leave such rows out")


def _on_sale(units: Floats) -> Mask:
    """From the first sale to the last: before and after it may not have been offered."""
    sold = units > 0
    begun = np.cumsum(sold, axis=1) > 0
    ended = np.cumsum(sold[:, ::-1], axis=1)[:, ::-1] > 0
    return np.asarray(begun & ended)


def _impossible(logs: Floats) -> Mask:
    """Prices too far from the product's median to be one: a case's price for a piece's, say."""
    known = np.isfinite(logs).any(axis=1)
    middle = np.zeros(len(logs))
    middle[known] = np.nanmedian(logs[known], axis=1)
    return np.asarray(np.abs(logs - middle[:, None]) > np.log(FARTHEST), dtype=np.bool_)


def carried(values: Floats) -> Floats:
    """Fill gaps with the last value before, else the first after, else 0."""
    known: Mask = np.asarray(np.isfinite(values), dtype=np.bool_)
    week = np.arange(values.shape[1])
    last = np.maximum.accumulate(np.where(known, week, -1), axis=1)
    at = np.where(last >= 0, last, known.argmax(axis=1)[:, None])
    filled = np.take_along_axis(values, at, axis=1)
    some = np.isfinite(filled)
    return np.where(some, filled, 0.0)


def _distinct(price: Floats, seen: Mask) -> Ints:
    steps = np.sort(np.where(seen, np.round(price / 0.005), NEVER), axis=1)
    new = np.diff(steps, axis=1, prepend=-NEVER) > 0
    return np.asarray((new & (steps < NEVER)).sum(axis=1))


def _others(units: Floats, categories: Texts, like: Texts) -> Floats:
    """Log of what all others of the sub-category and the category sold, each against its mean.

    A product's own sales are taken out, so that its price does not move the yardstick.
    """
    near, many = _without_own(units, like)
    far, _ = _without_own(units, categories)
    share = (many / (many + OWN_GROUP))[:, None]
    return np.asarray(np.log(np.maximum(share * near + (1 - share) * far, LEAST)))


def _without_own(units: Floats, groups: Texts) -> tuple[Floats, Floats]:
    scaled = units / np.maximum(units.mean(axis=1, keepdims=True), 1e-9)
    scaled = np.sqrt(np.maximum(units.sum(axis=1, keepdims=True), 0.0)) * scaled
    names, code = np.unique(groups, return_inverse=True)
    total = np.zeros((len(names), units.shape[1]))
    np.add.at(total, code, scaled)
    rest = np.maximum(total[code] - scaled, 0.0)
    mean = rest.mean(axis=1, keepdims=True)
    level = np.divide(rest, mean, out=np.ones_like(rest), where=mean > 1e-9)
    return np.asarray(level), np.asarray(np.bincount(code)[code] - 1, dtype=np.float64)
