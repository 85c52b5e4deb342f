"""A sheet holds every line of its order, in every form and script."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from smartreco.entities import Product
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.workspace.order.sheets import CSV_COLUMNS, Sheet, made_sheet
from smartreco.workspace.sheet_content import SheetContent, SheetLine, of_draft
from smartreco.workspace.views import Draft

WORDS = Language("en_IN", "INR")
NAMES = ["Basmati rice, 5 kg", "आम का अचार", 'Soap <b>"&', "=HYPERLINK(1)", "A long name " * 12]
VENDORS = ["Annakoot Traders", "=Sonpari & Sons", None]
LINES = tuple(
    SheetLine(
        Product(f"P-{at:03d}", NAMES[at % 5], "c", vendor=VENDORS[at % 3], case_size=6),
        10 + at,
        50.0 if at != 2 else None,
    )
    for at in range(60)
)
CONTENT = SheetContent(
    "Order SR-000001",
    "Kapoor Kirana",
    date(2026, 10, 10),
    "Placed",
    "Ring\ntwice",
    LINES,
    "SR-000001",
)
BY_VENDOR = [line for vendor in (1, 0, 2) for line in LINES[vendor::3]]  # the dearest first


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


def test_a_pdf_that_begins_with_a_name_in_another_script_stays_readable() -> None:
    lines = tuple(replace(one, product=replace(one.product, vendor=None)) for one in LINES[1:4])
    text = text_of(made_sheet(replace(CONTENT, lines=lines), "pdf", WORDS))
    assert all(line.product.product_id in text for line in lines)


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
    assert [row["product_id"] for row in rows] == [one.product.product_id for one in BY_VENDOR]
    assert [int(row["quantity"]) for row in rows] == [one.quantity for one in BY_VENDOR]
    assert {(row["order_id"], row["ordered_on"]) for row in rows} == {("SR-000001", "2026-10-10")}
    assert {row["vendor"] for row in rows} == {"Annakoot Traders", "'=Sonpari & Sons", ""}
    by_id = {row["product_id"]: row for row in rows}
    assert by_id["P-003"]["name"].startswith("'=")
    assert (by_id["P-002"]["unit_price"], by_id["P-002"]["value"]) == ("", "")


def test_pieces_of_a_part_case_are_said_as_pieces() -> None:
    def packs(quantity: int, case_size: int) -> str:
        return SheetLine(Product("P", "x", "c", case_size=case_size), quantity, 1.0).packs(WORDS)

    assert [packs(5, 24), packs(24, 24), packs(53, 24)] == ["5 pcs", "1 case", "2 cases + 5 pcs"]
    assert packs(7, 1) == ""


@pytest.mark.parametrize("kind", ["pdf", "html", "text"])
def test_lines_stand_under_their_vendor_with_what_they_come_to(kind: str) -> None:
    sheet = made_sheet(CONTENT, kind, WORDS)
    text = unescape(text_of(sheet) if kind == "pdf" else sheet.decode())
    text = " ".join(text.split())
    at = [text.index(vendor) for vendor in ("=Sonpari & Sons", "Annakoot Traders", "Without a")]
    assert at == sorted(at)
    for part in CONTENT.parts:
        assert part.total == 50.0 * sum(one.quantity for one in part.lines if one.unit_price)
        assert part.summed(WORDS) in text
        assert WORDS.money(part.total) in text
    assert sum(part.total for part in CONTENT.parts) == CONTENT.total


@pytest.mark.parametrize("kind", ["pdf", "html", "text"])
def test_data_without_vendors_have_no_parts(kind: str) -> None:
    lines = tuple(replace(one, product=replace(one.product, vendor=None)) for one in LINES)
    sheet = made_sheet(replace(CONTENT, lines=lines), kind, WORDS)
    text = text_of(sheet) if kind == "pdf" else sheet.decode()
    assert "Without a vendor" not in text
    assert "Subtotal" not in text


def test_the_text_for_a_chat_has_a_line_a_product() -> None:
    rows = made_sheet(CONTENT, "text", WORDS).decode().splitlines()
    assert rows[0] == "Order SR-000001 · Kapoor Kirana · 10 Oct 2026"
    assert "10 (1 case + 4 pcs) × Basmati rice, 5 kg (P-000) = ₹500" in rows
    (unpriced,) = [row for row in rows if "(P-002)" in row]
    assert unpriced.endswith("price on request")
    assert "60 products, 2,370 pieces: " + WORDS.money(CONTENT.total) in rows
    assert all(sum(f"({one.product.product_id})" in row for row in rows) == 1 for one in LINES)


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
