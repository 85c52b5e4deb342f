"""Four figures that can be checked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from smartreco.dataset.likeness import likeness

LINES = [
    # order, shop, product, day
    ("a", "r", "p", "2026-01-05"),
    ("a", "r", "q", "2026-01-05"),
    ("b", "r", "p", "2026-01-12"),
    ("b", "r", "q", "2026-01-12"),
    ("b", "r", "s", "2026-01-12"),
    ("c", "t", "p", "2026-01-12"),
]


@pytest.fixture
def orders() -> pd.DataFrame:
    frame = pd.DataFrame(LINES, columns=["order_id", "retailer_id", "product_id", "ordered_at"])
    return frame.assign(ordered_at=pd.to_datetime(frame["ordered_at"]))


def test_baskets_count_distinct_products_of_an_order(orders: pd.DataFrame) -> None:
    found = likeness(pd.concat([orders, orders.iloc[:1]]))
    assert (found.basket_mean, found.basket_median) == (2.0, 2.0)


def test_a_line_repeats_only_what_the_same_shop_had_on_an_earlier_day(
    orders: pd.DataFrame,
) -> None:
    assert likeness(orders).repeat_share == pytest.approx(2 / 6)


def test_concentration_is_the_share_of_the_top_tenth_at_least_one_product(
    orders: pd.DataFrame,
) -> None:
    assert likeness(orders).concentration == pytest.approx(3 / 6)


def test_ratios_are_ours_over_theirs(orders: pd.DataFrame) -> None:
    ours = likeness(orders)
    assert set(ours.ratios(ours).values()) == {1.0}
