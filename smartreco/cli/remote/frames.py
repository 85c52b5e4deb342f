"""A frame out of a table's answer: the one that the app made the answer of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

DTYPES: Final = {"number": "float64", "whole": "Int64", "flag": "boolean", "text": "str"}


def frame_of(answer: Mapping[str, Any]) -> pd.DataFrame:
    """Rows of an answer under its columns, each of its kind."""
    rows = answer["items"]
    return pd.DataFrame(
        {
            column["name"]: _series([row[column["name"]] for row in rows], column["kind"])
            for column in answer["columns"]
        }
    )


def _series(values: list[Any], kind: str) -> pd.Series[Any]:
    if kind == "moment":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="str"), format="ISO8601"))
    if kind == "day":
        days = [None if value is None else date.fromisoformat(value) for value in values]
        return pd.Series(days, dtype="object")
    made = pd.Series(values, dtype=DTYPES[kind])
    if kind == "whole" and made.notna().all():
        return made.astype("int64")
    return made.astype("bool") if kind == "flag" and made.notna().all() else made
