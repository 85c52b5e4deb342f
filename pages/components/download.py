"""A table as a file to take away."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from smartreco.workspace.cells import csv_of


def as_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV; no cell of text is taken for a formula, whatever a name begins with."""
    return csv_of(frame)


def csv_button(label: str, name: str, make: Callable[[], pd.DataFrame], key: str) -> None:
    """A button that makes the file when it is pressed; ``name`` without its ending."""
    st.download_button(
        label, lambda: as_csv(make()), f"{name}.csv", "text/csv", key=key, on_click="ignore",
        type="tertiary", icon=":material/download:",
    )  # fmt: skip
