"""The cleaner graded against the answer key of dirt made on purpose."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from smartreco.dataset.cleaning import Cleaned, CleaningOptions, clean
from smartreco.dataset.synthetic import dirty
from smartreco.entities import Provenance
from tests.dataset.worlds import SMALL, small_world

FOUND_AS = {
    "duplicate": {"duplicate"},
    "returned": {"netted"},
    "missing_retailer": {"missing_retailer"},
    "missing_product": {"missing_product"},
    "missing_order": {"missing_order"},
    "date_text": {"missing_date", "unreadable_date"},
    "date_far": {"impossible_date"},
    "date_day_first": {"repaired_date"},
    "date_month_first": {"repaired_date"},
    "price_per_case": {"price_per_case"},
    "price_in_paise": {"price_in_hundredths"},
    "quantity_in_cases": {"price_per_case"},
    "service": {"service.postage", "service.fee"},
    "category_case": {"category_spelling"},
    "category_misspelled": {"category_spelling"},
    "vendor_case": {"vendor_spelling"},
    "name_encoding": {"repaired_text"},
    "name_no_break_space": {"repaired_text"},
    "city_case": {"place_spelling"},
    "row_twice": {"duplicate"},
}
OF_RETURNS = {"reduced_by_return", "cancelled_in_full"}  # of sound lines that were sent back


@cache
def graded() -> tuple[Cleaned, pd.DataFrame]:
    """The cleaned dirty twin, and each defect or changed row beside what it was taken for."""
    raw, key = dirty(small_world().clean, seed=3)
    options = CleaningOptions(provenance=Provenance.DEMO)
    result = clean(raw, options, today=SMALL.end)
    marks = pd.concat(
        [part.marks.assign(file=part.kind) for part in result.changed], ignore_index=True
    )
    return result, key.merge(marks, on=["file", "row_number"], how="outer")


@pytest.mark.parametrize("kind", list(FOUND_AS))
def test_defects_are_found_for_what_they_are(kind: str) -> None:
    table = graded()[1]
    reasons = table.loc[table["kind"] == kind, "reason"]
    assert len(reasons) > 0
    accepted = set(FOUND_AS[kind])
    if kind.startswith(("date_", "price_", "quantity_")):
        accepted |= OF_RETURNS
    assert reasons.isin(accepted).mean() >= 0.9


def test_sound_rows_are_left_alone() -> None:
    table = graded()[1]
    sound = table[table["kind"].isna()]
    assert set(sound["reason"]) <= OF_RETURNS


def test_what_comes_out_is_what_went_in() -> None:
    made, result = small_world().clean, graded()[0].data
    assert result.as_ordered is not None
    returned = set(zip(result.as_ordered["order_id"], result.as_ordered["line_id"], strict=True))
    lines = made.orders.merge(result.orders, on=["order_id", "line_id"], suffixes=("", "_out"))
    assert len(lines) == len(result.orders)  # no line was invented
    keys = zip(lines["order_id"], lines["line_id"], strict=True)
    whole = lines[[key not in returned for key in keys]]
    assert (whole["quantity"] == whole["quantity_out"]).mean() > 0.999
    assert ((whole["unit_price"] - whole["unit_price_out"]).abs() < 0.006).mean() > 0.999
    assert (whole["retailer_id"] == whole["retailer_id_out"]).all()
    assert (whole["ordered_at"].dt.date == whole["ordered_at_out"].dt.date).all()
    products = made.products.merge(result.products, on="product_id", suffixes=("", "_out"))
    assert len(products) == len(made.products) == len(result.products)
    for name in ("name", "vendor_id", "case_size"):
        assert (products[name] == products[f"{name}_out"]).all()
    assert (products["category"] == products["category_out"]).mean() > 0.95
