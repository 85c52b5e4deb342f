"""Choosing rows for defects, no row twice, and keeping account of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartreco.dataset.world.dirt.shares import DirtShares
from smartreco.dataset.world.randomness import Floats, Ints
from smartreco.dataset.world.timeline import Mask

#: Kind, rows and the place of each: a row at 7.5 comes behind row 7.
Added = tuple[str, pd.DataFrame, Floats]


class Rows:
    """The rows of a file that are still without a defect.

    Parameters
    ----------
    count
        Rows of the file.
    shares, rng
        How many of each kind, and the luck.
    """

    def __init__(self, count: int, shares: DirtShares, rng: np.random.Generator) -> None:
        self.count, self.shares, self.rng = count, shares, rng
        self._free = np.ones(count, dtype=np.bool_)
        self._order = rng.permutation(count)

    def take(self, kind: str, among: Mask | None = None) -> Ints:
        """Rows for a kind of defect, at least one where any may have it."""
        allowed = self._free if among is None else self._free & among
        candidates = self._order[allowed[self._order]]
        share = getattr(self.shares, kind)
        wanted = max(1, round(share * self.count)) if share > 0 else 0
        chosen = candidates[:wanted]
        self._free[chosen] = False
        return chosen


def weave(
    base: pd.DataFrame, added: Sequence[Added],
    marks: Sequence[tuple[str, Ints]],
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Put added rows among the others and number all of them.

    Parameters
    ----------
    base
        The file's own rows.
    added
        Kind, rows and the place of each: a row at 7.5 comes behind row 7.
    marks
        Kind and positions of the own rows that got a defect.

    Returns
    -------
    frame, defects
        All rows, and one row a defect: row_number (1-based), kind.
    """
    frames = [base, *(frame for _, frame, _ in added)]
    places = np.concatenate([np.arange(len(base)), *(place for _, _, place in added)])
    order = np.argsort(places, kind="stable")
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    first = len(base)
    found = [pd.DataFrame({"row_number": number[rows], "kind": kind}) for kind, rows in marks]
    for kind, frame, _ in added:
        rows = number[first : first + len(frame)]
        found.append(pd.DataFrame({"row_number": rows, "kind": kind}))
        first += len(frame)
    whole = pd.concat(frames, ignore_index=True).take(order).reset_index(drop=True)
    defects = pd.concat(found, ignore_index=True).sort_values("row_number", ignore_index=True)
    return whole, defects
