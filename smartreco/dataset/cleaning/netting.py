"""Returns and cancellations, taken off the lines they undo.

A return undoes the latest pieces that the same shop ordered of the same product
before it: last in, first out, since people send back what has just come. One
rule for all sources, and one that needs only what the data always hold.

How it stays exact without a loop: let the level be the pieces a shop holds of a
product, S the running sum of its orders (+) and returns (-). The level is
``S - min(0, running minimum of S)``: what a return asks beyond it is unmatched.
A line that lifts the level from a to a+q keeps the pieces that the level never
falls below again: ``clip(min of the level from then on - a, 0, q)``.

The outcome depends on the moments and ids of the lines alone, not on the order
of rows or files; the store runs the same function on old and new lines
together, so that overlapping exports end where one export would have.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import LINE_ID, ORDER_ID, ORDERED_AT, QUANTITY

PAIR: Final = "pair"  # number of a retailer x product


def net_returns(events: pd.DataFrame) -> npt.NDArray[np.int64]:
    """What is left of each event once returns have been taken off.

    Parameters
    ----------
    events
        Order lines and returns, in any order. Columns pair : int, one number a
        retailer x product; ordered_at : datetime64; order_id, line_id : str, to
        break ties; quantity : int pieces, below 0 for a return.

    Returns
    -------
    ndarray
        For a line the pieces that stay, for a return the pieces that found no
        line. Never below 0.

    Examples
    --------
    Ten pieces, then six; eight come back: all of the six and two of the ten.

    >>> net_returns(pd.DataFrame({
    ...     "pair": 0, "ordered_at": pd.to_datetime(["2026-01-01", "2026-01-08", "2026-01-09"]),
    ...     "order_id": ["1", "2", "C3"], "line_id": "1", "quantity": [10, 6, -8]})).tolist()
    [8, 0, 0]
    """
    asks = events[QUANTITY] < 0
    order = (
        events[[PAIR, ORDERED_AT, ORDER_ID, LINE_ID]]
        .assign(asks=asks, row=np.arange(len(events)))
        .sort_values([PAIR, ORDERED_AT, "asks", ORDER_ID, LINE_ID], kind="stable")["row"]
        .to_numpy()
    )
    pair = pd.Series(events[PAIR].to_numpy()[order])
    change = events[QUANTITY].to_numpy(dtype=np.int64)[order]
    total = pd.Series(change).groupby(pair).cumsum()
    beyond = np.minimum(total.groupby(pair).cummin().to_numpy(), 0)
    level = total.to_numpy() - beyond
    lowest_after = pd.Series(level[::-1]).groupby(pair[::-1].to_numpy()).cummin().to_numpy()[::-1]
    first = np.append(True, pair.to_numpy()[1:] != pair.to_numpy()[:-1])[: len(pair)]
    beyond_before = np.where(first, 0, np.append(0, beyond[:-1])[: len(pair)])
    left = np.where(
        change < 0,
        beyond_before - beyond,
        np.clip(lowest_after - (level - change), 0, np.maximum(change, 0)),
    )
    result = np.empty(len(events), dtype=np.int64)
    result[order] = left
    return result
