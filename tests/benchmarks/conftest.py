"""A small shop world in the shape that data sets come in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.sets.prepared import Prepared, prepare


def order_lines(rows: list[tuple[str, str, str, int]]) -> pd.DataFrame:
    """Lines from (retailer, product, day, pieces)."""
    lines = pd.DataFrame(rows, columns=["retailer_id", "product_id", "ordered_at", "quantity"])
    return lines.assign(ordered_at=pd.to_datetime(lines["ordered_at"]))


def catalogue(*ids: str) -> pd.DataFrame:
    """Products that are known by their ids alone."""
    return pd.DataFrame(
        {
            "product_id": list(ids), "name": list(ids), "category": "Other", "subcategory": None,
            "vendor": None, "list_price": np.nan, "case_size": 1, "active": True,
        }
    )  # fmt: skip


def shops(*ids: str) -> pd.DataFrame:
    """Retailers that are known by their ids alone."""
    frame = pd.DataFrame({"retailer_id": list(ids), "name": list(ids)})
    frame[["city", "region", "segment"]] = None
    return frame


@pytest.fixture(scope="session")
def drawn() -> Prepared:
    """40 retailers of two tastes, 30 products, a year of orders."""
    rng = np.random.default_rng(3)
    days = pd.date_range("2023-01-01", "2023-12-31").strftime("%Y-%m-%d").to_numpy()
    rows = [
        (f"r{shop:02d}", f"p{2 * int(item) + shop % 2:02d}", str(day), 6)
        for shop in range(40)
        for day in rng.choice(days, 20, replace=False)
        for item in rng.choice(15, 3, replace=False, p=rng.dirichlet(np.full(15, 5.0)))
    ]
    products, retailers = (
        [f"p{at:02d}" for at in range(30)],
        [f"r{at:02d}" for at in range(40)],
    )
    return prepare(order_lines(rows), catalogue(*products), shops(*retailers), buyers=2)
