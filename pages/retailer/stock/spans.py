"""Spans of time by which a shop thinks of running out, and which products fall into each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pages.components.charts import Span
from smartreco.language import Language, noted
from smartreco.workspace.shelf.stock_views import Known, ShelfRow, ShelfView

WEEK: Final = 7
#: Key, last day of the span, words; " · " parts the lines of a label.
SPANS: Final = (
    ("out", 0, "out · now"),
    ("week-1", WEEK, "within · a week"),
    ("week-2", 2 * WEEK, "in · 2 weeks"),
    ("week-4", 4 * WEEK, "in 3 to · 4 weeks"),
    ("later", None, noted("later")),
)


def span_of(row: ShelfRow, view: ShelfView) -> str | None:
    """Key of the span in which a product runs out; None where its stock is unknown."""
    if row.known is Known.UNKNOWN:
        return None
    if row.runs_out_on is None:
        return SPANS[-1][0]
    days = (row.runs_out_on - view.today).days
    return next(key for key, last, _ in SPANS if last is None or days <= last)


def spans(rows: Sequence[ShelfRow], view: ShelfView, language: Language) -> list[Span]:
    """Each span with its products."""
    found = [(span_of(row, view), row.late) for row in rows]
    return [
        Span(
            key, language.text(words), sum(one == key for one, _ in found),
            sum(one == key and late for one, late in found),
        )
        for key, _, words in SPANS
    ]  # fmt: skip
