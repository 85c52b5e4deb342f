"""One click settles a problem with the smallest change, and top-ups start with what is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from pages.retailer.mends import can_fill, mend, top_up
from smartreco.entities import DraftLine, ListName, Product, Recommendation, Suggestion
from smartreco.language import Language, Sentence
from smartreco.workspace.order.book_views import Blocker, DraftCheck, Problem, VendorPart
from smartreco.workspace.views import Draft

WORDS = Language("en_IN", "INR")
NOON = datetime(2026, 10, 10, 12)


def product(product_id: str, price: float | None, case: int, vendor: str = "V1") -> Product:
    """A product of a vendor."""
    return Product(
        product_id, f"Name {product_id}", "Food", vendor_id=vendor, vendor=vendor, case_size=case,
        unit_price=price,
    )  # fmt: skip


TEA, SOAP, RICE = product("tea", 10.0, 12), product("soap", 5.0, 6), product("rice", 100.0, 1, "V2")


def draft(**pieces: int) -> Draft:
    """A draft of tea, soap and rice."""
    known = {one.product_id: one for one in (TEA, SOAP, RICE)}
    return Draft(tuple(DraftLine(known[i], n, None, NOON) for i, n in pieces.items()))


def check(of: Draft, credit: float | None = None) -> DraftCheck:
    """What a check says of a draft whose credit is known."""
    return DraftCheck((), (), of.total, 0, credit, date(2026, 10, 10), False)


def problem(
    blocker: Blocker,
    product_id: str | None = None,
    room: int | None = None,
    vendor_id: str | None = None,
) -> Problem:
    """A problem of a kind."""
    return Problem(blocker, Sentence("draft.empty"), product_id, vendor_id, room=room)


def test_too_much_becomes_the_whole_cases_that_the_vendor_has() -> None:
    found = mend(problem(Blocker.STOCK, "tea", 30), draft(tea=48), check(draft(tea=48)), WORDS)
    assert found is not None
    assert (found.label, dict(found.pieces)) == ("Take 2 cases", {"tea": 24})


@pytest.mark.parametrize("room", [0, 11, None])
def test_less_than_a_case_left_takes_the_product_off(room: int | None) -> None:
    found = mend(problem(Blocker.STOCK, "tea", room), draft(tea=48), check(draft(tea=48)), WORDS)
    assert found is not None
    assert dict(found.pieces) == {"tea": 0}


def test_a_case_that_is_not_full_is_filled() -> None:
    found = mend(problem(Blocker.CASE, "soap"), draft(soap=7), check(draft(soap=7)), WORDS)
    assert found is not None
    assert (found.label, dict(found.pieces)) == ("Make it 2 cases", {"soap": 12})


def test_leaving_a_vendor_out_takes_off_his_lines_and_no_others() -> None:
    order = draft(tea=12, soap=6, rice=1)
    found = mend(problem(Blocker.MINIMUM, vendor_id="V1"), order, check(order), WORDS)
    assert found is not None
    assert dict(found.pieces) == {"tea": 0, "soap": 0}


def test_above_the_credit_the_line_goes_down_that_gives_up_least() -> None:
    order = draft(tea=36, rice=5)  # 360 + 500, 70 above: a tea case is 120, a rice 100
    found = mend(problem(Blocker.CREDIT), order, check(order, 790.0), WORDS)
    assert found is not None
    assert dict(found.pieces) == {"rice": 4}
    assert found.label == "Take off 1 piece of Name rice"


def test_far_above_the_credit_the_dearest_lines_go_until_it_fits() -> None:
    order = draft(tea=36, soap=60, rice=5)  # 360 + 300 + 500
    found = mend(problem(Blocker.CREDIT), order, check(order, 350.0), WORDS)
    assert found is not None
    assert dict(found.pieces) == {"rice": 0, "tea": 0}
    assert found.label == "Take off 2 products"


def test_a_price_that_is_not_known_is_for_the_reader_to_settle() -> None:
    assert mend(problem(Blocker.PRICE, "tea"), draft(tea=12), check(draft(tea=12)), WORDS) is None


def suggested(of: Product, quantity: int) -> Suggestion:
    """A line of a list."""
    line = Recommendation("R1", ListName.REORDER, 1, of.product_id, 1.0, 0.5, quantity, ())
    return Suggestion(line, of)


def test_a_minimum_is_filled_with_suggestions_first_and_no_more_than_is_missing() -> None:
    order, part = draft(tea=12), VendorPart("V1", "V1", 120.0, 170.0, 1)
    more = [suggested(TEA, 24), suggested(SOAP, 12), suggested(product("oil", 50.0, 1), 1)]
    assert top_up(part, order, more, {}) == {"soap": 12}


def test_what_suggestions_leave_missing_is_more_of_the_same_by_whole_cases() -> None:
    part = VendorPart("V1", "V1", 120.0, 250.0, 1)
    assert top_up(part, draft(tea=12, rice=1), [], {}) == {"tea": 36}


def test_where_stock_does_not_reach_the_minimum_nothing_is_changed() -> None:
    part = VendorPart("V1", "V1", 120.0, 250.0, 1)
    assert top_up(part, draft(tea=12), [], {"tea": 24}) == {}


def test_a_vendor_of_the_same_name_is_not_the_same_vendor() -> None:
    part = VendorPart("V1", "Fresh Foods", 120.0, 170.0, 1)
    namesake = replace(product("ghee", 25.0, 1, "V9"), vendor="Fresh Foods")
    more = [suggested(namesake, 2), suggested(SOAP, 12)]
    assert top_up(part, draft(tea=12), more, {}) == {"soap": 12}


@pytest.mark.parametrize(
    ("room", "pieces", "fills"), [(0, {"tea": 12}, False), (6, {"tea": 12}, True),
                                  (0, {"tea": 12, "soap": 6}, True)],
)  # fmt: skip
def test_a_vendor_of_whom_nothing_can_be_had_is_not_filled_up(
    room: int, pieces: dict[str, int], fills: bool
) -> None:
    order = draft(**pieces, rice=1)
    found = DraftCheck(
        (), (problem(Blocker.STOCK, "tea", room),), order.total, 0, None, date(2026, 10, 10), False
    )
    assert can_fill(VendorPart("V1", "V1", 120.0, 170.0, 1), order, found) is fills
