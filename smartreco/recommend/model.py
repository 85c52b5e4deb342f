"""The fitted recommender: lists and their reasons for every shop of one history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName, Reason, Recommendation
from smartreco.recommend import explanation, keeping
from smartreco.recommend.blend import Blend
from smartreco.recommend.explanation import Explanation
from smartreco.recommend.lines import lines
from smartreco.recommend.packing import Arrays
from smartreco.recommend.reasons import Component, explained, score_of
from smartreco.recommend.rules import Resolved, Rules
from smartreco.recommend.scoring_model import ScoringModel
from smartreco.recommend.shops import Shops

NO_RULES = Rules()


@dataclass(frozen=True)
class Model(ScoringModel):
    """Lists, reasons and what-ifs; see `ScoringModel` for what it is made of."""

    def recommend(
        self,
        retailer_id: str,
        list_name: ListName,
        k: int = 10,
        *,
        basket: Sequence[str] = (),
        rules: Rules = NO_RULES,
        blend: Blend | None = None,
    ) -> tuple[Recommendation, ...]:
        """One list of one shop, best first, with reasons.

        Parameters
        ----------
        basket
            Ids in the current order, which draw what goes with them; unknown ids are
            ignored. To leave them out of the list is for ``rules``.
        blend
            Other weights than the model's own; the probability stays as it was learned.

        Raises
        ------
        NotFoundError
            The model knows no such shop.
        """
        return self._lists(self.shops([retailer_id], basket), list_name, k, rules, blend)[0]

    def recommend_many(
        self,
        retailer_ids: Sequence[str],
        list_name: ListName,
        k: int = 10,
        *,
        rules: Rules = NO_RULES,
        blend: Blend | None = None,
    ) -> list[tuple[Recommendation, ...]]:
        """The lists of several shops, in their order; the same as one by one."""
        return [
            found
            for shops in self.blocks(retailer_ids)
            for found in self._lists(shops, list_name, k, rules, blend)
        ]

    def rank(
        self,
        retailer_ids: Sequence[str],
        list_name: ListName,
        k: int = 10,
        *,
        rules: Rules = NO_RULES,
        blend: Blend | None = None,
    ) -> npt.NDArray[np.int64]:
        """The same lists as product positions, shops x k, -1 beyond the end: for measuring."""
        resolved = rules.resolve(self.market.product_positions)
        ranked = [
            resolved.ranked(scored.totals, scored.offers, k)
            for scored in (
                self.score(shops, list_name, blend) for shops in self.blocks(retailer_ids)
            )
        ]
        return np.vstack(ranked) if ranked else np.zeros((0, k), dtype=np.int64)

    def explain(
        self,
        retailer_id: str,
        product_id: str,
        list_name: ListName,
        *,
        basket: Sequence[str] = (),
        rules: Rules = NO_RULES,
        blend: Blend | None = None,
        k: int = 10,
    ) -> Explanation:
        """Every addend of one product's score, and what one purchase less would change.

        Parameters
        ----------
        k
            Lines of the list that the rank is of; ranks beyond are counted by score.

        Raises
        ------
        NotFoundError
            The model knows no such shop or product.
        """
        product = self.product_at(product_id)
        shop = self.shops([retailer_id], basket)
        resolved = rules.resolve(self.market.product_positions)
        scored = self.score(shop, list_name, blend)
        found = explained(self.scorers, shop, np.array([product]), scored.factor_of(0))
        rows = explanation.rows(found, self.market)
        rank = resolved.rank_of(scored.totals, scored.offers, product, k)
        ((chance,),) = self.chances(scored, shop, list_name, np.array([[product]]), blend)
        return Explanation(
            retailer_id, product_id, list_name, score_of(rows), rank, chance, rows,
            self._what_if(shop, list_name, resolved, blend, product, rank, found, k),
        )  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """What was chosen and measured at the fit, for JSON."""
        return dict(self.facts)

    def to_arrays(self) -> Arrays:
        """Everything as plain arrays, for `numpy.savez` without pickle."""
        return keeping.to_arrays(
            keeping.Parts(
                market=self.market, scorers=self.scorers, blend=self.blend,
                floors=self.floors, calibration=self.calibration, facts=self.facts,
                calibrated=self.calibrated,
            )
        )  # fmt: skip

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Model:
        """Read what `to_arrays` wrote.

        Raises
        ------
        ValueError, KeyError
            The arrays are of another version.
        """
        return cls(**keeping.from_arrays(arrays))

    def _lists(
        self, shops: Shops, name: ListName, k: int, rules: Rules, blend: Blend | None
    ) -> list[tuple[Recommendation, ...]]:
        resolved = rules.resolve(self.market.product_positions)
        scored = self.score(shops, name, blend)
        ranked = resolved.ranked(scored.totals, scored.offers, k)
        chances = self.chances(scored, shops, name, ranked, blend)
        offers = scored.offers
        notes = [
            resolved.notes(scored.totals[row], offers[row], products[products >= 0])
            for row, products in enumerate(ranked)
        ]
        return lines(self.market, self.scorers, name, shops, scored, ranked, chances, notes)

    def _what_if(
        self,
        shop: Shops,
        name: ListName,
        rules: Resolved,
        blend: Blend | None,
        product: int,
        rank: int | None,
        found: list[Component],
        k: int,
    ) -> Reason | None:
        """Take away the purchase that counts most and rank again."""
        purchase = explanation.loudest_purchase(found, product)
        if purchase is None or rank is None:
            return None
        own = purchase == product
        other = ListName.DISCOVER if own and name is ListName.REORDER else name
        if other is not name:
            rules = replace(rules, ahead=None)  # nothing is due on the list of what is new
        scored = self.score(shop.without(np.array([purchase])), other, blend)
        after = rules.rank_of(scored.totals, scored.offers, product, k)
        bought = str(self.market.product_names[purchase])
        return explanation.what_if(bought, rank, after, own and other is not name)
