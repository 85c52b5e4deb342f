"""Why sales changed: the change in value between two times, split into parts that sum to it.

For a group of sales (a vendor, a category, a region, a product), in this order:

1. *launched*: what is bought now of products first sold after the time compared with had
   ended; *ended*: what was bought then of products no longer offered and sold to nobody now;
2. of the other products, *won*: what shops buy now that bought nothing of the group then;
   *lost*: what shops bought then that buy nothing of the group now;
3. at the shops that bought in both, *price*: the pieces bought now of a product that the
   shop bought then, times the change of the price it paid; and *volume*: all else, which is
   (pieces now - pieces then) x price then, and products that the shop took up or dropped.

With p = price and q = pieces, volume and price are the usual (q1 - q0) p0 + q1 (p1 - p0), so
that nothing is left over. Money is counted in whole ten-thousandths, which add up without
rounding: the parts sum to the change exactly, in whatever order they are added.
"""

from __future__ import annotations

from math import fsum
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import RETAILER_ID

UNITS: Final = 10_000  # of one of the currency

VALUE, VALUE_BEFORE, CHANGE = "value", "value_before", "change"
PARTS: Final = ("volume", "price", "won", "lost", "launched", "ended")
COLUMNS: Final = (VALUE, VALUE_BEFORE, CHANGE, *PARTS)


def decompose(
    pairs: pd.DataFrame,
    by: str | None = None,
    launched: pd.Series[bool] | None = None,
    ended: pd.Series[bool] | None = None,
) -> pd.DataFrame:
    """Split the change of each group.

    Parameters
    ----------
    pairs
        A row a shop and product. Columns retailer_id, product_id, quantity, value,
        quantity_before, value_before (pieces and currency; 0 where not bought), and `by`.
    by
        The column that tells groups apart, such as product_id, category or region; None: all
        is one group.
    launched, ended
        Of each row: its product is new since, or no longer there; see the module. None: of
        no row.

    Returns
    -------
    pandas.DataFrame
        Index: the groups, sorted ("" where `by` is None). Columns `COLUMNS` in currency;
        ``change`` is ``math.fsum`` of the parts.
    """
    names = pd.Series([""] * len(pairs), dtype="str") if by is None else pairs[by]
    group, label = pd.factorize(names, sort=True)
    now, then = _units(pairs[VALUE]), _units(pairs[VALUE_BEFORE])
    parts = _split(pairs, group, now, then, _marks(launched, pairs), _marks(ended, pairs))
    sums = {name: _sum(group, part, len(label)) for name, part in parts.items()}
    found = pd.DataFrame(sums, index=pd.Index(label, name=by or "all"))
    found.insert(0, CHANGE, [fsum(row) for row in found[list(PARTS)].to_numpy().tolist()])
    found.insert(0, VALUE_BEFORE, _sum(group, then, len(label)))
    found.insert(0, VALUE, _sum(group, now, len(label)))
    return found


def _split(
    pairs: pd.DataFrame, group: np.ndarray, now: np.ndarray, then: np.ndarray,
    launched: np.ndarray, ended: np.ndarray,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Parts of each row, in units; each row's sum is what it changed by."""
    pieces, once = pairs["quantity"].to_numpy(float), pairs["quantity_before"].to_numpy(float)
    has, had = pieces > 0, once > 0
    new = launched & ~had
    gone = ended & ~has & ~new
    steady = ~new & ~gone
    shop = pd.factorize(pairs[RETAILER_ID])[0].astype(np.int64)
    member = group * (shop.max(initial=0) + 1) + shop
    before, after = member[had & steady], member[has & steady]
    won = steady & ~np.isin(member, before)
    lost = steady & ~np.isin(member, after) & ~won
    kept = steady & ~won & ~lost
    both = kept & had & has
    price_then = np.divide(then, once, out=np.zeros(len(pairs)), where=both)
    moved = np.where(both, np.rint((pieces - once) * price_then), 0.0)
    change = now - then
    zero = np.zeros(len(pairs))
    return {
        "volume": np.where(both, moved, np.where(kept, change, zero)),
        "price": np.where(both, change - moved, zero),
        "won": np.where(won, change, zero),
        "lost": np.where(lost, change, zero),
        "launched": np.where(new, change, zero),
        "ended": np.where(gone, change, zero),
    }


def _units(value: pd.Series[float]) -> np.ndarray:
    """Whole units, as floats: sums of them are exact below 2**53."""
    return np.asarray(np.rint(value.to_numpy(float) * UNITS))


def _marks(marks: pd.Series[bool] | None, pairs: pd.DataFrame) -> np.ndarray:
    if marks is None:
        return np.zeros(len(pairs), dtype=bool)
    return np.asarray(marks.to_numpy(dtype=bool))


def _sum(group: np.ndarray, units: np.ndarray, groups: int) -> np.ndarray:
    return np.asarray(np.bincount(group, weights=units, minlength=groups) / UNITS)
