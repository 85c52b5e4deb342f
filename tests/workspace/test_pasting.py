"""What people paste is understood in every common form, and never guessed at."""

from __future__ import annotations

import io
import string

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.entities import DatasetInfo, Provenance
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.order.book_views import Pasted
from smartreco.workspace.order.pasted_rows import LARGEST_FILE
from smartreco.workspace.order.pasting import MOST_ROWS, chosen, read_text, read_upload
from smartreco.workspace.order.words import TEMPLATES, say
from smartreco.workspace.shelf.counting import preview

GOODS = [
    ("P-001", "Basmati Rice, 5 kg", 12, True),
    ("P-002", "Basmati Rice, 10 kg", 6, True),
    ("P-003", "Assam Tea 250", 24, True),
    ("10802", "Crown Royal Peach", 6, True),
    ("X9", "Old Soap", 1, False),
    ("आम-1", "आम का अचार", 4, True),
]


def _catalogue() -> Catalogue:
    products = pd.DataFrame(GOODS, columns=["product_id", "name", "case_size", "active"])
    products = products.assign(
        category="Food", subcategory=None, vendor_id=None, vendor=None, unit_price=10.0,
        on_hand=None,
    )  # fmt: skip
    columns = ["retailer_id", "name", "city", "region", "segment"]
    info = DatasetInfo("t", "INR", "en_IN", Provenance.IMPORTED)
    return Catalogue(info, products, pd.DataFrame(columns=columns))


CATALOGUE = _catalogue()


def read(text: str) -> Pasted:
    return read_text(text, CATALOGUE)


def understood(pasted: Pasted) -> dict[str, int | None]:
    return {one.product.product_id: one.quantity for one in pasted.good if one.product}


def problems(text: str) -> list[str]:
    return [one.problem.template for one in read(text).bad if one.problem is not None]


@pytest.mark.parametrize(
    "row",
    [
        "P-001\t12", "P-001,12", "P-001;12", "P-001 12", "p-001   x12", "P-001 x 12", "P-001|12",
        "P-001: 12", "P-001 - 12", "12 x P-001", "12 P-001", "12,P-001", "1 case P-001",
        "P-001 1 case", "P-001\t1 CS", "P-001;12 pcs", "P-001\t12.0", "1. P-001 12",
        "- P-001 x12", "Basmati Rice, 5 kg\t12", "Basmati Rice, 5 kg, 12",
        "basmati rice, 5 kg x 12", "12 pcs of Basmati Rice, 5 kg", '"Basmati Rice, 5 kg",12',
        "P-001,Basmati Rice,12",
        "P-001 = १२", "  P-001 , 12  ", "P-001,Basmati Rice 5 kg,,12", "'P-001,12",
    ],
)  # fmt: skip
def test_one_product_and_how_many_in_the_forms_people_use(row: str) -> None:
    assert understood(read(row)) == {"P-001": 12}


def test_a_code_of_digits_is_no_quantity() -> None:
    assert understood(read("10802 3\n")) == {"10802": 3}
    assert understood(read("10802,3")) == {"10802": 3}
    assert understood(read("3 x 10802")) == {"10802": 3}


def test_thousands_are_read_in_both_groupings() -> None:
    assert understood(read("P-003\t1,200\nP-002\t1,00,000")) == {"P-003": 1200, "P-002": 100_000}


@pytest.mark.parametrize(
    "row",
    [
        "P-001;2,50", "P-001\t2,50", 'P-001,"2,50"', "P-001 2,50", "P-001; 2,5", "P-001;1,20",
        "P-001\t0.5", "P-001\t2.5", "P-001\t1.000", "P-001 1.000", "P-001;1,200.000",
        "P-001;-5", "P-001\t-5", "P-001,-5", "P-001 -5", "P-001: -5", "P-001 –5", "P-001 x-5",
        "-5 P-001", "2.5 P-001", "P-001;-5;3", "P-001\t1,2345", "P-001\t-1 case",
    ],
)  # fmt: skip
def test_a_number_that_may_mean_two_things_is_refused_and_said(row: str) -> None:
    assert problems(row) == ["paste.unread"]
    (counted,) = preview(CATALOGUE, row).lines
    assert counted.problem is not None
    assert "whole number" in counted.problem


@pytest.mark.parametrize("row", ["P-001,2,50", "P-001,1,200", "P-001\t12\t12", "P-001;5;7"])
def test_of_several_numbers_none_is_guessed(row: str) -> None:
    assert problems(row) == ["paste.several_numbers"]
    assert preview(CATALOGUE, row).counts == {}


def test_a_price_beside_the_quantity_is_passed_over() -> None:
    assert understood(read("P-001;Basmati Rice;12;45.50\nP-003\t3\t1.25")) == {
        "P-001": 12, "P-003": 3,
    }  # fmt: skip


def test_a_hyphen_in_a_code_is_no_minus_and_no_quantity() -> None:
    assert understood(read("P-001 - 5\nP-002- 3")) == {"P-001": 5, "P-002": 3}
    assert problems("P-001-5") == ["paste.unknown_like"]


_FORMS = ["{}\t{}", "{};{}", "{} {}", "{} x{}", "{}|{}", "{}: {}", "{},{}", "{} {} pcs"]
_NUMBERS = st.one_of(
    st.integers(0, 2_000_000).map(str), st.integers(1_000, 999_999).map("{:,}".format),
    st.from_regex(r"-?[0-9]{1,4}[.,][0-9]{1,4}", fullmatch=True), st.just("1,00,000"),
)  # fmt: skip


@given(form=st.sampled_from(_FORMS), code=st.sampled_from(["P-001", "10802"]), number=_NUMBERS)
def test_a_row_says_the_same_on_the_page_of_orders_and_of_counts(
    form: str, code: str, number: str
) -> None:
    row = form.format(code, number)
    (ordered,), (counted,) = read(row).lines, preview(CATALOGUE, row).lines
    assert counted.product == ordered.product
    bounds = ordered.problem is not None and ordered.problem.template == "paste.bad_quantity"
    if not bounds:  # a count may be none, or more than an order holds
        assert counted.pieces == ordered.quantity
        assert (counted.problem is None) == (ordered.problem is None)


def test_other_scripts_are_read_too() -> None:
    assert understood(read("आम का अचार x 4")) == {"आम-1": 4}


def test_a_header_says_which_column_is_which() -> None:
    text = "Rate;Qty;Item code;Cases\n10;5;P-001;9\n20;;P-002;2"
    assert understood(read(text)) == {"P-001": 5, "P-002": 12}


def test_rows_of_one_product_are_added_up_and_say_so() -> None:
    pasted = read("P-001 5\nassam 2\nBasmati Rice, 5 kg\t7")
    assert understood(pasted) == {"P-001": 12, "P-003": 2}
    hint = pasted.good[0].hint
    assert hint is not None
    assert (hint.template, hint.values["rows"]) == ("paste.added_up", "1, 3")


def test_cases_are_turned_into_pieces_and_say_so() -> None:
    (line,) = read("P-003 3 cases").good
    assert line.quantity == 72
    assert line.hint is not None
    assert say(line.hint, Language("en")) == "3 cases of 24 pieces"


def test_the_beginning_of_a_name_will_do_where_only_one_has_it() -> None:
    assert understood(read("crown roy 2")) == {"10802": 2}
    assert problems("basmati 2") == ["paste.several"]
    assert problems("cr 2") == ["paste.unknown"]


def test_what_is_not_understood_keeps_its_row_number_and_the_closest_product() -> None:
    pasted = read("P-001 2\n\nAsam Tea 250; 3\nzzzzzz 4\nP-002\nP-003;0\nX9 1")
    bad = {line.row: (line.problem.template, line.suggestion) for line in pasted.bad
           if line.problem is not None}  # fmt: skip
    assert {row: template for row, (template, _) in bad.items()} == {
        3: "paste.unknown_like", 4: "paste.unknown", 5: "paste.no_quantity",
        6: "paste.bad_quantity", 7: "paste.inactive",
    }  # fmt: skip
    like = bad[3][1]
    assert like is not None
    assert like.product_id == "P-003"
    assert understood(pasted) == {"P-001": 2}


def test_a_sum_beyond_what_an_order_holds_is_a_problem() -> None:
    assert problems("P-001 900000\nP-001 900000") == ["paste.bad_quantity"]


def test_an_endless_list_is_refused() -> None:
    with pytest.raises(InputError, match="in parts"):
        read("P-001 1\n" * (MOST_ROWS + 1))
    with pytest.raises(InputError, match="in parts"):
        read("P-001 1 " * 100_000)


def _workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b'product_id,name,quantity,cases\nP-001,"Rice, 5 kg",12,1\n10802,,6,1\n'),
        ("a.csv", "﻿P-001;12\r\n10802;6\r\n".encode()),
        ("a.txt", "P-001\t12\n10802\t6".encode("utf-16")),
        ("a.xlsx", _workbook(("Code", "Qty"), ("P-001", 12), (10802, 6))),
        ("A.XLSX", _workbook(("P-001", 12), (10802, 6.0))),
    ],
)  # fmt: skip
def test_files_are_read_as_pasted_text_is(name: str, content: bytes) -> None:
    assert understood(read_upload(name, content, CATALOGUE)) == {"P-001": 12, "10802": 6}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "CSV, Parquet or XLSX"),
        ("a.xlsx", b"not a workbook", "Excel workbook"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"x" * (LARGEST_FILE + 1), "at most 4 MB"),
        ("a.csv", b"\x00\x01\x02", "text"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gets_one_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_upload(name, content, CATALOGUE)


_ROWS = st.lists(
    st.tuples(st.sampled_from([one[0] for one in GOODS if one[3]]), st.integers(1, 9_999)),
    max_size=12,
)


@given(rows=_ROWS, sign=st.sampled_from(["\t", ";", ",", " ", " x", "|"]))
def test_every_list_of_codes_and_quantities_is_read_back(
    rows: list[tuple[str, int]], sign: str
) -> None:
    wanted: dict[str, int] = {}
    for code, pieces in rows:
        wanted[code] = wanted.get(code, 0) + pieces
    pasted = read("\n".join(f"{code}{sign}{pieces}" for code, pieces in rows))
    assert understood(pasted) == wanted
    assert not pasted.bad


@settings(max_examples=200)
@given(text=st.text(alphabet=string.printable + "x×₹आ१", max_size=120))
def test_no_text_breaks_the_reader_and_every_problem_can_be_said(text: str) -> None:
    pasted = read(text)
    for line in pasted.lines:
        assert (line.problem is None) == (line.product is not None and line.quantity is not None)
        for sentence in (line.problem, line.hint):
            assert sentence is None or say(sentence, Language("en", "INR"))
            assert sentence is None or sentence.template in TEMPLATES


def test_a_row_that_may_mean_several_products_names_them_and_its_reader_chooses() -> None:
    pasted = read("Basmati, 12\nP-003, 24")
    (line,) = pasted.bad
    assert line.problem is not None
    assert "Basmati Rice, 5 kg" in str(line.problem.values["names"])
    assert {one.product.product_id for one in line.choices} == {"P-001", "P-002"}
    after = chosen(pasted, line.row, "P-002")
    assert understood(after) == {"P-002": 12, "P-003": 24}
    assert chosen(pasted, line.row, "P-003") == pasted  # it is none of the choices


def test_what_is_chosen_is_added_to_the_other_rows_of_the_product() -> None:
    pasted = read("P-002, 6\nBasmati, 1 case")
    (line,) = pasted.bad
    assert understood(chosen(pasted, line.row, "P-002")) == {"P-002": 12}


def test_a_name_that_is_nearly_one_can_be_taken_for_it() -> None:
    pasted = read("Crown Royl Peach, 3")
    (line,) = pasted.bad
    assert understood(chosen(pasted, line.row, "10802")) == {"10802": 3}
