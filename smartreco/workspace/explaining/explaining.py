"""Explaining one product of one shop's list: what is not on the shop's own page already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from smartreco.entities import ListName, Principal, Role
from smartreco.language import Language
from smartreco.recommend.addends import PRODUCT, addends
from smartreco.recommend.near import neighbours, pulls
from smartreco.recommend.recent import Recent
from smartreco.workspace.core import Core, permits
from smartreco.workspace.explaining import choosing
from smartreco.workspace.explaining.altered import altered
from smartreco.workspace.explaining.breaking import broken_down
from smartreco.workspace.explaining.situation import Situation, Subject, read, shop_of
from smartreco.workspace.explaining.views import (
    Breakdown,
    Changes,
    Near,
    NeighbourView,
    ProductChoice,
    PullView,
    ShopChoice,
)
from smartreco.workspace.models import Models
from smartreco.workspace.rules import RuleBook

HELD: Final = 64  # answers, so that a rerun of the page finds them made
ALIKE: Final = 8  # products by weight, and as many by likeness

T = TypeVar("T")


class Explaining:
    """Use cases on the arithmetic behind a line of a list."""

    def __init__(self, core: Core, models: Models, rules: RuleBook) -> None:
        self.core = core
        self._models = models
        self._rules = rules
        self._held: Recent[Hashable, Any] = Recent(HELD)

    @permits(Role.ANALYST, Role.ADMIN)
    def shops(self, principal: Principal) -> tuple[ShopChoice, ...]:
        """Shops to choose from, the one that orders most first."""
        fitted = self._models.current
        return self._kept(("shops", fitted.state), lambda: choosing.shops(fitted))

    @permits(Role.ANALYST, Role.ADMIN)
    def products(
        self, principal: Principal, retailer_id: str, list_name: ListName
    ) -> tuple[ProductChoice, ...]:
        """Products to choose from, those of the shop's list first, in its order.

        Raises
        ------
        NotFoundError
            No such shop.
        """
        found = self._situation(retailer_id)
        return self._kept(
            ("products", found.key, list_name), lambda: choosing.products(found, list_name)
        )

    @permits(Role.ANALYST, Role.ADMIN)
    def breakdown(
        self, principal: Principal, retailer_id: str, product_id: str, list_name: ListName
    ) -> Breakdown:
        """Every addend of a score, the rank it gives, and the probability with its parts.

        Raises
        ------
        NotFoundError
            No such shop or product.
        """
        subject = self._subject(retailer_id, product_id, list_name)
        return self._of("breakdown", subject, lambda: broken_down(subject))

    @permits(Role.ANALYST, Role.ADMIN)
    def changes(
        self, principal: Principal, retailer_id: str, product_id: str, list_name: ListName,
        language: Language,
    ) -> Changes:  # fmt: skip
        """What would change a rank, each found by ranking again.

        Raises
        ------
        NotFoundError
            No such shop or product.
        """
        subject = self._subject(retailer_id, product_id, list_name)

        def make() -> Changes:
            found = addends(subject.fitted.model, subject.stands)
            return altered(subject, found, language)

        return self._of(("changes", language.locale), subject, make)

    @permits(Role.ANALYST, Role.ADMIN)
    def near(
        self, principal: Principal, retailer_id: str, product_id: str, list_name: ListName
    ) -> Near:
        """Shops like this one with their orders of the product, and products that speak for it.

        Shops are named: this is not for a shop's own page.

        Raises
        ------
        NotFoundError
            No such shop or product.
        """
        subject = self._subject(retailer_id, product_id, list_name)
        return self._of("near", subject, lambda: _near(subject))

    def _situation(self, retailer_id: str) -> Situation:
        with self.core.store.cursor() as cursor:
            fitted = self._models.latest(cursor)
            return read(cursor, fitted, self._rules, retailer_id)

    def _subject(self, retailer_id: str, product_id: str, list_name: ListName) -> Subject:
        return self._situation(retailer_id).of(product_id, list_name)

    def _of(self, what: Hashable, subject: Subject, make: Callable[[], T]) -> T:
        key = (what, subject.situation.key, subject.product.product_id, subject.asked.list)
        return self._kept(key, make)

    def _kept(self, key: Hashable, make: Callable[[], T]) -> T:
        found: T = self._held.get(key, make)
        return found


def _near(subject: Subject) -> Near:
    model, catalogue = subject.fitted.model, subject.fitted.catalogue
    adds: dict[str, float] = defaultdict(float)
    for one in addends(model, subject.stands):
        if one.kind == PRODUCT:
            adds[one.id] += one.contribution
    return Near(
        tuple(
            NeighbourView(shop_of(catalogue, one.retailer_id), one)
            for one in neighbours(model, subject.stands)
        ),
        tuple(
            PullView(catalogue.product(one.product_id), one)
            for one in pulls(model, subject.stands, adds, ALIKE)
        ),
    )
