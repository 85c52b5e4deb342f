"""A small made-up market whose truth is known, and the real sample of the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartreco.measures.splits import time_cut
from smartreco.recommend.engine import Model, fit_model
from smartreco.recommend.history import History, day_number, day_of
from smartreco.recommend.market import Market

IOWA = Path(__file__).resolve().parents[2] / "data" / "iowa"
AS_OF = date(2024, 6, 1)
TODAY = day_number(AS_OF)

COLD_SHOP = "shop-39"
COLD_PRODUCT = "item-59"
INACTIVE_PRODUCT = "item-03"


def make_history(
    purchases: list[tuple[int, int, int, float]],
    shops: int = 4,
    products: int = 6,
    **columns: list[object],
) -> History:
    """A history from (shop, product, days ago, pieces); columns of shops and products as given."""
    of_shops = {"city", "region", "segment"}
    retailers = pd.DataFrame(
        {
            "retailer_id": [f"shop-{at:02d}" for at in range(shops)],
            "name": [f"Shop {at}" for at in range(shops)],
            **{name: columns.get(name, [None] * shops) for name in of_shops},
        }
    )
    catalogue = {
        "product_id": [f"item-{at:02d}" for at in range(products)],
        "name": [f"Item {at}" for at in range(products)],
        "category": ["Soap"] * products,
        "subcategory": [None] * products,
        "vendor": [None] * products,
        "list_price": [np.nan] * products,
        "case_size": [1] * products,
        "active": [True] * products,
    }
    catalogue |= {name: value for name, value in columns.items() if name not in of_shops}
    rows = pd.DataFrame(
        [(shop, product, TODAY - ago, pieces) for shop, product, ago, pieces in purchases],
        columns=["retailer", "product", "day", "quantity"],
    ).astype({"retailer": "int32", "product": "int32", "day": "int32", "quantity": "float32"})
    rows = rows.sort_values(["retailer", "product", "day"], ignore_index=True)
    return History(retailers, pd.DataFrame(catalogue), rows, AS_OF)


@pytest.fixture(scope="session")
def small_history() -> History:
    """40 shops of two tastes, 60 products in two halves; the last of each has no orders.

    Shops of even number draw mostly from even products, in their own rhythm.
    """
    rng = np.random.default_rng(7)
    rows: list[tuple[int, int, int, float]] = []
    for shop in range(39):
        liked = rng.choice(np.arange(shop % 2, 58, 2), 12, replace=False)
        other = rng.choice(np.arange(1 - shop % 2, 58, 2), 2, replace=False)
        for product in {*liked, *other}:
            rhythm = int(rng.integers(7, 40))
            oldest = 300 if (shop + product) % 4 else 90  # every fourth was taken up lately
            rows += [
                (shop, int(product), ago, float(6 * rng.integers(1, 4)))
                for ago in range(int(rng.integers(1, rhythm + 1)), oldest, rhythm)
            ]
    return make_history(
        rows,
        shops=40,
        products=60,
        name=[f"{'Mango' if at % 2 else 'Lime'} drink no {at}" for at in range(60)],
        category=["Juice" if at % 2 else "Water" for at in range(60)],
        vendor=[f"Vendor {at % 4}" for at in range(60)],
        list_price=[10.0 + at for at in range(60)],
        case_size=[6] * 60,
        active=[f"item-{at:02d}" != INACTIVE_PRODUCT for at in range(60)],
        region=["West" if at < 20 else "East" for at in range(40)],
        segment=["kirana" if at % 2 else "bakery" for at in range(40)],
    )


@pytest.fixture(scope="session")
def small_market(small_history: History) -> Market:
    """The small history, summed up."""
    return Market.of_history(small_history)


@pytest.fixture(scope="session")
def small_model(small_history: History) -> Model:
    """A model of the small history."""
    return fit_model(small_history, rng=np.random.default_rng(0))


@pytest.fixture(scope="session")
def iowa() -> History:
    """The shipped sample: real orders of 199 shops over two years."""
    orders = pd.read_parquet(IOWA / "iowa_orders.parquet")
    products = pd.read_parquet(IOWA / "iowa_products.parquet")
    retailers = pd.read_parquet(IOWA / "iowa_retailers.parquet")
    orders = pd.DataFrame(
        {
            "retailer": pd.Index(retailers["retailer_id"]).get_indexer(orders["retailer_id"]),
            "product": pd.Index(products["product_id"]).get_indexer(orders["product_id"]),
            "day": orders["ordered_at"].to_numpy().astype("datetime64[D]").astype(np.int64),
            "quantity": orders["quantity"],
        }
    ).astype({"retailer": "int32", "product": "int32", "day": "int32", "quantity": "float32"})
    purchases = orders.groupby(["retailer", "product", "day"], as_index=False)["quantity"].sum()
    case_size = products["case_size"].fillna(1).astype("int64")
    return History(
        retailers.assign(region=None, segment=None),
        products.assign(subcategory=None, active=True, case_size=case_size),
        purchases,
        day_of(int(purchases["day"].max()) + 1),
    )


@pytest.fixture(scope="session")
def iowa_past(iowa: History) -> History:
    """What was known when 80 % of the lines had been ordered."""
    return iowa.before(day_of(time_cut(iowa.arrays()[2], 0.8)))


@pytest.fixture(scope="session")
def iowa_model(iowa_past: History) -> Model:
    """A model that knows the first 80 % of the real lines."""
    return fit_model(iowa_past, rng=np.random.default_rng(0))
