"""Distribution: in how many shops a vendor is, how large they are, how fast he sells there.

*Numeric* distribution is the share of shops that bought; *weighted* distribution the share of
all shops' purchases of the category that those shops make, so that one large shop counts for
more than a kiosk; *velocity* is what sells in a week at a shop that bought. Sales are their
product: shops x velocity x weeks (Farris and others, *Marketing Metrics*, chapter 6).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

WINDOW: Final = 8
"""Weeks of each point of a trend.

A shop orders a product every two to four weeks: a week alone would show who happened to
order in it. In eight, nearly all who stock it order once or more.
"""

SHOPS, NUMERIC, WEIGHTED = "shops", "numeric", "weighted"
VELOCITY, VELOCITY_PIECES, VALUE = "velocity", "velocity_pieces", "value"
COLUMNS: Final = (SHOPS, NUMERIC, WEIGHTED, VELOCITY, VELOCITY_PIECES, VALUE)


def reached(
    bought: pd.DataFrame, universe: npt.NDArray[np.int64], universe_weight: Floats, weeks: int
) -> pd.DataFrame:
    """Distribution of several things: places, products, or weeks.

    Parameters
    ----------
    bought
        A row a thing and shop that bought it. Columns thing (number, from 0), weight
        (currency: what the shop counts with), quantity (pieces), value (currency).
    universe
        Shops that each thing could be in.
    universe_weight
        Sum of their weights.
    weeks
        Over which it was bought.

    Returns
    -------
    pandas.DataFrame
        Row number = thing, columns `COLUMNS`; weighted and velocity are missing where they
        would be divided by nothing.

    Three shops of 60, 30 and 10 a year; the first two buy, for 8 in two weeks:

    >>> rows = pd.DataFrame({"thing": 0, "weight": [60.0, 30.0], "quantity": 4, "value": [6, 2]})
    >>> reached(rows, np.array([3]), np.array([100.0]), 2).round(3).iloc[0].to_list()
    [2.0, 0.667, 0.9, 2.0, 2.0, 8.0]
    """
    thing, many = bought["thing"].to_numpy(dtype=np.int64), len(universe)

    def added(column: str) -> Floats:
        sums = np.bincount(thing, bought[column].to_numpy(dtype=float), minlength=many)
        return np.asarray(sums, dtype=np.float64)

    shops = np.bincount(thing, minlength=many).astype(float)
    value = added("value")
    return pd.DataFrame(
        {
            SHOPS: shops,
            NUMERIC: _over(shops, universe.astype(float)),
            WEIGHTED: _over(added("weight"), universe_weight),
            VELOCITY: _over(value, shops * weeks),
            VELOCITY_PIECES: _over(added("quantity"), shops * weeks),
            VALUE: value,
        }
    )


def rolling(weekly: Floats, window: int = WINDOW) -> Floats:
    """Sums of so many weeks up to each, fewer at the beginning; rows x weeks.

    >>> rolling(np.array([[1.0, 2.0, 3.0]]), 2)
    array([[1., 3., 5.]])
    """
    added = np.cumsum(weekly, axis=1)
    found = added.copy()
    found[:, window:] -= added[:, :-window]
    return found


def course(
    pieces: Floats, value: Floats, weight: Floats, weeks: int, window: int = WINDOW
) -> pd.DataFrame:
    """Distribution week by week, each over the `window` weeks up to it.

    Parameters
    ----------
    pieces, value
        Of the vendor: shops x all weeks that are read, of which the last `weeks` are shown.
    weight
        What each shop counts with: shops x the same weeks.

    Returns
    -------
    pandas.DataFrame
        A row each shown week; as `reached`.
    """
    read = pieces.shape[1]
    sums = {
        "quantity": rolling(pieces, window)[:, read - weeks :],
        "value": rolling(value, window)[:, read - weeks :],
        "weight": rolling(weight, window)[:, read - weeks :],
    }
    shop, week = np.nonzero(sums["quantity"] > 0)
    rows = pd.DataFrame({"thing": week, **{k: v[shop, week] for k, v in sums.items()}})
    universe = np.full(weeks, len(pieces), dtype=np.int64)
    found = reached(rows, universe, sums["weight"].sum(axis=0), 1)
    over = np.minimum(np.arange(read - weeks, read) + 1, window)  # fewer weeks at the beginning
    for column in (VELOCITY, VELOCITY_PIECES):
        found[column] = found[column].to_numpy() / over
    return found


def _over(part: Floats, whole: Floats) -> Floats:
    found = np.full(len(part), np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found
