"""An empty A4 page and how text is put on it, for everything that is handed out as a PDF.

Names come in every script, so the fonts travel with the program; Devanagari needs its signs
joined (text shaping), which HarfBuzz does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from smartreco.config import PROJECT
from smartreco.language import Language

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS: Final = PROJECT / "assets" / "fonts"
FIRST_JOINING: Final = "\u0590"  # Hebrew, and all scripts after it
GREY, RULE, INK = (87, 96, 106), (208, 215, 222), (27, 31, 36)


def new_page(title: str, words: Language, texts: Iterable[str]) -> FPDF:
    """A4; ``texts`` are those of it that come from data."""
    from fpdf import FPDF  # a fifth of a second that only those pay who want a PDF

    page = FPDF(format="A4")
    page.set_title(title)
    page.set_lang(words.locale.language)
    page.set_margin(15)
    page.set_auto_page_break(True, 15)
    page.add_font("sheet", "", FONTS / "NotoSans-Regular.ttf")
    page.add_font("sheet", "B", FONTS / "NotoSans-Bold.ttf")
    page.add_font("devanagari", "", FONTS / "NotoSansDevanagari-Regular.ttf")
    page.set_fallback_fonts(["devanagari"], exact_match=False)
    page.set_text_shaping(_joins(texts))
    page.set_draw_color(*RULE)
    page.set_text_color(*INK)
    page.add_page()
    return page


def font(page: FPDF, style: str, size: float) -> None:
    """Choose a font, and write so before any text.

    The library writes it with the next text; where that begins in another script, it does so
    within that text's own state, and all that follows is drawn in the font before.
    """
    page.set_font("sheet", style, size)
    page.text(page.l_margin, page.get_y(), "")


def paragraph(page: FPDF, text: str, height: float = 6) -> None:
    """Text over the width of the page."""
    page.multi_cell(0, height, text, align="LEFT", new_x="LMARGIN", new_y="NEXT")


def broken(page: FPDF, text: str, width: float, line: float) -> list[str]:
    """Text in lines no wider than `width` (mm)."""
    if page.get_string_width(text) <= width - 2:
        return [text]
    parts = page.multi_cell(width, line, text, dry_run=True, output="LINES")
    return parts if isinstance(parts, list) else [text]


def _joins(texts: Iterable[str]) -> bool:
    """Whether a script is in it whose signs join; shaping takes most of a page's time."""
    return any(sign >= FIRST_JOINING for text in texts for sign in text)
