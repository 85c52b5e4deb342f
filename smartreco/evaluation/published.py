"""The model of a training part with what somebody chose, as shops would be served by it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from smartreco.columns import UNIT_COST, UNIT_PRICE, VENDOR, VENDOR_ID
from smartreco.entities import ListName
from smartreco.recommend.engine import Model
from smartreco.recommend.history import History
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.rules import Plan, ProductFacts, Rules
from smartreco.recommend.rules.diversity import Diversity
from smartreco.recommend.serving import served

RulesByList = Mapping[ListName, Rules]
NO_RULES: Final[RulesByList] = MappingProxyType({name: Rules() for name in ListName})


def as_published(
    model: Model, recipe: Recipe, history: History, places: int
) -> tuple[Model, RulesByList]:
    """Put a recipe into force on a model that was learned from a history.

    Weights, half-life and damping are the model's, variety is a rule on its lists. It looks
    at ``places`` at a time, so that a longer list begins as one of so many does.
    """
    answering = served(model, recipe)
    if not any(recipe.varied(name) for name in ListName):
        return answering, NO_RULES
    # variety asks what is alike, never what it costs or whose it is
    goods = history.products.copy()
    goods[VENDOR_ID], goods[UNIT_PRICE], goods[UNIT_COST] = goods[VENDOR], np.nan, np.nan
    facts = ProductFacts.of_products(goods, model.market.attributes)
    return answering, {
        name: Rules(plan=Plan.of([Diversity(amount=strength)], facts), places=places)
        if (strength := recipe.varied(name)) else Rules()
        for name in ListName
    }  # fmt: skip
