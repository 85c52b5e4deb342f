"""Products whose category, vendor, price and cost are known by their number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.recommend.market import Market
from smartreco.recommend.rules import KINDS, ProductFacts, Rule, Target


def rule(kind: str, amount: float = 0.0, push: float | None = None, **target: str) -> Rule:
    """A rule by its kind; ``vendor="V1"`` and the like name the target."""
    ((kind_of_target, name),) = target.items() or (("all", ""),)
    return KINDS[kind](Target(kind_of_target, name), amount, push)


@pytest.fixture(scope="session")
def small_facts(small_market: Market) -> ProductFacts:
    """The products of the small history: price 10 + n, margin n %, vendors 0 to 3 in turn."""
    number = np.arange(60)
    price = 10.0 + number
    products = pd.DataFrame(
        {
            "product_id": small_market.product_ids,
            "category": np.where(number % 2, "Juice", "Water"),
            "vendor_id": [f"Vendor {at % 4}" for at in number],
            "unit_price": price,
            "unit_cost": np.where(number % 10 == 9, np.nan, price * (1 - number / 100)),
        }
    )
    return ProductFacts.of_products(products, small_market.attributes)
