"""What a search is to raise, list by list, and how far each shop moves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.bench.figures import Figure, Figures, average, unmeasured

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEWEST_COSTS: Final = 0.5
"""Share of the active products whose margin must be known before it is searched for."""


class Objective(StrEnum):
    """What counts as better; all but accuracy as long as NDCG is not surely worse."""

    ACCURACY = "accuracy"  # NDCG, the mean of both lists
    COVERAGE = "coverage"  # share of the catalogue on some list
    MARGIN = "margin"  # currency earned by what lists hit
    FAIRNESS = "fairness"  # places spread over vendors


@dataclass(frozen=True)
class Goods:
    """What objectives ask of each product.

    Attributes
    ----------
    margin
        Currency earned by a usual order of it; NaN where its cost or price is unknown.
    vendor
        Place of its vendor; -1 where unknown.
    """

    margin: Floats
    vendor: Ints

    def check(self, objective: Objective, active: npt.NDArray[np.bool_]) -> None:
        """Refuse what the data cannot answer.

        Raises
        ------
        NotEnoughDataError
            Costs or vendors are unknown.
        """
        if objective is Objective.MARGIN:
            known = float(np.isfinite(self.margin[active]).mean()) if active.any() else 0.0
            if known < FEWEST_COSTS:
                raise NotEnoughDataError(
                    f"margin needs the unit cost of at least {FEWEST_COSTS:.0%} of the products",
                    f"{known:.0%}", "import costs, or search for something else",
                )  # fmt: skip
        if objective is Objective.FAIRNESS and len(np.unique(self.vendor[self.vendor >= 0])) < 2:
            raise NotEnoughDataError(
                "fairness is between vendors", "fewer than two", "search for something else"
            )


def objective_of(objective: Objective, found: Figures, goods: Goods) -> Figure:
    """The figure of one list that a search raises, with its influence."""
    match objective:
        case Objective.ACCURACY:
            return found.named["ndcg"]
        case Objective.COVERAGE:
            return found.named["coverage"]
        case Objective.MARGIN:
            return earned(found, goods.margin)
        case Objective.FAIRNESS:
            return spread_over(found, goods.vendor)


def earned(found: Figures, margin: Floats) -> Figure:
    """Currency a shop that the hits of a list earn by usual orders; unknown costs count 0."""
    lists = found.lists
    worth = np.where(np.isfinite(margin), margin, 0.0)[np.maximum(lists.ranked, 0)]
    value = np.where(lists.hits, worth, 0.0).sum(axis=1)
    return average(np.where(lists.measured, value, np.nan))


def spread_over(found: Figures, vendor: Ints) -> Figure:
    """1 - Gini of the places of each vendor: 1 where all have as many.

    Its influence is that of the Gini with the vendors in the order they have.
    """
    lists = found.lists
    there = (lists.ranked >= 0) & lists.measured[:, None]
    row, place = np.nonzero(there)
    of = vendor[lists.ranked[row, place]]
    row, of = row[of >= 0], of[of >= 0]
    if not len(of):
        return unmeasured(len(lists.ranked))
    vendors = int(vendor.max()) + 1
    got = np.bincount(of, minlength=vendors).astype(np.float64)
    order = np.argsort(got, kind="stable")
    pull = np.empty(vendors)
    pull[order] = (2.0 * np.arange(1, vendors + 1) - vendors - 1.0) / vendors
    gini = float(pull @ got / got.sum())
    by_shop = np.bincount(row, pull[of] - gini, minlength=len(lists.ranked))
    return Figure(1.0 - gini, -by_shop * (len(lists.ranked) / got.sum()))
