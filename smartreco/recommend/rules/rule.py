"""What a rule is: a target, an amount, and the one stage of a list that it speaks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from smartreco.recommend.rules.facts import Floats, ProductFacts

Mask = npt.NDArray[np.bool_]

ALL: Final = "all"
PRODUCT: Final = "product"
CATEGORY: Final = "category"
VENDOR: Final = "vendor"


class Target(NamedTuple):
    """What a rule is about: everything, or one product, category or vendor.

    ``id`` is a product's or a vendor's id, or a category's name; "" for everything.
    """

    kind: str = ALL
    id: str = ""

    def mask(self, facts: ProductFacts) -> Mask:
        """Products it stands for; none where the data do not know it."""
        if self.kind == CATEGORY:
            return facts.in_category(self.id)
        if self.kind == VENDOR:
            return facts.of_vendor(self.id)
        found = np.full(len(facts), self.kind == ALL)
        if self.kind == PRODUCT and self.id in facts.position:
            found[facts.position[self.id]] = True
        return found


EVERYTHING: Final = Target()


class Share(NamedTuple):
    """Places of one vendor in a list: ``vendor`` is his place in the facts, -1 stands for any."""

    vendor: int
    places: int


@dataclass(frozen=True)
class Rule:
    """One rule; a kind overrides the one or two methods that it speaks through.

    Attributes
    ----------
    target
        What it is about.
    amount
        How much, in the unit of the kind.
    push
        Only of `MinMargin`.
    """

    kind: ClassVar[str]
    targets: ClassVar[tuple[str, ...]]
    least: ClassVar[float] = 0.0
    most: ClassVar[float] = 0.0

    arranges: ClassVar[bool] = False  # whether it looks at a list as a whole

    target: Target = EVERYTHING
    amount: float = 0.0
    push: float | None = None

    @property
    def strength(self) -> float:
        """How much likeness to what is above counts against a product, 0..1."""
        return 0.0

    def keeps(self, facts: ProductFacts) -> Mask | None:
        """Products that stay; None where it takes none away."""
        return None

    def lift(self, facts: ProductFacts) -> Floats | None:
        """How far each product's key moves, in spreads of the shop's scores."""
        return None

    def pinned(self) -> str | None:
        """Id of the product that goes to the top."""
        return None

    def floor(self, facts: ProductFacts, places: int) -> Share | None:
        """Least places of a vendor among so many."""
        return None

    def cap(self, facts: ProductFacts, places: int) -> Share | None:
        """Most places of a vendor among so many."""
        return None
