"""What a bench says of a recipe: figures with intervals, and how far they moved."""

from __future__ import annotations

from dataclasses import dataclass

from smartreco.entities import ListName
from smartreco.language import Sentence
from smartreco.recommend.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure of one list.

    Attributes
    ----------
    name
        precision | recall | ndcg | coverage | novelty | diversity | calibration. All are shares
        but novelty, which is in bits.
    value, low, high
        The figure and its 95 % interval over shops; None where nothing can be measured.
    change, change_low, change_high
        Against the recipe compared with, at the same shops.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    change: float | None
    change_low: float | None
    change_high: float | None

    @property
    def told_apart(self) -> bool:
        """Whether the interval of the change leaves out 0."""
        if self.change_low is None or self.change_high is None:
            return False
        return self.change_low > 0 or self.change_high < 0


@dataclass(frozen=True, slots=True)
class SegmentGauge:
    """NDCG of one kind of shops; figures are None below 5 of them.

    ``low`` and ``high`` bound the change.
    """

    by: str
    segment: str
    shops: int
    value: float | None
    change: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ListGauges:
    """Everything measured of one list; ``shops`` have something that it could have hit."""

    list: ListName
    shops: int
    gauges: tuple[Gauge, ...]
    segments: tuple[SegmentGauge, ...]

    def gauge(self, name: str) -> Gauge:
        """One figure by its name."""
        return next(one for one in self.gauges if one.name == name)


@dataclass(frozen=True, slots=True)
class Measured:
    """A recipe measured: reorder, then discover.

    Attributes
    ----------
    notes
        What a reader must know of these figures (`bench.words`): rules that the window cannot
        carry, say.
    """

    recipe: Recipe
    lists: tuple[ListGauges, ...]
    notes: tuple[Sentence, ...] = ()

    def of(self, name: ListName) -> ListGauges:
        """The figures of one list."""
        return next(one for one in self.lists if one.list is name)
