"""An order to hand on: a page to print, a file for a program, a text for a chat."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from smartreco.errors import InputError
from smartreco.language import Language, Money
from smartreco.workspace.drafts import inert
from smartreco.workspace.order_html import as_html
from smartreco.workspace.order_pdf import as_pdf
from smartreco.workspace.sheet_content import SheetContent, SheetLine

CSV_COLUMNS: Final = ("product_id", "name", "quantity", "cases", "unit_price", "value")


class Sheet(StrEnum):
    """What an order can be handed on as."""

    PDF = "pdf"
    CSV = "csv"
    TEXT = "text"
    HTML = "html"


def made_sheet(content: SheetContent, kind: Sheet | str, words: Language) -> bytes:
    """A sheet of some kind; text is UTF-8.

    Raises
    ------
    InputError
        No such kind.
    """
    try:
        make = _MAKERS[Sheet(kind)]
    except ValueError:
        raise InputError(
            "a sheet is one of " + ", ".join(Sheet), repr(kind), "choose one"
        ) from None
    return make(content, words)


def as_csv(content: SheetContent, words: Language) -> bytes:
    """Columns `CSV_COLUMNS`; marked as UTF-8, so that Excel reads every script."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for line in content.lines:
        value = None if line.value is None else round(line.value, 2)
        writer.writerow(
            [
                inert(line.product.product_id), inert(line.product.name), line.quantity,
                round(line.cases, 2), line.unit_price, value,
            ]
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


def as_text(content: SheetContent, words: Language) -> bytes:
    """One line a product, for a chat."""
    rows = [f"{content.title} · {content.shop} · {words.day(content.day)}"]
    rows += [_chat_line(line, words) for line in content.lines]
    rows.append(f"{content.size(words)}: {words.money(content.total)}")
    if content.unpriced:
        rows.append(words.text("Prices on request are not in the total"))
    if content.note:
        rows.append(words.text("Note: {note}", note=content.note))
    return "\n".join(rows).encode()


def _chat_line(line: SheetLine, words: Language) -> str:
    value = words.text("price on request") if line.value is None else words.show(Money(line.value))
    much = words.number(line.quantity)
    return f"{much} × {line.product.name} ({line.product.product_id}) = {value}"


_MAKERS: Final[Mapping[Sheet, Callable[[SheetContent, Language], bytes]]] = {
    Sheet.PDF: as_pdf,
    Sheet.CSV: as_csv,
    Sheet.TEXT: as_text,
    Sheet.HTML: as_html,
}
