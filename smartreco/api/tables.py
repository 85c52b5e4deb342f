"""A frame as an answer: columns with their kinds, rows as objects, sentences below.

Whoever reads it can make the very same frame of it again: no rounding, no missing column.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pandas as pd
from pandas.api import types
from pydantic import Field

from smartreco.api.paging import Paged, Paging
from smartreco.api.shapes import Answer

Cell = str | int | float | bool | None


class Kind(StrEnum):
    """What the values of a column are; each may be null where it is not known."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    DAY = "day"  # ISO 8601, as are moments
    MOMENT = "moment"


class Column(Answer):
    """A column of a table."""

    name: str = Field(examples=["value"])
    kind: Kind = Field(examples=[Kind.NUMBER])


class Table(Paged[dict[str, Cell]]):
    """A page of a table's rows, and what is said of the whole."""

    items: list[dict[str, Cell]] = Field(
        description="Rows of the page: value by column; null is not known.",
        examples=[[{"figure": "value", "now": 1145.0, "before": 990.0}]],
    )
    columns: list[Column] = Field(description="Columns in their order.")
    said: list[str] = Field(
        description="Sentences on what the figures rest on.",
        examples=[["26 full weeks from 5 Jan 2026 to 5 Jul 2026"]],
    )


def table(
    frame: pd.DataFrame, page: Paging, said: Sequence[str] = (), total: int | None = None
) -> Table:
    """One page of a frame; with `total` the frame is that page already."""
    part = frame.iloc[page.offset : page.offset + page.limit] if total is None else frame
    total = len(frame) if total is None else total
    kinds = {str(name): _kind(frame.iloc[:, at]) for at, name in enumerate(frame.columns)}
    cells = [[_cell(one) for one in part.iloc[:, at]] for at in range(len(frame.columns))]
    rows = [dict(zip(kinds, row, strict=True)) for row in zip(*cells, strict=True)]
    return Table.model_construct(  # checked cell by cell above
        items=rows, total=total, next=page.next(total), said=list(said),
        columns=[Column(name=name, kind=kind) for name, kind in kinds.items()],
    )  # fmt: skip


def _kind(column: pd.Series[Any]) -> Kind:
    if types.is_bool_dtype(column.dtype):
        return Kind.FLAG
    if types.is_integer_dtype(column.dtype):
        return Kind.WHOLE
    if types.is_float_dtype(column.dtype):
        return Kind.NUMBER
    if types.is_datetime64_any_dtype(column.dtype):
        return Kind.MOMENT
    inferred = types.infer_dtype(column, skipna=True)
    known = {
        "boolean": Kind.FLAG, "integer": Kind.WHOLE, "floating": Kind.NUMBER, "date": Kind.DAY,
    }  # fmt: skip
    return known.get(inferred, Kind.TEXT)


def _cell(value: Any) -> Cell:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    plain = value.item() if hasattr(value, "item") else value
    match plain:
        case bool() | int() | str():
            return plain
        case float():
            return plain if math.isfinite(plain) else None
        case datetime() | date():
            return plain.isoformat()
        case _:
            return str(plain)
