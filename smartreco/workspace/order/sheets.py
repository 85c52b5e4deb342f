"""An order to hand on: a page to print, a file for a program, a text for a chat."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from smartreco.errors import InputError
from smartreco.language import Language, Money
from smartreco.workspace.cells import inert
from smartreco.workspace.order.html import as_html
from smartreco.workspace.order.pdf import as_pdf
from smartreco.workspace.sheet_content import SheetContent, SheetLine

CSV_COLUMNS: Final = (
    "order_id", "ordered_on", "vendor", "product_id", "name", "quantity", "case_size",
    "unit_price", "value",
)  # fmt: skip


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
    """Columns `CSV_COLUMNS`; marked as UTF-8, so that Excel reads every script.

    ``order_id`` is empty for a draft, ``quantity`` in pieces. Lines stand by vendor.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for line in (line for part in content.parts for line in part.lines):
        product, value = line.product, None if line.value is None else round(line.value, 2)
        writer.writerow(
            [
                inert(content.order_id), content.day.isoformat(), inert(product.vendor or ""),
                inert(product.product_id), inert(product.name), line.quantity, product.case_size,
                line.unit_price, value,
            ]
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


def as_text(content: SheetContent, words: Language) -> bytes:
    """One line a product, for a chat."""
    rows = [f"{content.title} · {content.shop} · {words.day(content.day)}"]
    for part in content.parts:
        rows += ["", part.named(words)] if content.by_vendor else []
        rows += [_chat_line(line, words) for line in part.lines]
        rows += [f"{part.summed(words)}: {words.money(part.total)}"] if content.by_vendor else []
    rows += [""] if content.by_vendor else []
    rows.append(f"{content.size(words)}: {words.money(content.total)}")
    if content.unpriced:
        rows.append(words.text("Prices on request are not in the total"))
    if content.note:
        rows.append(words.text("Note: {note}", note=content.note))
    return "\n".join(rows).encode()


def _chat_line(line: SheetLine, words: Language) -> str:
    value = words.text("price on request") if line.value is None else words.show(Money(line.value))
    much = words.number(line.quantity)
    if line.cases and line.packs(words):
        much += f" ({line.packs(words)})"
    return f"{much} × {line.product.name} ({line.product.product_id}) = {value}"


_MAKERS: Final[Mapping[Sheet, Callable[[SheetContent, Language], bytes]]] = {
    Sheet.PDF: as_pdf,
    Sheet.CSV: as_csv,
    Sheet.TEXT: as_text,
    Sheet.HTML: as_html,
}
