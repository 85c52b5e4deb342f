"""The dirty twin has the defects that its answer key names, and no others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco import columns as c
from smartreco.dataset.synthetic import DirtShares, dirty
from smartreco.dataset.world.dirt import KINDS
from tests.dataset.worlds import small_world

MISSING = {
    "missing_retailer": c.RETAILER_ID, "missing_product": c.PRODUCT_ID,
    "missing_order": c.ORDER_ID,
}  # fmt: skip


@pytest.fixture(scope="module")
def twin() -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Raw frames and the answer key, with plenty of each defect."""
    shares = DirtShares(**dict.fromkeys(KINDS, 0.01))
    raw, key = dirty(small_world().clean, seed=3, shares=shares)
    return dict(raw.frames), key


def rows(frame: pd.DataFrame, key: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows of a frame that the key, or a part of it, names for a kind."""
    return frame.iloc[key.loc[key["kind"] == kind, "row_number"] - 1]


def test_every_kind_occurs_and_no_row_has_two(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    frames, key = twin
    assert set(key["kind"]) <= set(KINDS)
    assert set(KINDS) - set(key["kind"]) <= {"name_encoding"}
    assert not key.duplicated(["file", "row_number"]).any()
    for file, part in key.groupby("file"):
        assert part["row_number"].between(1, len(frames[str(file)])).all()


def test_rows_that_the_key_does_not_name_are_as_they_were(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    frames, key = twin
    clean = small_world().clean
    named = key.loc[key["file"] == "orders", "row_number"] - 1
    plain = frames["orders"].drop(index=named)
    plain = plain.assign(ordered_at=pd.to_datetime(plain[c.ORDERED_AT])).astype(
        clean.orders.dtypes.to_dict()
    )
    kept = plain.merge(clean.orders, on=list(clean.orders.columns))
    assert len(kept) == len(plain)
    products = frames["products"].drop(index=key.loc[key["file"] == "products", "row_number"] - 1)
    vendor = clean.products["vendor_id"].map(clean.vendors.set_index(c.VENDOR_ID)[c.NAME])
    names = clean.products.assign(vendor=vendor).set_index(c.PRODUCT_ID)
    for column in (c.NAME, c.CATEGORY, c.VENDOR):
        assert (products[column] == names.loc[products[c.PRODUCT_ID], column].to_numpy()).all()


def test_duplicates_repeat_an_earlier_row(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    frames, key = twin
    again = frames["orders"].duplicated()
    named = key.loc[key["kind"] == "duplicate", "row_number"] - 1
    assert set(np.flatnonzero(again)) == set(named)


def test_returns_take_back_no_more_than_was_ordered(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    frames, key = twin
    back = rows(frames["orders"], key, "returned")
    assert (frames["orders"][c.QUANTITY] < 0).sum() == len(back)
    orders = small_world().clean.orders.assign(number=lambda f: f[c.ORDER_ID].str.slice(3))
    source = back.assign(number=back[c.ORDER_ID].str.slice(3)).merge(
        orders, on=["number", c.LINE_ID], suffixes=("", "_was")
    )
    assert len(source) == len(back)
    assert (-source[c.QUANTITY] <= source["quantity_was"]).all()
    assert (pd.to_datetime(source[c.ORDERED_AT]) >= source["ordered_at_was"]).all()
    assert (-source[c.QUANTITY] == source["quantity_was"]).any()
    assert (-source[c.QUANTITY] < source["quantity_was"]).any()


@pytest.mark.parametrize(("kind", "column"), MISSING.items())
def test_missing_ids_are_missing_only_where_named(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame], kind: str, column: str
) -> None:
    frames, key = twin
    empty = np.flatnonzero(frames["orders"][column].isna())
    assert set(empty + 1) == set(key.loc[key["kind"] == kind, "row_number"])


def test_dates_are_unreadable_far_or_written_another_way_round(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    frames, key = twin
    orders = frames["orders"]
    assert not rows(orders, key, "date_text")[c.ORDERED_AT].str.contains(r"\d").any()
    assert rows(orders, key, "date_far")[c.ORDERED_AT].str.startswith("9999").all()
    turned = rows(orders, key, "date_day_first")[c.ORDERED_AT]
    assert turned.str.slice(0, 2).astype(int).gt(12).all()
    american = rows(orders, key, "date_month_first")[c.ORDERED_AT]
    assert american.str.slice(3, 5).astype(int).gt(12).all()


def test_unit_mix_ups_keep_what_the_line_was_worth_where_only_units_changed(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    frames, key = twin
    clean = small_world().clean
    was = clean.orders.set_index([c.ORDER_ID, c.LINE_ID])
    case = clean.products.set_index(c.PRODUCT_ID)[c.CASE_SIZE]
    for kind in ("price_per_case", "quantity_in_cases", "price_in_paise"):
        part = rows(frames["orders"], key, kind)
        before = was.loc[pd.MultiIndex.from_frame(part[[c.ORDER_ID, c.LINE_ID]])]
        pieces = part[c.PRODUCT_ID].map(case).to_numpy()
        price = 100 if kind == "price_in_paise" else pieces
        np.testing.assert_allclose(part[c.UNIT_PRICE], before[c.UNIT_PRICE] * price, rtol=1e-3)
        quantity = pieces if kind == "quantity_in_cases" else 1
        assert (part[c.QUANTITY] * quantity == before[c.QUANTITY].to_numpy()).all()


def test_services_are_no_products(twin: tuple[dict[str, pd.DataFrame], pd.DataFrame]) -> None:
    frames, key = twin
    service = rows(frames["orders"], key, "service")
    assert set(service[c.PRODUCT_ID]) == {"FREIGHT", "BANK CHARGES"}
    assert not service[c.PRODUCT_ID].isin(frames["products"][c.PRODUCT_ID]).any()


def test_words_are_spelled_in_ways_that_the_category_is_not(
    twin: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    frames, key = twin
    true = small_world().clean.products.set_index(c.PRODUCT_ID)
    products = frames["products"]
    for kind in ("category_case", "category_misspelled"):
        part = rows(products, key, kind)
        was = true.loc[part[c.PRODUCT_ID], c.CATEGORY].to_numpy()
        assert (part[c.CATEGORY] != was).all()
        same = part[c.CATEGORY].str.lower() == pd.Series(was, part.index).str.lower()
        assert same.all() == (kind == "category_case")
    broken = rows(products, key[key["file"] == "products"], "name_no_break_space")
    assert broken[c.NAME].str.contains("Â").all()


def test_the_same_seed_gives_the_same_dirt_and_clean_data_stay_clean() -> None:
    before = small_world().clean.orders.copy()
    first, second, other = (dirty(small_world().clean, seed=seed) for seed in (5, 5, 6))
    pd.testing.assert_frame_equal(first[1], second[1])
    pd.testing.assert_frame_equal(first[0].frames["orders"], second[0].frames["orders"])
    assert not first[1].equals(other[1])
    pd.testing.assert_frame_equal(small_world().clean.orders, before)


def test_usual_amounts_are_tenths_of_a_per_cent_to_two() -> None:
    shares = vars(DirtShares())
    assert all(0.001 <= share <= 0.02 for share in shares.values())
