"""The outcome of an evaluation: every list, and what it was measured on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from smartreco.entities import ListName
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scores import ListScores


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """One evaluation.

    Attributes
    ----------
    k
        Places of a list that were judged.
    known_until, ends_on
        First day that the models did not know; first day after the data.
    train_purchases, test_purchases
        Retailer x product x day.
    shops, products
        Shops with a purchase in the training part; active products.
    min_buyers
        Products with fewer buyers were left out.
    fit_seconds
        By model, ours included.
    chosen
        Settings and weights that our model chose on its inner cut.
    recipe
        What somebody chose instead (`smartreco.recommend.recipe.Recipe.to_dict`); None: as
        learned.
    """

    split: Split
    k: int
    known_until: date
    ends_on: date
    train_purchases: int
    test_purchases: int
    shops: int
    products: int
    min_buyers: int
    fit_seconds: Mapping[str, float]
    chosen: Mapping[str, Any]
    lists: tuple[ListScores, ...]
    recipe: Mapping[str, Any] | None = None

    @property
    def leaks(self) -> bool:
        """Whether the models saw the future of the shops they were asked about."""
        return self.split is Split.RANDOM

    def of(self, name: ListName) -> ListScores:
        """Scores of one list."""
        return {one.list: one for one in self.lists}[name]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` reads them back."""
        dates = {"known_until": self.known_until, "ends_on": self.ends_on}
        return asdict(self) | {name: day.isoformat() for name, day in dates.items()}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Scoreboard:
        """Read what `to_dict` wrote, also after a trip through JSON."""
        read = {
            "split": Split(plain["split"]),
            "known_until": date.fromisoformat(plain["known_until"]),
            "ends_on": date.fromisoformat(plain["ends_on"]),
            "lists": tuple(ListScores.from_dict(one) for one in plain["lists"]),
        }
        return cls(**{**plain, **read})
