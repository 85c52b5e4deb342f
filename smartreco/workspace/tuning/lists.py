"""Today's lists of a few shops by another recipe, beside those that are served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smartreco.entities import ListName
from smartreco.recommend.model import Model
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.serving import ages_otherwise, served, with_half_life
from smartreco.store import drafts as draft_store
from smartreco.store import placing
from smartreco.store import rules as rule_store
from smartreco.workspace.core import Core
from smartreco.workspace.list_rules import rules_for
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.models import Fitted, Models
from smartreco.workspace.published_rules import PublishedRules, plan_of
from smartreco.workspace.tuning.trials import Side, compared
from smartreco.workspace.tuning.views import TrialList

AGED = 2  # models with another half-life that are held


class TrialLists:
    """Applies recipes to the model that answers, for lists nobody but the analyst sees."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models
        self._published = PublishedRules()
        self._aged: MadeOnce[tuple[int, float], Model] = MadeOnce(AGED)

    def compared(
        self, retailer_ids: Sequence[str], recipe: Recipe, name: ListName, k: int
    ) -> tuple[TrialList, ...]:
        """One entry a shop: its list as served, and as the recipe would make it."""
        fitted = self._models.current
        shops = [fitted.catalogue.retailer(one) for one in retailer_ids]
        other = replace(fitted, model=self._served(fitted, recipe), recipe=recipe)
        found = []
        with self.core.store.cursor() as cursor:
            ready = self._published.ready(cursor, fitted)
            specs = [row.spec for row in rule_store.every(cursor)]
            plan = plan_of(specs, name, other, ready.facts)
            for shop in shops:
                hidden = draft_store.dismissed(cursor, shop.retailer_id)
                ordered = placing.ordered_since(cursor, shop.retailer_id, fitted.data_version)
                sides = [
                    Side.of(
                        one.model, shop.retailer_id, name, k,
                        rules_for(one, rules, hidden, ordered=ordered),
                    )
                    for one, rules in ((fitted, ready.plans[name]), (other, plan))
                ]  # fmt: skip
                found.append(compared(shop.retailer_id, shop.name, name, fitted.model, *sides))
        return tuple(found)

    def suggested(self) -> tuple[tuple[str, str], ...]:
        """A large, a small and a new shop: most orders, a low quartile, the latest first order."""
        fitted = self._models.current
        habits = fitted.learned.market.habits
        orders = np.bincount(habits.shop, habits.times, minlength=len(habits))
        first = np.full(len(habits), np.iinfo(np.int32).max)
        np.minimum.at(first, habits.shop, habits.first)
        ordering = np.flatnonzero(orders)
        by_size = ordering[np.argsort(-orders[ordering], kind="stable")]
        by_age = ordering[np.argsort(-first[ordering], kind="stable")]
        small = by_size[3 * len(by_size) // 4 :]
        different = dict.fromkeys([*by_size[:1], *small[:1], *by_age[:3]])
        ids = fitted.learned.market.retailer_ids
        known = [fitted.catalogue.retailer(str(ids[at])) for at in list(different)[:3]]
        return tuple((one.retailer_id, one.name) for one in known)

    def _served(self, fitted: Fitted, recipe: Recipe) -> Model:
        """The model that answers by a recipe; one with another half-life is made once."""
        model, half_life = fitted.learned, recipe.half_life
        if half_life is not None and ages_otherwise(model, half_life):
            model = self._aged.get(
                (fitted.version, half_life), lambda: with_half_life(fitted.learned, half_life)
            )
        return served(model, recipe)
