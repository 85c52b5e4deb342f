"""A table as a file to take away."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from smartreco.workspace.cells import inert


def as_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV, marked as UTF-8 so that Excel reads every script.

    No cell of text is taken for a formula, whatever a name begins with.
    """
    safe = frame.copy(deep=False)
    for column in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[column].dtype):
            safe[column] = [
                inert(one) if isinstance(one, str) else one for one in frame[column].tolist()
            ]
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def csv_button(label: str, name: str, make: Callable[[], pd.DataFrame], key: str) -> None:
    """A button that makes the file when it is pressed; ``name`` without its ending."""
    st.download_button(
        label, lambda: as_csv(make()), f"{name}.csv", "text/csv", key=key, on_click="ignore",
        type="tertiary", icon=":material/download:",
    )  # fmt: skip
