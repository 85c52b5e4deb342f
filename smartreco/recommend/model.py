"""The fitted recommender: immutable, complete in itself, safe to read from many threads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName, Reason, Recommendation
from smartreco.errors import NotFoundError
from smartreco.recommend import explanation, keeping
from smartreco.recommend.blend import Blend, Weights, candidates
from smartreco.recommend.due import due
from smartreco.recommend.explanation import Explanation
from smartreco.recommend.lines import Chances, lines
from smartreco.recommend.market import Market
from smartreco.recommend.packing import Arrays
from smartreco.recommend.probability import Calibration
from smartreco.recommend.reasons import Component, explained, score_of
from smartreco.recommend.recent import Recent
from smartreco.recommend.rules import Resolved, Rules
from smartreco.recommend.scorer import IntArray, Scorer
from smartreco.recommend.scoring import Scored, component_scores
from smartreco.recommend.shops import Shops

SHOPS_AT_ONCE = 128  # scored in one go: bounds memory at a dozen blocks of this x products
HELD = 32  # shops whose scores are held: a dozen rows of products each
NO_RULES = Rules()


@dataclass(frozen=True)
class Model:
    """Lists, reasons and what-ifs for every shop of one history.

    Attributes
    ----------
    market
        Shops, products and habits.
    scorers
        Fitted scorers by name, in the order of the registry.
    blend
        The weights it was fitted with; every method takes others.
    floors
        Least spread of each component on each list (`blend.factors`).
    calibration
        None where the data are too short for a probability.
    facts
        What was chosen and measured at the fit, as plain values for JSON.
    removed
        Products that a shop is taken never to have ordered (`without`).
    """

    market: Market
    scorers: Mapping[str, Scorer[Any]]
    blend: Blend
    floors: Mapping[ListName, Weights]
    calibration: Calibration | None
    facts: Mapping[str, Any]
    removed: Mapping[int, IntArray] = field(default_factory=lambda: MappingProxyType({}))

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
            Other weights than the model's own; the probability stays the model's.

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
            for shops in self._blocks(retailer_ids)
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
                self.score(shops, list_name, blend) for shops in self._blocks(retailer_ids)
            )
        ]
        return np.vstack(ranked) if ranked else np.zeros((0, k), dtype=np.int64)

    def due(self, retailer_id: str) -> npt.NDArray[np.bool_]:
        """Products that a shop is due to order again (`due.due`), one entry a product.

        Raises
        ------
        NotFoundError
            The model knows no such shop.
        """
        habits = self.shops([retailer_id]).habits
        found = np.zeros(self.market.shape[1], dtype=bool)
        found[habits.product[due(habits, self.market.as_of_day)]] = True
        return found

    def usual_quantity(self, retailer_id: str, products: IntArray) -> list[int]:
        """Pieces of a usual order of some products: the shop's own, else of those who buy it."""
        habits = self.shops([retailer_id]).habits
        row = habits.row_of(products)
        known = np.append(habits.quantity, 0)[row]
        return [
            int(one) for one in np.where(row >= 0, known, self.market.typical_quantity[products])
        ]

    def score(self, shops: Shops, name: ListName, blend: Blend | None = None) -> Scored:
        """Score a block of shops for one list."""
        bought = shops.habits.bought(self.market.shape[1])
        weights, own = (blend or self.blend).weights[name], self.blend.weights[name]
        pulling = {one for one in self.scorers if weights.get(one) or own.get(one)}
        return Scored.of(
            component_scores(self.scorers, shops, pulling),
            candidates(name, bought, self.market.active),
            weights,
            self.floors[name],
        )

    def chances(
        self,
        scored: Scored,
        shops: Shops,
        name: ListName,
        products: npt.NDArray[np.int64],
        blend: Blend | None = None,
    ) -> Sequence[Chances]:
        """Probabilities by the model's own weights; None where nothing supports one."""
        if self.calibration is None:
            return [[None] * products.shape[1]] * len(shops)
        own = scored
        if blend is not None:
            weights = self.blend.weights[name]
            own = Scored.of(scored.components, scored.mask, weights, self.floors[name])
        return self.calibration.chances(
            name, self.market.as_of_day, shops.habits, own.without_basket(), own.mask, products
        )

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
        product = self._product(product_id)
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

    def without(self, retailer_id: str, product_id: str) -> Model:
        """The same model as if one shop had never ordered one product.

        Raises
        ------
        NotFoundError
            The model knows no such shop or product.
        """
        shop, product = self._shop(retailer_id), self._product(product_id)
        gone = np.append(self.removed.get(shop, np.zeros(0, dtype=np.int64)), product)
        return replace(self, removed=MappingProxyType({**self.removed, shop: gone}))

    def shops(self, retailer_ids: Sequence[str], basket: Sequence[str] = ()) -> Shops:
        """The question about some shops, each with the same products in its order."""
        at = np.array([self._shop(one) for one in retailer_ids], dtype=np.int64)
        if len(at) == 1:
            shops = self._recent.get(int(at[0]), partial(self.market.shops, at))
        else:
            shops = self.market.shops(at)
        if len(at) == 1 and int(at[0]) in self.removed:
            shops = shops.without(self.removed[int(at[0])])
        known = self.market.product_positions
        held = dict.fromkeys(known[one] for one in basket if one in known)
        return shops.with_basket(np.array(list(held), dtype=np.int64))

    def summary(self) -> dict[str, Any]:
        """What was chosen and measured at the fit, for JSON."""
        return dict(self.facts)

    def to_arrays(self) -> Arrays:
        """Everything as plain arrays, for `numpy.savez` without pickle."""
        return keeping.to_arrays(
            keeping.Parts(
                market=self.market, scorers=self.scorers, blend=self.blend,
                floors=self.floors, calibration=self.calibration, facts=self.facts,
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

    @cached_property
    def _recent(self) -> Recent[int, Shops]:
        """Shops asked about lately, with what was worked out for them (`Shops.once`)."""
        return Recent(HELD)

    def _blocks(self, retailer_ids: Sequence[str]) -> Iterator[Shops]:
        """Shops in blocks; one by one where some have products removed."""
        size = 1 if self.removed else SHOPS_AT_ONCE
        for start in range(0, len(retailer_ids), size):
            yield self.shops(retailer_ids[start : start + size])

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

    def _shop(self, retailer_id: str) -> int:
        found = self.market.retailer_positions.get(retailer_id)
        if found is None:
            raise NotFoundError(
                "lists are for shops that the model knows", f"retailer {retailer_id!r}",
                "check the id, or fit again if the shop is new",
            )  # fmt: skip
        return found

    def _product(self, product_id: str) -> int:
        found = self.market.product_positions.get(product_id)
        if found is None:
            raise NotFoundError(
                "reasons are for products that the model knows", f"product {product_id!r}",
                "check the id, or fit again if the product is new",
            )  # fmt: skip
        return found
