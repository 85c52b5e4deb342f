"""Each rule on order lines, on a row that breaks it and on one that does not."""

from __future__ import annotations

import pandas as pd
import pytest

from smartreco.dataset.cleaning import Cleaned, CleaningOptions
from smartreco.errors import InputError
from tests.dataset.frames import COLUMNS, cleaned, good, orders, reasons

LINE = ("o1", "shop-1", "p1", "2026-05-01", 6, 2.5)


def with_cell(name: str, value: object) -> tuple[object, ...]:
    return tuple(value if at == COLUMNS.index(name) else cell for at, cell in enumerate(LINE))


UNUSABLE = [
    ("order_id", None, "missing_order"),
    ("order_id", "  ", "missing_order"),
    ("product_id", "N/A", "missing_product"),
    ("retailer_id", float("nan"), "missing_retailer"),
    ("ordered_at", None, "missing_date"),
    ("ordered_at", "soon", "unreadable_date"),
    ("ordered_at", "9999-12-31", "impossible_date"),
    ("ordered_at", "1989-12-31", "impossible_date"),
    ("ordered_at", "2028-06-01", "impossible_date"),
    ("ordered_at", "2026-06-03", "future_date"),
    ("quantity", "", "missing_quantity"),
    ("quantity", "many", "unreadable_quantity"),
    ("quantity", 2.5, "fractional_quantity"),
    ("quantity", 0, "zero_quantity"),
    ("quantity", 4006381333931, "absurd_quantity"),
    ("quantity", "2 cases", "unreadable_quantity"),  # of an unknown size
    ("unit_price", None, "missing_price"),
    ("unit_price", "cheap", "unreadable_price"),
    ("unit_price", 0, "zero_price"),
    ("unit_price", -5, "negative_price"),
]


@pytest.fixture(scope="module")
def unusable() -> Cleaned:
    """A file with one row of each kind that cannot be used, between sound ones."""
    rows = [
        (*with_cell(column, value), f"note {at}") for at, (column, value, _) in enumerate(UNUSABLE)
    ]
    sound = [(*row, "") for row in good(40).values.tolist()]
    return cleaned(orders(*rows, *sound, columns=[*COLUMNS, "note"]))


@pytest.mark.parametrize("at", range(len(UNUSABLE)), ids=[f"{c}={v}" for c, v, _ in UNUSABLE])
def test_a_row_that_cannot_be_used_is_set_aside(unusable: Cleaned, at: int) -> None:
    assert reasons(unusable)[at + 1] == UNUSABLE[at][2]


def test_sound_rows_beside_unusable_ones_stay(unusable: Cleaned) -> None:
    account = unusable.report.file("orders")
    assert (account.kept, account.fixed, account.quarantined) == (40, 0, len(UNUSABLE))
    assert len(unusable.data.orders) == 40


@pytest.mark.parametrize(
    ("column", "value", "became", "reason"),
    [
        ("quantity", "12 pcs", 12, "repaired_quantity"),
        ("unit_price", "₹ 1,234.50", 1234.5, "repaired_price"),
        ("ordered_at", "13/04/2026", pd.Timestamp("2026-04-13"), "repaired_date"),
    ],
)
def test_a_row_that_can_be_mended_is_kept_as_fixed(
    column: str, value: object, became: object, reason: str
) -> None:
    result = cleaned(orders(with_cell(column, value), *good(12).values.tolist()))
    assert reasons(result) == {1: reason}
    assert result.data.orders[column].iloc[0] == became


def test_reading_a_value_is_not_fixing_it() -> None:
    frame = orders((" o1 ", 17850.0, 71053, "2026-05-01 00:00", "6", "2.50"))
    result = cleaned(frame)
    assert result.report.file("orders").kept == 1
    assert result.data.orders.iloc[0, :4].tolist() == ["o1", "71053#1", "17850", "71053"]


def test_a_day_ahead_is_allowed_for_other_time_zones() -> None:
    assert cleaned(orders(with_cell("ordered_at", "2026-06-02"))).report.file("orders").kept == 1


def test_copies_are_told_by_every_column_even_unknown_ones() -> None:
    frame = pd.concat([good(2), good(1)], ignore_index=True)
    assert reasons(cleaned(frame)) == {3: "duplicate"}
    numbered = frame.assign(position=[1, 2, 3])
    result = cleaned(numbered)
    assert reasons(result) == {}
    assert result.data.orders["line_id"].tolist() == ["p0#1", "p1#1", "p0#2"]


def test_copies_with_unreadable_cells_are_told_by_their_text() -> None:
    frame = orders(*[with_cell("quantity", q) for q in ("many", "many", "lots")], *good(9).values)
    assert reasons(cleaned(frame)) == {
        1: "unreadable_quantity", 2: "duplicate", 3: "unreadable_quantity",
    }  # fmt: skip


def test_a_later_row_with_the_same_line_id_corrects_the_earlier() -> None:
    frame = orders((*LINE, "7"), (*LINE[:4], 9, 2.5, "7"), columns=[*COLUMNS, "line_id"])
    result = cleaned(frame)
    assert reasons(result) == {1: "superseded_line"}
    assert result.data.orders["quantity"].tolist() == [9]


def test_a_line_id_that_tells_nothing_apart_is_refused() -> None:
    frame = orders(
        *((*LINE[:2], f"p{at}", *LINE[3:], "EUR") for at in range(5)), columns=[*COLUMNS, "line_id"]
    )
    with pytest.raises(InputError, match="line id"):
        cleaned(frame)


def test_an_order_of_two_shops_becomes_two_orders() -> None:
    frame = orders(LINE, with_cell("retailer_id", "shop-2"))
    result = cleaned(frame)
    assert reasons(result) == {2: "split_order"}
    assert result.data.orders["order_id"].tolist() == ["o1", "o1/shop-2"]


@pytest.mark.parametrize(
    ("status", "became"), [("Shipped", "confirmed"), ("complete", "delivered"), (None, "delivered")]
)
def test_statuses_people_use_are_understood(status: str | None, became: str) -> None:
    result = cleaned(orders((*LINE, status), columns=[*COLUMNS, "status"]))
    assert result.data.orders["status"].tolist() == [became]
    assert result.report.file("orders").kept == 1


def test_a_cancelled_line_is_set_aside_and_handed_on_as_withdrawn() -> None:
    frame = orders(
        (*LINE, "delivered"), (*with_cell("order_id", "o2"), "Canceled"),
        (*with_cell("order_id", "o3"), "in the post"), columns=[*COLUMNS, "Order Status"],
    )  # fmt: skip
    result = cleaned(frame)
    assert reasons(result) == {2: "cancelled_status", 3: "unknown_status"}
    assert result.data.as_ordered is not None
    assert result.data.as_ordered[["order_id", "status"]].values.tolist() == [["o2", "cancelled"]]


def test_returns_are_netted_and_handed_on() -> None:
    frame = orders(
        LINE, with_cell("order_id", "o2"), ("r1", "shop-1", "p1", "2026-05-09", -8, 2.5),
        ("r2", "shop-1", "p9", "2026-05-09", -1, 2.5),
    )  # fmt: skip
    result = cleaned(frame)
    assert reasons(result) == {
        1: "reduced_by_return", 2: "cancelled_in_full", 3: "netted", 4: "unmatched_return",
    }  # fmt: skip
    assert result.data.orders["quantity"].tolist() == [4]
    assert result.data.returns is not None
    assert result.data.returns["quantity"].tolist() == [8, 1]
    assert "p9" not in set(result.data.products["product_id"])


def test_a_return_of_more_than_was_bought_is_counted_apart() -> None:
    other = with_cell("retailer_id", "shop-9")
    result = cleaned(
        orders(LINE, ("r1", "shop-1", "p1", "2026-05-09", -8, 2.5), ("o2", *other[1:]))
    )
    assert reasons(result) == {1: "cancelled_in_full", 2: "netted_in_part"}


def test_spellings_of_a_known_id_become_the_known_one() -> None:
    products = pd.DataFrame({"product_id": ["SKU-1"], "name": ["Rice"], "category": ["Food"]})
    result = cleaned(orders(with_cell("product_id", "sku-1")), products=products)
    assert result.data.orders["product_id"].tolist() == ["SKU-1"]
    assert reasons(result) == {1: "merged_spelling"}
    assert len(result.data.products) == 1


def test_ids_with_letters_of_both_kinds_inside_stay_apart() -> None:
    frame = orders(with_cell("product_id", "aB3x"), with_cell("product_id", "Ab3X"))
    assert len(cleaned(frame).data.products) == 2


def test_services_go_only_where_the_code_holds_no_digit() -> None:
    rows = [
        ("POST", "Postage", 1), ("FRT", "Freight charge", 2), ("S-1", "Postage scale", 3),
        ("DISC", "Discount 10%", 4), ("MILL", "Manual coffee mill", 5), ("TUBE", "Test tubes", 6),
    ]  # fmt: skip
    frame = orders(
        *((f"o{at}", "shop", code, "2026-05-01", 1, 2.0, name) for code, name, at in rows),
        columns=[*COLUMNS, "description"],
    )
    assert reasons(cleaned(frame)) == {
        1: "service.postage", 2: "service.postage", 4: "service.discount",
    }  # fmt: skip


def test_quantities_in_cases_are_turned_into_pieces_where_the_size_is_known() -> None:
    products = pd.DataFrame(
        {"product_id": ["p1"], "name": ["Rice"], "category": ["Food"], "case_size": [12]}
    )
    rows = [with_cell("quantity", "2 cases"), *(with_cell("order_id", f"x{i}") for i in range(3))]
    result = cleaned(orders(*rows), products=products)
    assert result.data.orders["quantity"].tolist() == [24, 6, 6, 6]
    assert reasons(result)[1] in ("counted_in_cases", "repaired_quantity")


def test_rows_with_cells_beyond_the_header_are_set_aside() -> None:
    from smartreco.dataset.aliases import EXTRA_CELLS

    frame = good(3).assign(**{EXTRA_CELLS: [None, "x", None]})
    result = cleaned(frame)
    assert reasons(result) == {2: "too_many_cells"}
    assert result.report.file("orders").ignored_columns == ()


def test_currency_and_name_can_be_told() -> None:
    options = CleaningOptions(name="Ours", currency="EUR", locale="de_DE")
    info = cleaned(good(), options).data.info
    assert (info.name, info.currency, info.locale) == ("Ours", "EUR", "de_DE")
    assert (info.lines, info.products, info.retailers) == (3, 3, 2)
