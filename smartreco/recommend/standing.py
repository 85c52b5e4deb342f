"""Where a product stands on a shop's list as a page shows it, under any changed condition.

A what-if is worth only as much as its recompute: every answer here is the same ranking
done again on a model, an order or rules that differ, never an estimate of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.recommend.due_first import due_now, marked
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Resolved, Rules
from smartreco.recommend.scoring import Scored
from smartreco.recommend.shops import Shops

RANKED: Final = 50  # lines of the list that a rank is of; ranks beyond are counted by score
HALVINGS: Final = 30  # until a gap is known to a thousandth of a millionth of its first bracket
CLOSE: Final = 1e-9  # of a score: two that are nearer count as equal


@dataclass(frozen=True)
class Asked:
    """A product of a shop's list, and what that list is made with.

    Attributes
    ----------
    basket
        Ids on the shop's draft.
    rules
        Of each list, without what is due: that follows from the model.
    """

    retailer_id: str
    product_id: str
    list: ListName
    basket: tuple[str, ...] = ()
    rules: Mapping[ListName, Rules] = field(default_factory=dict)

    def on(self, name: ListName) -> Asked:
        """The same on another list."""
        return replace(self, list=name)

    def with_rules(self, rules: Rules) -> Asked:
        """The same with other rules on its list."""
        return replace(self, rules={**self.rules, self.list: rules})


@dataclass(frozen=True)
class Standing:
    """One shop scored for one list, and one product of it.

    Attributes
    ----------
    product
        Its position.
    shop, scored
        As the product is scored.
    totals, offers
        One row a shop, one entry a product: each as the page scores it.
    """

    product: int
    shop: Shops
    scored: Scored
    totals: npt.NDArray[np.float64]
    offers: npt.NDArray[np.bool_]
    rules: Resolved
    k: int = RANKED

    @cached_property
    def rank(self) -> int | None:
        """From 1; None where the list may not hold it."""
        return self.raised(0.0)

    @property
    def score(self) -> float:
        """As components add up to, before rules."""
        return float(self.totals[0, self.product])

    def raised(self, by: float) -> int | None:
        """Its rank with so much more score."""
        totals = self.totals
        if by:
            totals = totals.copy()
            totals[0, self.product] += by
        return self.rules.rank_of(totals, self.offers, self.product, self.k)

    def above(self) -> int | None:
        """Position of the product one rank higher; None at the top and where it has no rank."""
        rank = self.rank
        if rank is None or rank == 1:
            return None
        listed = self._listed
        if rank - 2 < len(listed) and listed[rank - 2] >= 0:
            return int(listed[rank - 2])
        keys = self._keys.copy()
        keys[listed[listed >= 0]] = -np.inf
        beyond = np.argsort(-keys, kind="stable")
        return int(beyond[rank - 2 - self.k])

    def missing(self) -> float | None:
        """How much more score would lift it a rank; None where none would, or it is on top.

        What is pinned, due or placed by a rule stands above whatever the others score. A gap
        is answered only after the ranking was done again with it and with a little less.
        """
        above = self.above()
        if above is None:
            return None
        enough = self._gap(above)
        if not self._lifts(enough):
            enough = self._range
            if not self._lifts(enough):
                return None
        low = 0.0
        if self._lifts(enough * (1 - CLOSE) - CLOSE):  # the gap itself is not the least
            for _ in range(HALVINGS):
                middle = (low + enough) / 2
                low, enough = (low, middle) if self._lifts(middle) else (middle, enough)
        return enough

    def _lifts(self, by: float) -> bool:
        after = self.raised(by) if by > 0 else self.rank
        return after is not None and self.rank is not None and after < self.rank

    def _gap(self, above: int) -> float:
        """Between its lifted score and that of another, a hair more."""
        lifted = self.rules.lifted(self.totals, self.offers)[0]
        gap = float(lifted[above] - lifted[self.product])
        return max(gap, 0.0) * (1 + CLOSE / 2) + CLOSE / 2

    @property
    def _range(self) -> float:
        """More than any two scores of the list differ by."""
        offered = self.totals[0][self.offers[0]]
        return 2 * float(np.ptp(offered)) + 1.0 if len(offered) else 1.0

    @cached_property
    def _listed(self) -> npt.NDArray[np.int64]:
        return np.asarray(self.rules.ranked(self.totals, self.offers, self.k)[0])

    @cached_property
    def _keys(self) -> npt.NDArray[np.float64]:
        return np.asarray(self.rules.keys(self.totals, self.offers)[0])


def standing(model: Model, asked: Asked) -> Standing:
    """Score and rank as the page lists it: on the reorder list what is due comes first.

    What is due is scored without the draft, so that lines do not come and go with it. The
    product itself never draws itself.

    Raises
    ------
    NotFoundError
        The model knows no such shop or product.
    """
    product = model.product_at(asked.product_id)
    rules = asked.rules.get(asked.list, Rules())
    basket = tuple(one for one in asked.basket if one != asked.product_id)
    drawn = model.shops([asked.retailer_id], basket)
    mixed = model.score(drawn, asked.list)
    positions = model.market.product_positions
    if asked.list is not ListName.REORDER:
        return Standing(product, drawn, mixed, mixed.totals, mixed.offers, rules.resolve(positions))
    due = marked(due_now(model, asked.retailer_id, rules), model.market.shape[1])
    alone = model.shops([asked.retailer_id])
    plain = model.score(alone, asked.list)
    shop, scored = (alone, plain) if due[product] else (drawn, mixed)
    return Standing(
        product, shop, scored,
        np.where(due, plain.totals, mixed.totals), np.where(due, plain.offers, mixed.offers),
        replace(rules, ahead=due).resolve(positions),
    )  # fmt: skip
