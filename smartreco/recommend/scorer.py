"""What every scorer must be able to do: score, and name what each score is made of.

A scorer is linear in things a person can name: purchases, shops, attributes,
products in the order. That is what makes a reason the arithmetic itself and not
a story told afterwards: the parts that `Scorer.explain` names add up to the
score, which the contract tests hold every scorer of the registry to.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt

from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.shops import Shops

Settings = TypeVar("Settings")
IntArray = npt.NDArray[np.integer]
Scores = npt.NDArray[np.float64]


class Words(NamedTuple):
    """A template of `templates` and what fills its places."""

    template: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Part:
    """Addends of one kind, one row each, one column a product.

    Attributes
    ----------
    kind
        product | retailer | attribute | own | group: what ``ids`` name.
    keys
        Position of each row's product, retailer, attribute or group.
    ids
        The same as text.
    values
        Rows x products, in the scorer's units.
    """

    kind: str
    keys: IntArray
    ids: npt.NDArray[np.str_]
    values: Scores


@dataclass(frozen=True)
class Scorer(ABC, Generic[Settings]):
    """A fitted scorer: frozen, safe to read from many threads.

    Subclasses name the class of their settings and add fitted arrays (ending in ``_``).
    """

    name: ClassVar[str]
    market: Market
    settings: Settings

    @classmethod
    @abstractmethod
    def fit(cls, market: Market, history: History, settings: Settings) -> Self:
        """Learn from a history and its summary; the history itself is not kept."""

    @abstractmethod
    def score(self, shops: Shops) -> Scores:
        """Shops x products: finite, 0 where this scorer has nothing to say."""

    @abstractmethod
    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """Parts whose values, summed over all rows, are the scores of one shop."""

    @abstractmethod
    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """A sentence for each product: the facts behind its parts, for one shop."""


def total(parts: tuple[Part, ...], products: int) -> Scores:
    """Sum of all addends of each product."""
    return sum((part.values.sum(axis=0) for part in parts), start=np.zeros(products))
