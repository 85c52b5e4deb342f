"""What is fitted, and what it says of any block of shops: scores, chances, what is due.

Immutable, complete in itself and safe to read from many threads; `model.Model` makes
lists and reasons of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.errors import NotFoundError
from smartreco.recommend.blend import Blend, Weights, candidates
from smartreco.recommend.due import due
from smartreco.recommend.lines import Chances
from smartreco.recommend.market import Market
from smartreco.recommend.probability import Calibration
from smartreco.recommend.recent import Recent
from smartreco.recommend.scorer import IntArray, Scorer
from smartreco.recommend.scoring import Scored, component_scores
from smartreco.recommend.shops import Shops

SHOPS_AT_ONCE: Final = 128  # scored in one go: bounds memory at a dozen blocks of this x products
HELD: Final = 32  # shops whose scores are held: a dozen rows of products each


@dataclass(frozen=True)
class ScoringModel:
    """Fitted scorers of one history and the weights they are added up with.

    Attributes
    ----------
    market
        Shops, products and habits.
    scorers
        Fitted scorers by name, in the order of the registry.
    blend
        The weights of its lists; every method takes others.
    floors
        Least spread of each component on each list (`blend.factors`).
    calibration
        None where the data are too short for a probability.
    facts
        What was chosen and measured at the fit, as plain values for JSON.
    removed
        Products that a shop is taken never to have ordered (`without`).
    calibrated
        The weights that probabilities were learned by; None: those of ``blend``.
    """

    market: Market
    scorers: Mapping[str, Scorer[Any]]
    blend: Blend
    floors: Mapping[ListName, Weights]
    calibration: Calibration | None
    facts: Mapping[str, Any]
    removed: Mapping[int, IntArray] = field(default_factory=lambda: MappingProxyType({}))
    calibrated: Blend | None = None

    def shops(self, retailer_ids: Sequence[str], basket: Sequence[str] = ()) -> Shops:
        """The question about some shops, each with the same products in its order."""
        at = np.array([self.shop_at(one) for one in retailer_ids], dtype=np.int64)
        if len(at) == 1:
            shops = self._recent.get(int(at[0]), partial(self.market.shops, at))
        else:
            shops = self.market.shops(at)
        if len(at) == 1 and int(at[0]) in self.removed:
            shops = shops.without(self.removed[int(at[0])])
        known = self.market.product_positions
        held = dict.fromkeys(known[one] for one in basket if one in known)
        return shops.with_basket(np.array(list(held), dtype=np.int64))

    def score(self, shops: Shops, name: ListName, blend: Blend | None = None) -> Scored:
        """Score a block of shops for one list."""
        bought = shops.habits.bought(self.market.shape[1])
        weights, own = (blend or self.blend).weights[name], self._calibrated.weights[name]
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
        """Probabilities by the weights they were learned by; None where nothing supports one."""
        if self.calibration is None:
            return [[None] * products.shape[1]] * len(shops)
        own, weights = scored, self._calibrated.weights[name]
        if (blend or self.blend).weights[name] != weights:
            own = Scored.of(scored.components, scored.mask, weights, self.floors[name])
        return self.calibration.chances(
            name, self.market.as_of_day, shops.habits, own.without_basket(), own.mask, products
        )

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

    def without(self, retailer_id: str, product_id: str) -> Self:
        """The same model as if one shop had never ordered one product.

        Raises
        ------
        NotFoundError
            The model knows no such shop or product.
        """
        shop, product = self.shop_at(retailer_id), self.product_at(product_id)
        gone = np.append(self.removed.get(shop, np.zeros(0, dtype=np.int64)), product)
        return replace(self, removed=MappingProxyType({**self.removed, shop: gone}))

    def blocks(self, retailer_ids: Sequence[str]) -> Iterator[Shops]:
        """Shops in blocks; one by one where some have products removed."""
        size = 1 if self.removed else SHOPS_AT_ONCE
        for start in range(0, len(retailer_ids), size):
            yield self.shops(retailer_ids[start : start + size])

    def shop_at(self, retailer_id: str) -> int:
        """Position of a shop.

        Raises
        ------
        NotFoundError
            The model knows no such shop.
        """
        return _known(self.market.retailer_positions, "retailer", retailer_id)

    def product_at(self, product_id: str) -> int:
        """Position of a product.

        Raises
        ------
        NotFoundError
            The model knows no such product.
        """
        return _known(self.market.product_positions, "product", product_id)

    @property
    def _calibrated(self) -> Blend:
        return self.calibrated or self.blend

    @cached_property
    def _recent(self) -> Recent[int, Shops]:
        """Shops asked about lately, with what was worked out for them (`Shops.once`)."""
        return Recent(HELD)


def _known(positions: Mapping[str, int], what: str, one: str) -> int:
    found = positions.get(one)
    if found is None:
        raise NotFoundError(
            f"lists and reasons are of each {what} that the model knows", f"{what} {one!r}",
            f"check the id, or fit again if the {what} is new",
        )  # fmt: skip
    return found
