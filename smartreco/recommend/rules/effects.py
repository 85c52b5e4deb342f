"""What a preview of rules answers with."""

from __future__ import annotations

from dataclasses import dataclass

from smartreco.entities import ListName
from smartreco.measures.bootstrap import Difference


@dataclass(frozen=True, slots=True)
class Change:
    """Mean over shops before and after, and their difference (after - before) with its interval.

    NaN where no list supports the figure.
    """

    before: float
    after: float
    difference: Difference


@dataclass(frozen=True, slots=True)
class Moved:
    """A product that entered or left the lists of so many shops of the sample."""

    product_id: str
    name: str
    lists: int


@dataclass(frozen=True, slots=True)
class Places:
    """Mean number of lines that a vendor has on a list; ``vendor_id`` is "" for unknown ones."""

    vendor_id: str
    before: float
    after: float


@dataclass(frozen=True)
class RulesPreview:
    """What changes from one set of rules to another.

    Attributes
    ----------
    retailers, known
        Shops looked at, and shops there are.
    changed
        Share of those shops whose list is another, in its products or their order.
    lines
        Lines of a list.
    orders
        Orders within 28 days that the model expects of a list; its fall is the cost.
    margin
        Mean margin of a list, 0..1, over lines whose cost and price are known.
    margin_known
        Share of the lines after for which it is known.
    score_lost
        Share of the score of all lists that is lost, by the model's own score.
    coverage
        Share of all active products that are on any list of the sample: before, after.
    variety
        One less the mean likeness of two lines of a list.
    entering, leaving
        Products, the most lists first.
    vendors
        Places of a list by vendor, the largest change first.
    """

    retailers: int
    known: int
    list: ListName
    k: int
    changed: float
    lines: Change
    orders: Change
    margin: Change
    margin_known: float
    score_lost: float
    coverage: tuple[float, float]
    variety: Change
    entering: tuple[Moved, ...]
    leaving: tuple[Moved, ...]
    vendors: tuple[Places, ...]
