"""Shops won, kept and lost, by quarter: whether those who try a vendor stay with him."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NEW, BACK, KEPT, LOST, BEFORE, SINCE = "new", "back", "kept", "lost", "before", "since"
KEPT_COLUMNS: Final = ("cohort", "quarter", "age", "shops", "buying", "share")
FLOWS: Final = ("won", "new", "back", "kept", "lost")
QUARTER_COLUMNS: Final = ("quarter", "shops", *FLOWS)


@dataclass(frozen=True)
class Bought:
    """Who bought in which quarter.

    Attributes
    ----------
    mask
        Shops x quarters; every shop bought in one or more.
    """

    mask: Mask

    @property
    def first(self) -> Ints:
        """Quarter of each shop's first order."""
        return np.asarray(self.mask.argmax(axis=1), dtype=np.int64)


def kept(bought: Bought) -> pd.DataFrame:
    """What became of the shops won in each quarter.

    Returns
    -------
    pandas.DataFrame
        A row each cohort and later quarter, both numbered from 0. Columns `KEPT_COLUMNS`;
        ``share`` is buying / shops. Cohorts of no shop are left out.

    Two shops won in quarter 0, one of which is back in quarter 1, where one more is won:

    >>> found = kept(Bought(np.array([[1, 1], [1, 0], [0, 1]], dtype=bool)))
    >>> found[["cohort", "quarter", "shops", "buying"]].to_numpy().tolist()
    [[0, 0, 2, 2], [0, 1, 2, 1], [1, 1, 1, 1]]
    """
    shops, quarters = bought.mask.shape
    member = np.zeros((quarters, shops))
    member[bought.first, np.arange(shops)] = 1.0
    buying = member @ bought.mask.astype(float)
    won = member.sum(axis=1)
    cohort, quarter = np.nonzero(np.triu(np.ones((quarters, quarters))) * (won > 0)[:, None])
    return pd.DataFrame(
        {
            "cohort": cohort, "quarter": quarter, "age": quarter - cohort,
            "shops": won[cohort].astype(np.int64),
            "buying": buying[cohort, quarter].astype(np.int64),
            "share": buying[cohort, quarter] / won[cohort],
        }
    )  # fmt: skip


def flows(bought: Bought) -> pd.DataFrame:
    """Shops of each quarter beside those of the one before.

    Returns
    -------
    pandas.DataFrame
        A row a quarter, numbered from 0. Columns `QUARTER_COLUMNS`; what compares is missing
        in the first. shops = won + kept, won = new + back, shops before = kept + lost.
    """
    mask = bought.mask
    quarters = mask.shape[1]
    before = np.hstack([np.zeros((len(mask), 1), dtype=bool), mask[:, :-1]])
    fresh = bought.first[:, None] == np.arange(quarters)
    counts = {
        "won": mask & ~before, "new": mask & fresh, "back": mask & ~before & ~fresh,
        "kept": mask & before, "lost": before & ~mask,
    }  # fmt: skip
    found = {name: which.sum(axis=0).astype(float) for name, which in counts.items()}
    for values in found.values():
        values[:1] = np.nan
    return pd.DataFrame(
        {"quarter": np.arange(quarters), "shops": mask.sum(axis=0).astype(np.int64), **found}
    )


def states(bought: Bought, quarter: int) -> npt.NDArray[np.str_]:
    """What became of each shop by a quarter (1 or later): new, back, kept, lost, before, since.

    "before": it was lost earlier; "since": it first bought after the quarter.
    """
    has, had = bought.mask[:, quarter], bought.mask[:, quarter - 1]
    return np.select(
        [bought.first > quarter, has & (bought.first == quarter), has & had, has, had],
        [SINCE, NEW, KEPT, BACK, LOST], BEFORE,
    )  # fmt: skip
