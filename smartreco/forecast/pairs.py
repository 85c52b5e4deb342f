"""What each shop will order of each product, adding up to its shop and its product.

There are a hundred times more pairs than products, and a pair is ordered a few times
a year. So pairs are forecast in blocks, then raked: scaled to the shops' and to the
products' forecasts in turn (iterative proportional fitting, Deming and Stephan 1940),
which keeps every pair at zero or above. Where a product's few shops cannot hold its
forecast, what is left over goes to shops that have room: first orders of new pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from smartreco.forecast.arrays import Floats, Ints, Texts
from smartreco.forecast.forecaster import Forecast, ForecastSettings, forecast
from smartreco.forecast.panel import Panel
from smartreco.forecast.parts import PARTS, Parts

SEPARATOR: Final = "/"  # between shop and product in the id of a pair
BLOCK: Final = 4000  # series forecast at once: what the grid of smoothers keeps in memory
SEED_SHARE: Final = 1e-3  # of a pair's past mean that its forecast is never below
MOST_ROUNDS: Final = 60
LEAST: Final = 1e-10  # pieces that make a new pair
CLOSE: Final = 1e-9  # of the largest margin


def forecast_in_blocks(
    panel: Panel, horizon: int, settings: ForecastSettings | None = None
) -> Forecast:
    """The same as `forecast`, with pools of neighbouring series; memory stays bounded."""
    blocks = max(1, round(len(panel) / BLOCK))
    made = [
        forecast(panel.take(rows), horizon, settings)
        for rows in np.array_split(np.arange(len(panel)), blocks)
    ]
    if len(made) == 1:
        return made[0]
    parts = {name: np.concatenate([getattr(one.parts, name) for one in made]) for name in PARTS}
    return replace(
        made[0],
        ids=panel.ids,
        levels=panel.levels,
        mean=np.concatenate([one.mean for one in made]),
        quantiles=np.concatenate([one.quantiles for one in made]),
        parts=Parts(**parts),
    )


def agree(pairs: Forecast, shops: Forecast, products: Forecast, past_mean: Floats) -> Forecast:
    """Pairs that sum to their shops and to their products.

    Parameters
    ----------
    pairs
        Ids are shop, `SEPARATOR`, product.
    shops, products
        Reconciled, so that both have the same totals.
    past_mean
        Pieces a week of each pair; a forecast of nothing may rise from a little of it.
    """
    row, column = _places(pairs.ids, shops.ids, products.ids)
    start = np.maximum(pairs.mean, SEED_SHARE * past_mean[:, None])
    margins = Margins(row, column, shops.mean, products.mean)
    raked = rake(start, margins)
    held, new_row, new_column, new_mean = _make_room(raked, margins)
    moved = pairs.moved_to(held, reconciled=True)
    ids = np.char.add(np.char.add(shops.ids[new_row], SEPARATOR), products.ids[new_column])
    zeros = np.zeros_like(new_mean)
    return replace(
        moved,
        ids=np.concatenate([moved.ids, ids]),
        levels=np.concatenate([moved.levels, np.repeat(pairs.levels[:1], len(ids))]),
        mean=np.concatenate([moved.mean, new_mean]),
        quantiles=np.concatenate([moved.quantiles, np.repeat(zeros[:, :, None], 5, axis=2)]),
        parts=moved.parts.joined(Parts(new_mean, zeros, zeros, zeros, zeros)),
    )


def _places(pairs: Texts, shops: Texts, products: Texts) -> tuple[Ints, Ints]:
    """Shop and product of each pair; a shop's id may hold the separator itself."""
    halves = pd.Series(pairs).str.split(SEPARATOR, n=1, expand=True)
    row = pd.Index(shops).get_indexer(pd.Index(halves[0]))
    column = pd.Index(products).get_indexer(pd.Index(halves[1]))
    for at in np.flatnonzero((row < 0) | (column < 0)):
        words = str(pairs[at]).split(SEPARATOR)
        for cut in range(1, len(words)):
            shop, item = SEPARATOR.join(words[:cut]), SEPARATOR.join(words[cut:])
            found = np.flatnonzero(shops == shop), np.flatnonzero(products == item)
            if len(found[0]) and len(found[1]):
                row[at], column[at] = found[0][0], found[1][0]
    return np.asarray(row, dtype=np.int64), np.asarray(column, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Margins:
    """What pairs add up to.

    Attributes
    ----------
    row, column
        Shop and product of each pair.
    by_row, by_column
        Wanted sums: shops x periods and products x periods, with equal totals.
    """

    row: Ints
    column: Ints
    by_row: Floats
    by_column: Floats

    def rows(self, values: Floats) -> Floats:
        """Sums by shop."""
        return np.asarray(_members(self.row, len(self.by_row)) @ values)

    def columns(self, values: Floats) -> Floats:
        """Sums by product."""
        return np.asarray(_members(self.column, len(self.by_column)) @ values)


def rake(values: Floats, margins: Margins) -> Floats:
    """Scale values (pairs x periods, 0 or more) to their margins; exact by shop."""
    found = values.copy()
    near = CLOSE * max(float(margins.by_row.max(initial=0.0)), 1e-12)
    for _ in range(MOST_ROUNDS):
        found *= _factor(margins.by_column, margins.columns(found))[margins.column]
        found *= _factor(margins.by_row, margins.rows(found))[margins.row]
        if np.abs(margins.columns(found) - margins.by_column).max(initial=0.0) < near:
            break
    return found


def _make_room(values: Floats, margins: Margins) -> tuple[Floats, Ints, Ints, Floats]:
    """Take what products have too much from their shops; give it to products that lack some.

    Returns
    -------
    Values, and shops, products and means (x periods) of new pairs.
    """
    lowered = (
        values
        * np.minimum(_factor(margins.by_column, margins.columns(values)), 1.0)[margins.column]
    )
    lowered = lowered * np.minimum(_factor(margins.by_row, margins.rows(lowered)), 1.0)[margins.row]
    room = np.maximum(margins.by_row - margins.rows(lowered), 0.0)
    lack = np.maximum(margins.by_column - margins.columns(lowered), 0.0)
    pieces: dict[tuple[int, int], Floats] = {}
    for period in range(values.shape[1]):
        for shop, item, amount in zip(*_matched(room[:, period], lack[:, period]), strict=True):
            mean = pieces.setdefault((int(shop), int(item)), np.zeros(values.shape[1]))
            mean[period] += amount
    known = {pair: at for at, pair in enumerate(zip(margins.row, margins.column, strict=True))}
    for pair in [pair for pair in pieces if pair in known]:
        lowered[known[pair]] += pieces.pop(pair)
    new = np.array(list(pieces), dtype=np.int64).reshape(-1, 2)
    mean = np.array(list(pieces.values())).reshape(-1, values.shape[1])
    return lowered, new[:, 0], new[:, 1], mean


def _matched(room: Floats, lack: Floats) -> tuple[Ints, Ints, Floats]:
    """Lay room and lack end to end; where they overlap, that much goes from one to the other."""
    until_room, until_lack = np.cumsum(room), np.cumsum(lack)
    total = min(until_room[-1], until_lack[-1])
    ends = np.unique(np.concatenate([until_room, until_lack]))
    ends = ends[(ends > 0) & (ends <= total)]
    amount = np.diff(ends, prepend=0.0)
    middle = ends - amount / 2
    row = np.searchsorted(until_room, middle)
    column = np.searchsorted(until_lack, middle)
    some = amount > LEAST
    return row[some], column[some], amount[some]


def _factor(wanted: Floats, have: Floats) -> Floats:
    return np.divide(wanted, have, out=np.zeros_like(have), where=have > LEAST**2)


def _members(of: Ints, many: int) -> sparse.csr_array:
    ones = np.ones(len(of))
    return sparse.csr_array((ones, (of, np.arange(len(of)))), shape=(many, len(of)))
