"""An order as a PDF of A4 pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smartreco.language import Language, noted
from smartreco.workspace.pdf_page import GREY, INK, broken, font, new_page, paragraph
from smartreco.workspace.sheet_content import SheetContent

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTHS: Final = (58, 22, 16, 32, 24, 28)  # mm: product, code, pieces, packs, price, value
FIGURES_FROM: Final = 2  # columns from here on stand on the right
LINE: Final = 5.0  # mm
Cells = tuple[str, ...]


def as_pdf(content: SheetContent, words: Language) -> bytes:
    """The PDF's bytes."""
    texts = [content.shop, content.note, *(line.product.name for line in content.lines)]
    page = new_page(content.title, words, texts)
    font(page, "B", 16)
    paragraph(page, content.title, 9)
    font(page, "", 11)
    paragraph(page, content.shop)
    page.set_text_color(*GREY)
    paragraph(page, f"{words.day(content.day)} · {content.state}")
    page.set_text_color(*INK)
    if content.note:
        page.ln(2)
        paragraph(page, content.note)
    page.ln(4)
    _table(page, content, words)
    if content.unpriced:
        font(page, "", 9)
        page.set_text_color(*GREY)
        page.ln(2)
        paragraph(page, words.text("Prices on request are not in the total"))
    return bytes(page.output())


def _table(page: FPDF, content: SheetContent, words: Language) -> None:
    """Rows cell by cell: the library's own tables lay every cell out twice."""
    names = ("Product", "Code", "Pieces", noted("Packs"), "Price", "Value")
    head = tuple(words.text(one) for one in names)
    _row(page, head, head, bold=True)
    for part in content.parts:
        if content.by_vendor:
            _vendor(page, part.named(words), head)
        for line in part.lines:
            _row(page, (line.product.name, line.product.product_id, *line.figures(words)), head)
        if content.by_vendor:
            total = words.money(part.total)
            _row(page, (part.summed(words), "", "", "", "", total), head, bold=True)
    _row(page, (content.size(words), "", "", "", "", words.money(content.total)), head, bold=True)


def _vendor(page: FPDF, name: str, head: Cells) -> None:
    """A vendor's name across the page, never apart from the first of his lines."""
    font(page, "B", 10)
    if page.will_page_break(5 * LINE):
        page.add_page()
        _row(page, head, head, bold=True)
        font(page, "B", 10)
    page.ln(2)
    paragraph(page, name)


def _row(page: FPDF, cells: Cells, head: Cells, *, bold: bool = False) -> None:
    """One row; what is too wide for its column is broken, and the row is as high as that.

    A row that does not fit stands whole on the next page, below the head.
    """
    font(page, "B" if bold else "", 9)
    parts = [broken(page, text, width, LINE) for text, width in zip(cells, WIDTHS, strict=True)]
    height = max(map(len, parts)) * LINE + 2
    if page.will_page_break(height):
        page.add_page()
        _row(page, head, head, bold=True)
        font(page, "B" if bold else "", 9)
    left, top = page.l_margin, page.get_y()
    for at, (part, width) in enumerate(zip(parts, WIDTHS, strict=True)):
        for down, text in enumerate(part):
            page.set_xy(left, top + 1 + down * LINE)
            page.cell(width, LINE, text, align="L" if at < FIGURES_FROM else "R")
        left += width
    page.line(page.l_margin, top + height, left, top + height)
    page.set_xy(page.l_margin, top + height)
