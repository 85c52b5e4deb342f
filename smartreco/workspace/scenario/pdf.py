"""A what-if's report as a PDF of one A4 page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from smartreco.language import Language
from smartreco.workspace.pdf_page import GREY, INK, broken, font, new_page, paragraph
from smartreco.workspace.scenario.report import HEAD, LIST_HEAD, ReportContent, Row

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTHS: Final = (47, 21, 22, 24, 38, 28)  # mm
LINE, SMALL = 4.4, 8.0  # mm, and points
CHART: Final = 34.0  # mm
LEFT: Final = 16.0  # mm that the axis takes
BAND, MEAN = (158, 197, 240), (11, 74, 148)
DAY: Final = 18.0  # mm that a day takes
MOST_DAYS: Final = 6  # that are written below the chart


def as_pdf(content: ReportContent, words: Language) -> bytes:
    """The PDF's bytes."""
    page = new_page(content.title, words, [content.title, *content.story, *content.levers])
    font(page, "B", 15)
    paragraph(page, content.title, 8)
    font(page, "", 9)
    page.set_text_color(*GREY)
    paragraph(page, content.about, 5)
    page.set_text_color(*INK)
    page.ln(1)
    font(page, "", 10)
    for one in content.story:
        paragraph(page, one, 5)
    _points(page, words.text("What is moved"), content.levers)
    if content.measures:
        _table(page, words.text("What came of it"), HEAD, content.measures, words)
    if content.lists:
        _table(page, words.text("Lists before and after"), LIST_HEAD, content.lists, words)
    if content.bars:
        _timeline(page, content, words)
    nothing = (words.text("Nothing to know before trusting a figure"),)
    _points(page, words.text("What it rests on"), content.assumptions or nothing)
    _points(page, words.text("How far to trust this"), content.trust)
    page.ln(1.5)
    font(page, "", SMALL)
    page.set_text_color(*GREY)
    paragraph(page, content.footer, LINE)
    return bytes(page.output())


def _title(page: FPDF, text: str) -> None:
    page.ln(2.5)
    font(page, "B", 10)
    paragraph(page, text, 5.5)


def _points(page: FPDF, title: str, lines: Iterable[str]) -> None:
    _title(page, title)
    font(page, "", SMALL)
    for one in lines:
        paragraph(page, f"• {one}", LINE)


def _table(page: FPDF, title: str, head: Row, rows: Iterable[Row], words: Language) -> None:
    _title(page, title)
    _row(page, tuple(words.text(one) if one else "" for one in head), bold=True)
    for row in rows:
        _row(page, row)


def _row(page: FPDF, cells: Row, *, bold: bool = False) -> None:
    font(page, "B" if bold else "", SMALL)
    parts = [broken(page, text, width, LINE) for text, width in zip(cells, WIDTHS, strict=True)]
    height = max(map(len, parts)) * LINE + 0.8
    if page.will_page_break(height):
        page.add_page()
        font(page, "B" if bold else "", SMALL)
    left, top = page.l_margin, page.get_y()
    last = len(WIDTHS) - 1
    for at, (part, width) in enumerate(zip(parts, WIDTHS, strict=True)):
        for down, text in enumerate(part):
            page.set_xy(left, top + 0.4 + down * LINE)
            page.cell(width, LINE, text, align="L" if at in (0, last) else "R")
        left += width
    page.line(page.l_margin, top + height, left, top + height)
    page.set_xy(page.l_margin, top + height)


def _timeline(page: FPDF, content: ReportContent, words: Language) -> None:
    """Bands and means by week on one line of zero."""
    _title(page, content.bars_of)
    font(page, "", SMALL)
    low, high, lowest, highest = content.axis(words)
    if high <= low:
        paragraph(page, words.text("No week differs from today"), LINE)
        return
    if page.will_page_break(CHART + LINE):
        page.add_page()
    top, left = page.get_y(), page.l_margin + LEFT
    step = (page.epw - LEFT) / len(content.bars)

    def down(value: float) -> float:
        return float(top + 2 + (high - value) / (high - low) * (CHART - 4))

    page.set_fill_color(*BAND)
    for at, one in enumerate(content.bars):
        x = left + (at + 0.1) * step
        tall = max(down(one.low) - down(one.high), 0.2)
        page.rect(x, down(one.high), 0.6 * step, tall, style="F")
        page.set_draw_color(*MEAN)
        page.set_line_width(0.7)
        page.line(x, down(one.value), x + 0.6 * step, down(one.value))
    page.set_line_width(0.2)
    page.set_draw_color(*GREY)
    page.line(left, down(0.0), page.l_margin + page.epw, down(0.0))
    for value, said in ((low, lowest), (high, highest)):
        if value:
            page.set_xy(page.l_margin, down(value) - LINE / 2)
            page.cell(LEFT - 1, LINE, said, align="R")
    _days(page, content, words, step, top + CHART)


def _days(page: FPDF, content: ReportContent, words: Language, step: float, top: float) -> None:
    every = max(-(-len(content.bars) // MOST_DAYS), 1)
    for at, one in enumerate(content.bars):
        if at % every == 0 and at * step <= page.epw - LEFT - DAY:
            page.set_xy(page.l_margin + LEFT + at * step, top)
            page.cell(every * step, LINE, words.day(one.day))
    page.set_xy(page.l_margin, top + LINE)
