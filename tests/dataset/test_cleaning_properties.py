"""Whatever the dirt: every row is accounted for, and clean data stay as they are."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from smartreco.config import PROJECT
from smartreco.dataset.cleaning import Cleaned, clean
from smartreco.dataset.frames import CleanData, RawData
from smartreco.dataset.reasons import RULES
from smartreco.errors import InputError
from tests.dataset.frames import COLUMNS, TODAY, TOLERANT
from tests.drawing import drawn

ORDERS = {
    "order_id": ["o1", "o2", "o3", " o1 ", "C4", None, ""],
    "retailer_id": ["s1", "s2", "S1", 17.0, "17", None, "n/a"],
    "product_id": ["p1", "p2", "P1", "p3", "POST", "aB1", "Ab1", None],
    "ordered_at": [
        "2026-05-01", "2026-05-02 10:00", "02/05/2026", "9999-01-01", "soon", None, "2027-01-01",
        pd.Timestamp("2026-04-30 09:00"),
    ],
    "quantity": [1, 6, 12, 24, -6, -1, 0, 2.5, "12 pcs", "2 cases", "many", None, 10**9, -40],
    "unit_price": [2.5, 2.4, 30.0, 250.0, 0, -5, "₹ 2.50", "2,50", "cheap", None],
    "line_id": [None, None, None, "1", "2"],
    "status": ["delivered", "Cancelled", "placed", "odd", None],
    "category": ["Food", "food", None],
    "city": ["PUNE", "Pune", "nagpur", None],
    "region": ["West", "WEST", None],
    "customer name": ["SHARMA", "Ali", None],
    "description": ["RICE BAG", "Rice bag", "Postage", "TEA", None],
}  # fmt: skip
PRODUCTS = {
    "product_id": ["p1", "p2", "p3", "P1", "p9", None],
    "name": ["RICE BAG", "Rice", "CafÃ©", "  ", None],
    "category": ["Food", "food", "Fod", "FOOD ", "Drinks", "Drink", None],
    "vendor": ["Ganga Foods", "GANGA  FOODS", "Tata", None],
    "case_size": [12, 12, "6", 0, None, "x"],
    "list_price": [2.5, -1, None, "₹ 3"],
}
RETAILERS = {
    "retailer_id": ["s1", "s2", "17", "s9", None],
    "name": ["SHARMA STORE", "Ali", None],
    "city": ["PUNE", "Nagpur", None],
    "lat": [18.5, 21.1, 95, None],
    "lon": [73.8, 79.1, None],
}


def frame(cells: dict[str, list[object]], rows: int, seed: int) -> pd.DataFrame:
    """A frame of cells drawn at random: small to describe, dirty in every column."""
    draw = random.Random(seed)  # noqa: S311
    return pd.DataFrame(
        {name: [draw.choice(values) for _ in range(rows)] for name, values in cells.items()},
        dtype=object,
    )


FRAMES = st.builds(
    lambda orders, products, seed: {
        "orders": frame(ORDERS, orders, seed),
        "products": frame(PRODUCTS, products, seed + 1),
        "retailers": frame(RETAILERS, products, seed + 2),
    },
    st.integers(1, 120), st.integers(1, 15), st.integers(0, 2**31),
)  # fmt: skip


def attempt(frames: dict[str, pd.DataFrame]) -> Cleaned | None:
    try:
        return clean(RawData(frames), TOLERANT, today=TODAY)
    except InputError:
        return None  # nothing was left


def again(data: CleanData) -> Cleaned:
    products = data.products.drop(columns="derived")
    frames = {
        "orders": data.orders, "products": products, "vendors": data.vendors,
        "retailers": data.retailers.drop(columns="derived"),
    }  # fmt: skip
    return clean(
        RawData({kind: made for kind, made in frames.items() if len(made)}), TOLERANT, today=TODAY
    )


# a failing frame says enough as it is: looking for a smaller one takes minutes
@drawn(
    1000, few=5, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip
@given(FRAMES)
def test_every_row_is_accounted_for_and_clean_data_stay_as_they_are(
    frames: dict[str, pd.DataFrame],
) -> None:
    holds(frames)


def holds(frames: dict[str, pd.DataFrame]) -> None:
    """The account adds up row by row, the data hold to the rules, and a second pass is idle."""
    result = attempt(frames)
    if result is None:
        return
    for part, account in zip(result.changed, result.report.files, strict=True):
        assert account.kept + account.fixed + account.quarantined == account.read
        assert account.read == len(frames[account.kind])
        assert len(part.marks) == account.fixed + account.quarantined
        assert part.marks["row_number"].is_unique
        counted = part.marks["outcome"].value_counts().to_dict()
        assert counted.get("quarantined", 0) == account.quarantined
        outcomes = [RULES[code].outcome.value for code in part.marks["reason"]]
        assert outcomes == part.marks["outcome"].tolist()
        assert sum(reason.rows for reason in account.reasons) == len(part.marks)
        as_it_came = frames[account.kind].iloc[part.marks["row_number"].to_numpy() - 1]
        pd.testing.assert_frame_equal(part.original, as_it_came.reset_index(drop=True))
    hold_to_the_rules(result.data)
    if result.data.orders.empty:  # returns only
        return
    second = again(result.data)
    assert second.report.kept == second.report.read
    for name in ("orders", "vendors"):
        pd.testing.assert_frame_equal(getattr(second.data, name), getattr(result.data, name))
    for name in ("products", "retailers"):
        pd.testing.assert_frame_equal(
            getattr(second.data, name).drop(columns="derived"),
            getattr(result.data, name).drop(columns="derived"),
        )


def hold_to_the_rules(data: CleanData) -> None:
    """What `frames` promises of clean data."""
    assert not data.orders[[*COLUMNS, "line_id", "status"]].isna().any().any()
    assert (data.orders["quantity"] > 0).all()
    assert (data.orders["unit_price"] > 0).all()
    assert not data.orders.duplicated(["order_id", "line_id"]).any()
    assert data.orders["product_id"].isin(data.products["product_id"]).all()
    assert data.orders["retailer_id"].isin(data.retailers["retailer_id"]).all()
    assert data.orders.groupby("order_id")["retailer_id"].nunique().eq(1).all()
    for table, key in (("products", "product_id"), ("retailers", "retailer_id")):
        made = getattr(data, table)
        assert made[key].is_unique
        assert not made[[key, "name"]].isna().any().any()
    assert not data.products["category"].isna().any()
    assert (data.products["case_size"] >= 1).all()
    assert data.products["vendor_id"].dropna().isin(data.vendors["vendor_id"]).all()
    kinds = {
        "orders": {"quantity": "int64", "ordered_at": "datetime64[us]", "unit_price": "float64"},
        "products": {"case_size": "int64", "launched_on": "datetime64[us]", "active": "bool"},
        "retailers": {"lat": "float64", "credit_limit": "float64", "open_to_vendors": "bool"},
    }
    for table, types in kinds.items():
        found = getattr(data, table).dtypes.astype(str)
        assert {name: found[name] for name in types} == types


@pytest.mark.parametrize("shuffle", [1, 2])
def test_the_order_of_rows_changes_nothing_but_their_order(shuffle: int) -> None:
    cells = {name: ORDERS[name] for name in ("retailer_id", "product_id", "quantity", "unit_price")}
    raw = frame(cells, 300, 5).assign(order_id=[f"o{at}" for at in range(300)])
    raw["ordered_at"] = [f"2026-05-{at % 7 + 1:02}" for at in range(300)]
    first, second = (
        clean(RawData({"orders": table}), TOLERANT, today=TODAY).data.orders
        for table in (raw, raw.sample(frac=1, random_state=shuffle))
    )
    assert len(first) > 30
    pd.testing.assert_frame_equal(
        first.sort_values("order_id", ignore_index=True),
        second.sort_values("order_id", ignore_index=True),
    )


def test_the_shipped_sample_comes_through_untouched() -> None:
    folder = PROJECT / "data" / "iowa"
    frames = {
        kind: pd.read_parquet(folder / f"iowa_{kind}.parquet")
        for kind in ("orders", "products", "retailers")
    }
    frames["orders"] = frames["orders"].tail(60_000)
    result = clean(RawData(frames), today=TODAY)
    assert result.report.file("orders").kept == 60_000
    assert result.report.file("products").kept == 3_827
    products = result.data.products.set_index("product_id")
    assert products.loc["100015", "name"] == "Fireball Cinnamon Whiskey Bag in Box"
    assert products.loc["627251", ["name", "category"]].tolist() == ["627251", "Uncategorised"]
    vendors = result.data.vendors.set_index("vendor_id")["name"]
    assert vendors["sazerac-company-inc"] == "Sazerac Company Inc"
    assert again(result.data).report.fixed == 0
