"""An order as a PDF of A4 pages.

Product names come in every script, so the fonts travel with the program; Devanagari needs
its signs joined (text shaping), which HarfBuzz does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smartreco.config import PROJECT
from smartreco.language import Language
from smartreco.workspace.sheet_content import SheetContent

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS: Final = PROJECT / "assets" / "fonts"
WIDTHS: Final = (58, 22, 16, 32, 24, 28)  # mm: product, code, pieces, packs, price, value
FIGURES_FROM: Final = 2  # columns from here on stand on the right
LINE: Final = 5.0  # mm
Cells = tuple[str, ...]
FIRST_JOINING: Final = "\u0590"  # Hebrew, and all scripts after it
GREY, RULE, INK = (87, 96, 106), (208, 215, 222), (27, 31, 36)


def as_pdf(content: SheetContent, words: Language) -> bytes:
    """The PDF's bytes."""
    page = _page(content, words)
    _font(page, "B", 16)
    _paragraph(page, content.title, 9)
    _font(page, "", 11)
    _paragraph(page, content.shop)
    page.set_text_color(*GREY)
    _paragraph(page, f"{words.day(content.day)} · {content.state}")
    page.set_text_color(*INK)
    if content.note:
        page.ln(2)
        _paragraph(page, content.note)
    page.ln(4)
    _table(page, content, words)
    if content.unpriced:
        _font(page, "", 9)
        page.set_text_color(*GREY)
        page.ln(2)
        _paragraph(page, words.text("Prices on request are not in the total"))
    return bytes(page.output())


def _font(page: FPDF, style: str, size: float) -> None:
    """Choose a font, and write so before any text.

    The library writes it with the next text; where that begins in another script, it does so
    within that text's own state, and all that follows is drawn in the font before.
    """
    page.set_font("sheet", style, size)
    page.text(page.l_margin, page.get_y(), "")


def _paragraph(page: FPDF, text: str, height: float = 6) -> None:
    page.multi_cell(0, height, text, align="LEFT", new_x="LMARGIN", new_y="NEXT")


def _page(content: SheetContent, words: Language) -> FPDF:
    from fpdf import FPDF  # a fifth of a second that only sheets pay

    page = FPDF(format="A4")
    page.set_title(content.title)
    page.set_lang(words.locale.language)
    page.set_margin(15)
    page.set_auto_page_break(True, 15)
    page.add_font("sheet", "", FONTS / "NotoSans-Regular.ttf")
    page.add_font("sheet", "B", FONTS / "NotoSans-Bold.ttf")
    page.add_font("devanagari", "", FONTS / "NotoSansDevanagari-Regular.ttf")
    page.set_fallback_fonts(["devanagari"], exact_match=False)
    page.set_text_shaping(_joins(content))
    page.set_draw_color(*RULE)
    page.set_text_color(*INK)
    page.add_page()
    return page


def _joins(content: SheetContent) -> bool:
    """Whether a script is in it whose signs join; shaping takes most of a sheet's time."""
    texts = [content.shop, content.note, *(line.product.name for line in content.lines)]
    return any(sign >= FIRST_JOINING for text in texts for sign in text)


def _table(page: FPDF, content: SheetContent, words: Language) -> None:
    """Rows cell by cell: the library's own tables lay every cell out twice."""
    names = ("Product", "Code", "Pieces", "Packs", "Price", "Value")
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
    _font(page, "B", 10)
    if page.will_page_break(5 * LINE):
        page.add_page()
        _row(page, head, head, bold=True)
        _font(page, "B", 10)
    page.ln(2)
    _paragraph(page, name)


def _row(page: FPDF, cells: Cells, head: Cells, *, bold: bool = False) -> None:
    """One row; what is too wide for its column is broken, and the row is as high as that.

    A row that does not fit stands whole on the next page, below the head.
    """
    _font(page, "B" if bold else "", 9)
    parts = [_broken(page, text, width) for text, width in zip(cells, WIDTHS, strict=True)]
    height = max(map(len, parts)) * LINE + 2
    if page.will_page_break(height):
        page.add_page()
        _row(page, head, head, bold=True)
        _font(page, "B" if bold else "", 9)
    left, top = page.l_margin, page.get_y()
    for at, (part, width) in enumerate(zip(parts, WIDTHS, strict=True)):
        for down, text in enumerate(part):
            page.set_xy(left, top + 1 + down * LINE)
            page.cell(width, LINE, text, align="L" if at < FIGURES_FROM else "R")
        left += width
    page.line(page.l_margin, top + height, left, top + height)
    page.set_xy(page.l_margin, top + height)


def _broken(page: FPDF, text: str, width: float) -> list[str]:
    if page.get_string_width(text) <= width - 2:
        return [text]
    parts = page.multi_cell(width, LINE, text, dry_run=True, output="LINES")
    return parts if isinstance(parts, list) else [text]
