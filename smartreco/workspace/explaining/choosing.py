"""What can be chosen to be explained: shops, and the products of a shop's list first."""

from __future__ import annotations

import numpy as np

from smartreco.columns import ACTIVE, CITY, NAME, PRODUCT_ID, RETAILER_ID
from smartreco.entities import ListName
from smartreco.recommend.due_first import due_first, due_now, marked
from smartreco.recommend.standing import RANKED
from smartreco.workspace.explaining.situation import Situation
from smartreco.workspace.explaining.views import ProductChoice, ShopChoice
from smartreco.workspace.models import Fitted


def shops(fitted: Fitted) -> tuple[ShopChoice, ...]:
    """Every shop, the one with the most order lines first."""
    habits, known = fitted.model.market.habits, fitted.model.market.retailer_positions
    lines = np.bincount(habits.shop, habits.times, minlength=len(habits))
    rows = fitted.catalogue.retailers[[RETAILER_ID, NAME, CITY]].astype(object)
    rows = rows.where(rows.notna(), None)
    found = [
        ShopChoice(retailer_id, name, city, int(lines[known[retailer_id]]))
        for retailer_id, name, city in rows.itertuples(index=False, name=None)
        if retailer_id in known
    ]
    return tuple(sorted(found, key=lambda one: (-one.lines, one.name, one.retailer_id)))


def products(situation: Situation, name: ListName) -> tuple[ProductChoice, ...]:
    """The list as the shop sees it, then all other products that are sold, by name."""
    ranked = _listed(situation, name)
    catalogue = situation.fitted.catalogue
    sold = catalogue.products[catalogue.products[ACTIVE]]
    rest = sold[~sold[PRODUCT_ID].isin(ranked)].sort_values([NAME, PRODUCT_ID])
    known = situation.fitted.model.market.product_positions
    return (
        *(ProductChoice(one, catalogue.product(one).name, at) for at, one in enumerate(ranked, 1)),
        *(
            ProductChoice(product_id, label, None)
            for product_id, label in zip(rest[PRODUCT_ID], rest[NAME], strict=True)
            if product_id in known
        ),
    )


def _listed(situation: Situation, name: ListName) -> list[str]:
    """Ids of the page's list, best first."""
    model, shop = situation.fitted.model, situation.retailer.retailer_id
    rules, basket = situation.rules[name], situation.basket
    if name is ListName.REORDER:
        due = marked(due_now(model, shop, rules), model.market.shape[1])
        lines = due_first(model, shop, RANKED, due, basket, rules)
        return [line.product_id for line in lines]
    lines = model.recommend(shop, name, RANKED, basket=basket, rules=rules)
    return [line.product_id for line in lines]
