"""The shop that a demo signs in as."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from smartreco.store import Store
from smartreco.store import catalogue as catalogue_store

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
