"""One vendor's white space: pairs that he could win, by name where shops allow it, and in cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, CITY, NAME, PRODUCT_ID, REGION, RETAILER_ID, SEGMENT
from smartreco.language import Message
from smartreco.recommend.first_orders import LAPSED_DAYS
from smartreco.vendors.candidates import averaged
from smartreco.vendors.sums import GOODS, SHOP
from smartreco.vendors.white_space import Sums, pair_sums
from smartreco.workspace.vendor.reach_reading import Floats, Ints, Mask, View
from smartreco.workspace.vendor.reach_views import Sentence, Span80, WhiteSpace
from smartreco.workspace.vendor.views import VendorFilter
from smartreco.workspace.vendor.white_book import HORIZON_WEEKS, WhiteBook
from smartreco.workspace.vendor.white_reasons import Reasons

ROW_COLUMNS: Final = (
    RETAILER_ID, NAME, REGION, CITY, SEGMENT, PRODUCT_ID, "product", CATEGORY, "state",
    "last_week", "probability", "quantity", "unit_price", "value_if", "low", "high",
    "expected_value", "reasons",
)  # fmt: skip
SUM_COLUMNS: Final = ("shops", "pairs", "expected_value", "low", "high")
PLACES: Final = {"cells": [REGION, CITY, SEGMENT], "regions": [REGION], "segments": [SEGMENT]}

WAITING: Final = Message("What shops may take up is being worked out; come back in a minute")
TOO_SHORT: Final = Message("There are too few orders yet to learn from what shops take up")
NO_PRODUCTS: Final = Message("There is no product on offer in this view")
NOTHING_LEFT: Final = Message("Every shop in this view buys every product in it")
CHANCE: Final = Message(
    "Expected is the chance of an order within {weeks} weeks x the pieces of shops that took up "
    "such products x price; learned from {taken} products taken up by shops before {day}"
)
LIMITS: Final = Message(
    "80 of 100 times a sum comes between its limits, as far as earlier windows of {weeks} weeks "
    "tell; a row's limits are what it brings if the shop takes it up"
)
UNNAMED: Final = Message(
    "Shops that do not let themselves be named count as the average named shop of their cell"
)
LAPSED: Final = Message("Lapsed: bought once, but not in the last {weeks} weeks")


@dataclass(frozen=True)
class Field:
    """Shops x products of a view.

    Attributes
    ----------
    goods
        The products on offer that the book knows.
    chance, value
        Of an order; what it brings, currency: each shop's own, as far as it is named.
    open
        Pairs that are not bought.
    lapsed
        Of them those that once were.
    last
        Week of the last order, or no day.
    """

    goods: pd.DataFrame
    chance: Floats
    value: Floats
    open: Mask
    lapsed: Mask
    last: np.ndarray


def nothing(why: Message, values: dict[str, object] | None = None) -> WhiteSpace:
    """A white space that cannot be told, and why."""
    empty = {
        name: pd.DataFrame(columns=[*keys, *SUM_COLUMNS]) for name, keys in PLACES.items()
    }  # fmt: skip
    products = pd.DataFrame(columns=[PRODUCT_ID, NAME, CATEGORY, *SUM_COLUMNS])
    return WhiteSpace(
        None, HORIZON_WEEKS, pd.DataFrame(columns=list(ROW_COLUMNS)), **empty, products=products,
        total=Span80(0.0, 0.0, 0.0), pairs=0, unnamed=0, why=(why, values or {}), method=(),
    )  # fmt: skip


def read_white_space(
    view: View, book: WhiteBook, last: pd.DataFrame, wanted: VendorFilter, most: int
) -> WhiteSpace:
    """Put the view together.

    Parameters
    ----------
    last
        As `smartreco.store.vendor_reach.last_bought`, of all the vendor's products.
    most
        Rows by name.
    """
    field = _field(view, book, last)
    if not len(field.goods):
        return nothing(NO_PRODUCTS)
    universe = view.universe
    named = universe.shops["open_to_vendors"].to_numpy(dtype=bool)
    chance = averaged(field.chance, named, field.open, universe.cell)
    value = averaged(field.value, named, np.ones_like(field.open), universe.cell)
    pairs = (chance > 0) & view.shown[:, None]
    inside = universe.inside(wanted) & named
    if not pairs.any() and not (field.chance[inside] > 0).any():
        return nothing(NOTHING_LEFT)
    parts = pair_sums(
        chance * view.shown[:, None], value, book.uptake.spread, universe.cell,
        len(universe.partition.cells),
    )  # fmt: skip
    told = _Told(view, field, book, pairs, parts)
    return WhiteSpace(
        book.as_of, HORIZON_WEEKS, _rows(view, field, book, last, inside, most),
        **{name: told.places(keys) for name, keys in PLACES.items()}, products=told.products(),
        total=told.total(), pairs=int(pairs.sum()), unnamed=int(pairs[~named].sum()), why=None,
        method=_said(book, bool((~named[view.shown]).any())),
    )  # fmt: skip


def _field(view: View, book: WhiteBook, last: pd.DataFrame) -> Field:
    universe = view.universe
    goods = view.goods[view.goods["active"].astype(bool) & (view.goods["price"] > 0)]
    column = pd.Index(book.product_ids).get_indexer(pd.Index(goods[PRODUCT_ID]))
    goods, column = goods[column >= 0].reset_index(drop=True), column[column >= 0]
    row = pd.Index(book.retailer_ids).get_indexer(pd.Index(universe.shops[RETAILER_ID]))
    weeks = np.full((len(row) + 1, len(goods) + 1), np.datetime64("NaT", "D"))
    at = universe.position(last[SHOP]), pd.Index(goods[GOODS]).get_indexer(pd.Index(last[GOODS]))
    weeks[at] = last["last_week"].to_numpy().astype("datetime64[D]")
    weeks = weeks[:-1, :-1]  # what is not active or not in the view went to the last ones
    ever = ~np.isnat(weeks)
    lapsed = ever & (weeks < np.datetime64(book.as_of - timedelta(days=LAPSED_DAYS), "D"))
    open_ = ~ever | lapsed
    chance = np.where(open_ & (row >= 0)[:, None], book.chance[np.ix_(row, column)], 0.0)
    by_product = book.uptake.by_product[column] * goods["price"].to_numpy(dtype=float)
    value = np.where(row >= 0, book.uptake.by_shop[row], 0.0)[:, None] * by_product
    return Field(goods, chance.astype(np.float64), value, open_, lapsed, weeks)


class _Told:
    """Sums of pairs, added up by what tells them apart."""

    def __init__(
        self, view: View, field: Field, book: WhiteBook, pairs: Mask,
        parts: tuple[Floats, Floats, Floats],
    ) -> None:  # fmt: skip
        self._view, self._field, self._book = view, field, book
        self._pairs, self._parts = pairs, parts

    def places(self, keys: list[str]) -> pd.DataFrame:
        """Rows of places; those with a pair in them."""
        cells = self._view.universe.partition.cells[keys].astype("object")
        names = cells.where(cells.notna(), None).agg(tuple, axis=1)
        label, places = pd.factorize(names)
        sums = Sums(*(part.sum(axis=1) for part in self._parts)).joined(label, len(places))
        of_shop = label[self._view.universe.cell]
        count = len(places)
        shops = np.bincount(of_shop[self._pairs.any(axis=1)], minlength=count)
        pairs = np.bincount(of_shop, self._pairs.sum(axis=1), minlength=count).astype(np.int64)
        frame = pd.DataFrame(list(places), columns=keys, dtype="object")
        return self._frame(frame, shops, pairs, sums)

    def products(self) -> pd.DataFrame:
        """Rows of products."""
        sums = Sums(*(part.sum(axis=0) for part in self._parts))
        count = self._pairs.sum(axis=0)
        frame = self._field.goods[[PRODUCT_ID, NAME, CATEGORY]]
        return self._frame(frame, count, count, sums)

    def total(self) -> Span80:
        """Everything."""
        sums = Sums(*(np.array([part.sum()]) for part in self._parts))
        low, high = self._book.spread.limits(sums)
        return Span80(float(sums.expected[0]), float(low[0]), float(high[0]))

    def _frame(self, names: pd.DataFrame, shops: Ints, pairs: Ints, sums: Sums) -> pd.DataFrame:
        low, high = self._book.spread.limits(sums)
        figures = (shops, pairs, sums.expected, low, high)
        found = names.assign(**dict(zip(SUM_COLUMNS, figures, strict=True)))
        found = found[found["pairs"] > 0]
        return found.sort_values(
            "expected_value", ascending=False, kind="stable", ignore_index=True
        )


def _rows(
    view: View, field: Field, book: WhiteBook, last: pd.DataFrame, inside: Mask, most: int
) -> pd.DataFrame:
    """The pairs that bring most, of shops that are named."""
    expected = np.where(inside[:, None], field.chance * field.value, 0.0)
    shop, good = _best(expected, most)
    places = view.universe.partition.shops
    shops, goods = view.universe.shops.iloc[shop], field.goods.iloc[good]
    value, uptake = field.value[shop, good], book.uptake
    lapsed = field.lapsed[shop, good]
    price = goods["price"].to_numpy(dtype=float)
    reasons = Reasons(view, field.goods, book.as_of, last)
    columns = {
        RETAILER_ID: shops[RETAILER_ID].to_numpy(), NAME: shops[NAME].to_numpy(),
        REGION: places[REGION].to_numpy()[shop], CITY: places[CITY].to_numpy()[shop],
        SEGMENT: places[SEGMENT].to_numpy()[shop], PRODUCT_ID: goods[PRODUCT_ID].to_numpy(),
        "product": goods[NAME].to_numpy(), CATEGORY: goods[CATEGORY].to_numpy(),
        "state": np.where(lapsed, "lapsed", "never"),
        "last_week": np.where(lapsed, field.last[shop, good], np.datetime64("NaT")),
        "probability": field.chance[shop, good], "quantity": value / price, "unit_price": price,
        "value_if": value, "low": value * uptake.low, "high": value * uptake.high,
        "expected_value": expected[shop, good],
        "reasons": reasons.of(shop, good, lapsed, field.last[shop, good]),
    }  # fmt: skip
    found = pd.DataFrame(columns, columns=list(ROW_COLUMNS))
    return found.astype({"last_week": "datetime64[s]"})


def _best(expected: Floats, most: int) -> tuple[Ints, Ints]:
    """Shop and product of the largest, largest first."""
    flat = expected.ravel()
    count = min(most, int((flat > 0).sum()))
    if not count:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    some = np.argpartition(-flat, count - 1)[:count]
    some = some[np.lexsort((some, -flat[some]))]
    shop, good = np.divmod(some, expected.shape[1])
    return shop, good


def _said(book: WhiteBook, unnamed: bool) -> tuple[Sentence, ...]:
    said: list[Sentence] = [
        (CHANCE, {"weeks": HORIZON_WEEKS, "taken": book.uptake.taken, "day": book.as_of}),
        (LIMITS, {"weeks": HORIZON_WEEKS}), (LAPSED, {"weeks": LAPSED_DAYS // 7}),
    ]  # fmt: skip
    if unnamed:
        said.append((UNNAMED, {}))
    return tuple(said)
