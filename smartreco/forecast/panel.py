"""Many series over one grid of weeks: what every forecaster here takes.

A zero that was sold because the vendor had nothing is not demand, so a panel
says which cells are missing, and fills them from the past before anything is fitted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from smartreco.errors import InputError
from smartreco.forecast.arrays import Days, Floats, Ints, Mask, Texts

PAST_COLUMNS: Final = ("id", "period_start", "sold", "demand", "missing")
FILL_WEEKS: Final = 8  # observed weeks whose mean stands for a missing one


class Level(StrEnum):
    """What one series adds up; the order is from the whole to its parts."""

    TOTAL = "total"
    REGION = "region"
    CATEGORY = "category"
    VENDOR = "vendor"
    RETAILER = "retailer"
    PRODUCT = "product"
    RETAILER_PRODUCT = "retailer_product"


@dataclass(frozen=True)
class Panel:
    """Series x weeks.

    Attributes
    ----------
    values
        Pieces sold: series x weeks, 0 or more.
    ids, levels, groups
        Of each series: its id, its `Level`, and the group it shares a season with.
    starts
        First day of each week, evenly spaced.
    missing
        Weeks in which the series could not be had; what was sold is a lower bound.
    calendar
        Columns festival, day; None where no festivals are known.
    held
        Pieces that empty shelves held back from a sum of series, added to its demand; see
        `smartreco.forecast.held_back`.
    """

    values: Floats
    ids: Texts
    levels: Texts
    groups: Texts
    starts: Days
    missing: Mask | None = None
    calendar: pd.DataFrame | None = None
    held: Floats | None = None

    def __post_init__(self) -> None:
        n, T = self.values.shape
        if not (len(self.ids) == len(self.levels) == len(self.groups) == n):
            raise InputError(
                "each series has an id, a level and a group",
                f"{n} series, {len(self.ids)}, {len(self.levels)}, {len(self.groups)}",
            )
        if len(self.starts) != T or T < 1:
            raise InputError(
                "a panel has a first day for each week", f"{len(self.starts)} days, {T} weeks"
            )
        if not np.isfinite(self.values).all() or (self.values < 0).any():
            raise InputError("demand is finite and not negative", "other values in a panel")

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def weeks(self) -> int:
        """How many are known."""
        return int(self.values.shape[1])

    @cached_property
    def demand(self) -> Floats:
        """What would have been sold with full shelves, never less than what was."""
        if self.missing is None or not self.missing.any():
            filled = self.values
        else:
            filled = fill(self.values, self.missing)
        return filled if self.held is None else filled + self.held

    @cached_property
    def observed(self) -> Mask:
        """Cells on which a forecast may be judged: series x weeks."""
        if self.missing is None:
            return np.ones(self.values.shape, dtype=bool)
        return ~self.missing

    @cached_property
    def begins(self) -> Ints:
        """Week of each first sale, at most the last but one."""
        sold = self.demand > 0
        first = np.where(sold.any(axis=1), sold.argmax(axis=1), self.weeks - 1)
        return np.asarray(np.minimum(first, max(self.weeks - 2, 0)))

    def ahead(self, horizon: int) -> Days:
        """First days of the weeks after the panel."""
        return np.asarray(self.starts[-1] + np.timedelta64(7, "D") * np.arange(1, horizon + 1))

    def frame(self) -> pd.DataFrame:
        """Columns `PAST_COLUMNS`, a row a series and week: sold, and what shelves held back."""
        n, T = self.values.shape
        columns = (
            np.repeat(self.ids, T),
            np.tile(self.starts.astype("datetime64[s]"), n),
            self.values.ravel(),
            self.demand.ravel(),
            ~self.observed.ravel(),
        )
        return pd.DataFrame(dict(zip(PAST_COLUMNS, columns, strict=True)))

    def until(self, week: int) -> Panel:
        """What was known before a week."""
        missing = None if self.missing is None else self.missing[:, :week]
        held = None if self.held is None else self.held[:, :week]
        return replace(
            self, values=self.values[:, :week], starts=self.starts[:week], missing=missing,
            held=held,
        )  # fmt: skip

    def take(self, rows: Mask | Ints) -> Panel:
        """Some of the series."""
        missing = None if self.missing is None else self.missing[rows]
        return replace(
            self,
            values=self.values[rows],
            ids=self.ids[rows],
            levels=self.levels[rows],
            groups=self.groups[rows],
            missing=missing,
            held=None if self.held is None else self.held[rows],
        )


def fill(values: Floats, missing: Mask) -> Floats:
    """Replace missing weeks by the mean of the last `FILL_WEEKS` weeks, filled ones among them.

    A week that sold more than that keeps what it sold; before the first observed
    week there is nothing to fill from. Only the past is used, so that a fill does
    not tell a forecast what came later.

    >>> fill(np.array([[4.0, 2.0, 0.0, 9.0]]), np.array([[False, False, True, True]]))
    array([[4., 2., 3., 9.]])
    """
    filled = values.copy()
    for week in np.flatnonzero(missing.any(axis=0)):
        if week:
            past = filled[:, max(0, week - FILL_WEEKS) : week].mean(axis=1)
            filled[:, week] = np.where(
                missing[:, week], np.maximum(filled[:, week], past), filled[:, week]
            )
    return filled
