"""A sheet holds every line of its order, in every form and script."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from smartreco.entities import Product
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.workspace.order_sheets import CSV_COLUMNS, Sheet, made_sheet
from smartreco.workspace.sheet_content import SheetContent, SheetLine, of_draft
from smartreco.workspace.views import Draft

WORDS = Language("en_IN", "INR")
NAMES = ["Basmati rice, 5 kg", "आम का अचार", 'Soap <b>"&', "=HYPERLINK(1)", "A long name " * 12]
LINES = tuple(
    SheetLine(
        Product(f"P-{at:03d}", NAMES[at % 5], "c", case_size=6), 10 + at, 50.0 if at != 2 else None
    )
    for at in range(60)
)
CONTENT = SheetContent(
    "Order SR-000001", "Kapoor Kirana", date(2026, 10, 10), "Placed", "Ring\ntwice", LINES
)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_pdf_holds_every_line_and_what_they_come_to() -> None:
    pdf = made_sheet(CONTENT, Sheet.PDF, WORDS)
    assert pdf.startswith(b"%PDF")
    text = text_of(pdf)
    assert all(line.product.product_id in text for line in LINES)
    for shown in ("SR-000001", "Kapoor Kirana", "10 Oct 2026", "Placed", "twice", "Basmati rice"):
        assert shown in text
    assert WORDS.money(CONTENT.total) in text
    assert "₹" in text
    assert "Prices on request" in text


def test_every_page_of_the_pdf_has_the_head_and_no_line_is_lost_at_its_end() -> None:
    reader = PdfReader(io.BytesIO(made_sheet(CONTENT, Sheet.PDF, WORDS)))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 1
    assert all("Product" in page and "Pieces" in page for page in pages)
    assert all(sum(f"P-{at:03d}" in page for page in pages) == 1 for at in range(60))


def test_the_csv_is_read_back_and_starts_no_formula() -> None:
    raw = made_sheet(CONTENT, "csv", WORDS).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw)))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["product_id"] for row in rows] == [line.product.product_id for line in LINES]
    assert [int(row["quantity"]) for row in rows] == [line.quantity for line in LINES]
    assert rows[3]["name"].startswith("'=")
    assert (rows[2]["unit_price"], rows[2]["value"]) == ("", "")


def test_the_text_for_a_chat_has_a_line_a_product() -> None:
    rows = made_sheet(CONTENT, "text", WORDS).decode().splitlines()
    assert rows[0] == "Order SR-000001 · Kapoor Kirana · 10 Oct 2026"
    assert rows[1] == "10 × Basmati rice, 5 kg (P-000) = ₹500"
    assert rows[3].endswith("price on request")
    assert rows[61] == "60 products, 2,370 pieces: " + WORDS.money(CONTENT.total)


def test_the_page_to_print_shows_names_as_they_are() -> None:
    page = made_sheet(CONTENT, "html", WORDS).decode()
    assert "<b>" not in page
    assert "<script" not in page
    shown: list[str] = []
    parser = HTMLParser()
    parser.handle_data = shown.append  # type: ignore[method-assign]
    parser.feed(page)
    assert {line.product.name for line in LINES} <= set(shown)


def test_a_short_order_fits_one_page() -> None:
    small = replace(CONTENT, lines=LINES[:1], note="")
    assert len(PdfReader(io.BytesIO(made_sheet(small, "pdf", WORDS))).pages) == 1


def test_an_empty_draft_and_an_unknown_form_are_refused() -> None:
    with pytest.raises(InputError, match="at least one line"):
        of_draft(Draft(), "Shop", date(2026, 1, 1), WORDS)
    with pytest.raises(InputError, match="a sheet is one of"):
        made_sheet(CONTENT, "docx", WORDS)
