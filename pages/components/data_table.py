"""A table to read: columns on a desk, a card a row on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pages.components.markup import Html, join, tag


class Column(NamedTuple):
    """A column: its heading, whether it holds numbers, and what they mean."""

    label: str
    number: bool = False
    meaning: str = ""


def data_table(about: str, columns: Sequence[Column], rows: Sequence[Sequence[Html | str]]) -> Html:
    """Rows whose first cell names them; ``about`` says what the table is, for a listener."""
    head = tag("tr", *(_heading(column) for column in columns))
    body = join(*(_row(columns, row) for row in rows))
    return tag("table", tag("caption", about), tag("thead", head), tag("tbody", body), cls="data")


def named(name: str, about: str) -> Html:
    """The first cell of a row: a name with a quiet line under it."""
    return tag("span", tag("span", name, cls="name"), tag("span", about, cls="small block"))


def _heading(column: Column) -> Html:
    cls = "num" if column.number else None
    return tag("th", column.label, scope="col", cls=cls, title=column.meaning or None)


def _row(columns: Sequence[Column], row: Sequence[Html | str]) -> Html:
    first = tag("th", row[0], scope="row")
    rest = (
        tag("td", cell, cls="num" if column.number else None, data_label=column.label)
        for column, cell in zip(columns[1:], row[1:], strict=True)
    )
    return tag("tr", first, *rest)
