"""Lines in the wrong unit are turned, and only those."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.dataset.frames import cleaned, orders, reasons

CASE = 12
PRODUCTS = pd.DataFrame(
    {"product_id": ["p1"], "name": ["Rice"], "category": ["Food"], "case_size": [CASE]}
)


def with_line(quantity: float, price: float, usual: float = 10.0) -> pd.DataFrame:
    rows = [
        (f"o{at}", "shop", "p1", f"2026-05-{at + 1:02}", 24, usual if at % 2 else usual * 0.9)
        for at in range(10)
    ]
    return orders(*rows, ("odd", "shop", "p1", "2026-05-20", quantity, price))


@pytest.mark.parametrize(
    ("quantity", "price", "became", "reason"),
    [
        (2, 120.0, (24, 10.0), "price_per_case"),  # cases and their price
        (24, 120.0, (24, 10.0), "price_per_case"),  # pieces at the price of a case
        (2, 108.0, (24, 9.0), "price_per_case"),  # a price the product had at other times
        (24, 1000.0, (24, 10.0), "price_in_hundredths"),
    ],
)
def test_a_line_in_the_wrong_unit_is_turned(
    quantity: float, price: float, became: tuple[int, float], reason: str
) -> None:
    result = cleaned(with_line(quantity, price), products=PRODUCTS)
    last = result.data.orders.iloc[-1]
    assert (last["quantity"], last["unit_price"]) == became
    assert reasons(result) == {11: reason}


@pytest.mark.parametrize(
    ("quantity", "price"),
    [(24, 20.0), (24, 115.0), (24, 60.0), (24, 1090.0), (240, 10.0)],
    ids=["twice as dear", "no price it ever had", "half a case", "not quite 100", "ten cases"],
)
def test_a_line_that_is_merely_unusual_stays(quantity: float, price: float) -> None:
    result = cleaned(with_line(quantity, price), products=PRODUCTS)
    assert reasons(result) == {}


def test_a_product_without_a_usual_price_is_left_alone() -> None:
    prices = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0]
    rows = [(f"o{at}", "s", "p1", "2026-05-01", 24, price) for at, price in enumerate(prices)]
    assert reasons(cleaned(orders(*rows), products=PRODUCTS)) == {}


def test_a_few_lines_prove_nothing() -> None:
    frame = with_line(2, 120.0).tail(3)
    assert reasons(cleaned(frame, products=PRODUCTS)) == {}


def test_a_return_in_cases_undoes_its_pieces() -> None:
    frame = pd.concat(
        [with_line(24, 10.0), orders(("ret", "shop", "p1", "2026-05-21", -2, 120.0))],
        ignore_index=True,
    )
    result = cleaned(frame, products=PRODUCTS)
    assert result.data.orders["quantity"].sum() == 24 * 10
