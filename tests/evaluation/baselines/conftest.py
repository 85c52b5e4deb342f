"""Small histories that the slow, literal forms of the methods can be compared on."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from smartreco.recommend.history import History, day_number

AS_OF = date(2024, 6, 1)
TODAY = day_number(AS_OF)


def history_of(orders: list[tuple[int, int, list[int]]], shops: int, products: int) -> History:
    """A history from (shop, days ago, products of the basket)."""
    rows = sorted((shop, item, TODAY - ago) for shop, ago, basket in orders for item in basket)
    purchases = pd.DataFrame(rows, columns=["retailer", "product", "day"]).astype("int32")
    purchases["quantity"] = np.float32(1.0)
    retailers = pd.DataFrame({"retailer_id": [f"shop-{at}" for at in range(shops)]})
    catalogue = pd.DataFrame({"product_id": [f"item-{at}" for at in range(products)]})
    return History(retailers, catalogue, purchases, AS_OF)


def drawn(seed: int, shops: int = 25, products: int = 14) -> History:
    """Shops with 1 to 30 baskets of their own taste; the last shop has none."""
    rng = np.random.default_rng(seed)
    orders = []
    for shop in range(shops - 1):
        taste = rng.dirichlet(np.full(products, 0.6))
        days = rng.choice(np.arange(1, 200), int(rng.integers(1, 31)), replace=False)
        orders += [
            (
                shop,
                int(ago),
                rng.choice(products, 3, replace=False, p=0.9 * taste + 0.1 / products).tolist(),
            )
            for ago in days
        ]
    return history_of(orders, shops, products)


def baskets_of(history: History, shop: int) -> list[set[int]]:
    """The shop's baskets, oldest first, written out."""
    own = history.purchases[history.purchases["retailer"] == shop]
    return [set(day["product"]) for _, day in own.groupby("day")]


@pytest.fixture(scope="session", params=[1, 2, 3])
def some_history(request: pytest.FixtureRequest) -> History:
    return drawn(request.param)
