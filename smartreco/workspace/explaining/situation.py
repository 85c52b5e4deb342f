"""What one list of one shop is made with at this moment, as every page that shows it reads it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from smartreco.entities import ListName, Product, Retailer
from smartreco.errors import NotFoundError
from smartreco.recommend.rules import Rules
from smartreco.recommend.standing import Asked, Standing, standing
from smartreco.store import drafts as draft_store
from smartreco.store import placing
from smartreco.store.connection import Cursor
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.list_rules import rules_for
from smartreco.workspace.models import Fitted
from smartreco.workspace.rules import RuleBook


@dataclass(frozen=True)
class Situation:
    """A model, a shop and what holds for its lists.

    Attributes
    ----------
    basket
        Ids on the shop's draft.
    rules
        Of each list.
    key
        The same answers follow from the same key.
    """

    fitted: Fitted
    retailer: Retailer
    basket: tuple[str, ...]
    rules: Mapping[ListName, Rules]
    key: Hashable

    def of(self, product_id: str, name: ListName) -> Subject:
        """One product on one of its lists.

        Raises
        ------
        NotFoundError
            No such product.
        """
        product = self.fitted.catalogue.product(product_id)
        asked = Asked(self.retailer.retailer_id, product_id, name, self.basket, self.rules)
        return Subject(self, product, asked)


@dataclass(frozen=True)
class Subject:
    """What is explained."""

    situation: Situation
    product: Product
    asked: Asked

    @property
    def fitted(self) -> Fitted:
        """The model and its catalogue."""
        return self.situation.fitted

    @cached_property
    def stands(self) -> Standing:
        """It, scored and ready to be ranked."""
        return standing(self.fitted.model, self.asked)


def read(cursor: Cursor, fitted: Fitted, book: RuleBook, retailer_id: str) -> Situation:
    """All of it.

    Raises
    ------
    NotFoundError
        No such shop.
    """
    retailer = fitted.catalogue.retailer(retailer_id)
    hidden = draft_store.dismissed(cursor, retailer_id)
    basket = tuple(row.product_id for row in draft_store.read(cursor, retailer_id))
    plans = book.published(cursor, fitted)
    ordered = placing.ordered_since(cursor, retailer_id, fitted.data_version)
    rules = {
        name: rules_for(fitted, plans[name], hidden, ordered=ordered)
        for name in (ListName.REORDER, ListName.DISCOVER)
    }
    key = (
        fitted.state, retailer_id, basket, tuple(hidden), tuple(ordered),
        *(plans[name] for name in rules),
    )  # fmt: skip
    return Situation(fitted, retailer, basket, rules, key)


def shop_of(catalogue: Catalogue, retailer_id: str) -> Retailer:
    """A shop; one that closed since the fit speaks until the next, by its id."""
    try:
        return catalogue.retailer(retailer_id)
    except NotFoundError:
        return Retailer(retailer_id, retailer_id)
