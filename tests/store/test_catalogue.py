"""The shop that a demo signs in as."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from smartreco.store import Store
from smartreco.store import catalogue as catalogue_store
from tests.store.imports import take

TODAY = date(2026, 6, 30)


def fill(store: Store, orders: dict[int, list[int]]) -> None:
    """Shops by key, each with the days ago of its orders."""
    rows = [
        (number * 1000 + at, shop, TODAY - timedelta(days=ago))
        for number, (shop, days) in enumerate(orders.items())
        for at, ago in enumerate(days)
    ]

    def work(cursor) -> None:  # type: ignore[no-untyped-def]
        for shop in orders:
            cursor.execute(
                "INSERT INTO retailers VALUES (?, ?, ?, '', '', '', 0, 0, NULL, true, true)",
                [shop, f"R{shop}", f"Shop {shop}"],
            )
        for order, shop, day in rows:
            cursor.execute(
                "INSERT INTO order_lines VALUES (?, '1', ?, 1, ?, 1, 1.0, 1, 1)", [order, shop, day]
            )

    store.write(work)


def test_the_demo_shop_has_depth_and_is_about_to_order_again(store: Store, tmp_path: Path) -> None:
    weekly = [7 * n for n in range(40)]
    fill(
        store,
        {
            1: [day + 1 for day in weekly],  # ordered yesterday
            2: [day + 6 for day in weekly],  # a week ago all but a day
            3: [day + 60 for day in weekly],  # gone
            4: [6, 13, 20],  # new
        },
    )
    with store.cursor() as cursor:
        assert catalogue_store.typical_retailer(cursor) == "R2"


def sold(shop: str, day: str, price: float) -> tuple[object, ...]:
    return (f"{shop}-{day}", shop, "tea", f"{day} 09:00", 5, price)


def price_of_tea(store: Store, *rows: tuple[object, ...]) -> float:
    take(store, *rows)
    with store.cursor() as cursor:
        goods = catalogue_store.products(cursor).set_index("product_id")
    return float(goods.loc["tea", "unit_price"])


def test_without_a_list_price_the_price_is_what_shops_usually_pay(store: Store) -> None:
    usual = [sold(shop, "2026-05-04", price) for shop, price in (("a", 4.0), ("b", 4.2))]
    long_ago = [sold(shop, "2025-11-04", 1.0) for shop in "abcdef"]
    assert price_of_tea(store, *long_ago, *usual, sold("c", "2026-05-20", 9.0)) == 4.2


def test_where_few_shops_buy_the_price_is_the_last_one_paid(store: Store) -> None:
    rows = [sold("a", "2026-05-04", 4.0), sold("b", "2026-05-05", 4.2)]
    assert price_of_tea(store, *rows, sold("a", "2026-05-20", 9.0)) == 9.0
