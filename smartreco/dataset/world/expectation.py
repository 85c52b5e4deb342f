"""Expected demand, multiplied out of the truth's factors only as far as is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from smartreco.columns import PRODUCT, RETAILER
from smartreco.dataset.world.randomness import Floats, Ints

if TYPE_CHECKING:
    from smartreco.dataset.world.truth import Truth

Positions = Sequence[int] | npt.NDArray[np.integer[Any]] | None
Over = Literal["retailers", "products"]


def swing(rate: Floats, factor: npt.NDArray[Any]) -> Floats:
    """A factor with mean one, less felt by what is ordered at most visits anyway.

    The shrinking is linear, so that the mean stays one.
    """
    return np.asarray(1 + (factor - 1) / (1 + rate / 2), dtype=np.float64)


def expected_pieces(
    truth: Truth, weeks: Iterable[int] | None, retailers: Positions, products: Positions,
    over: Over | None, censored: bool,
) -> npt.NDArray[np.float32]:  # fmt: skip
    """See `Truth.expected_demand`."""
    chosen_weeks = list(range(truth.timeline.weeks) if weeks is None else weeks)
    rows, row_count = _places(retailers, len(truth.retailers))
    columns, column_count = _places(products, len(truth.products))
    row = rows[truth.pairs[RETAILER].to_numpy()]
    column = columns[truth.pairs[PRODUCT].to_numpy()]
    pairs = np.flatnonzero((row >= 0) & (column >= 0))
    row, column = row[pairs], column[pairs]
    shape: tuple[int, ...]
    if over == "products":
        cell, shape = row, (row_count,)
    elif over == "retailers":
        cell, shape = column, (column_count,)
    else:
        cell, shape = row * column_count + column, (row_count, column_count)
    demand = np.zeros((*shape, len(chosen_weeks)), dtype=np.float32)
    for at, pieces in enumerate(_weekly(truth, pairs, chosen_weeks, censored)):
        total = np.bincount(cell, weights=pieces, minlength=int(np.prod(shape)))
        demand[..., at] = total.reshape(shape)
    return demand


def _weekly(truth: Truth, pairs: Ints, weeks: list[int], censored: bool) -> Iterator[Floats]:
    """Expected pieces of the chosen pairs, week by week."""
    some = truth.pairs.iloc[pairs]
    retailer, product = some[RETAILER].to_numpy(), some[PRODUCT].to_numpy()
    rate = some["rate"].to_numpy(dtype=np.float64)
    plain = rate * some["pieces"].to_numpy()
    since, until = some["listed_from"].to_numpy(), some["listed_until"].to_numpy()
    category = truth.category_codes()[product]
    region = truth.retailers["region_code"].to_numpy()[retailer]
    shelf = truth.products["shelf"].to_numpy()[product]
    offered = truth.on_sale * truth.level
    if censored:
        offered = offered * truth.in_stock
    for week in weeks:
        shop = truth.visit[:, week] * truth.growth[:, week]
        listed = (since <= week) & (week < until)
        yield (
            plain * listed * shop[retailer] * offered[product, week]
            * swing(rate, truth.due[retailer, category, week])
            * truth.season[region, shelf, week]
        )  # fmt: skip


def _places(chosen: Positions, count: int) -> tuple[Ints, int]:
    """New position of each entity, -1 where it is not chosen, and how many are."""
    wanted = np.arange(count) if chosen is None else np.asarray(chosen, dtype=np.int64)
    places = np.full(count, -1, dtype=np.int64)
    places[wanted] = np.arange(len(wanted))
    return places, len(wanted)
