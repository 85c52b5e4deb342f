"""``scenario`` from the command line: a file is played, kept, listed and reported."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Run

CUT = """
name = "Twenty off rice"
horizon = 4
[[levers]]
kind = "price"
products = ["rice"]
change = -0.2
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cut.toml"
    path.write_text(CUT)
    return path


def test_a_file_is_played_to_a_table_and_a_story(filled: Run, file: Path, tmp_path: Path) -> None:
    shown = filled("scenario", "run", file)
    assert shown.code == 0, shown.err
    assert "units" in shown.out
    assert "Revenue over 4 weeks" in shown.out
    out = tmp_path / "found.csv"
    assert filled("scenario", "run", file, "--out", out).code == 0
    table = pd.read_csv(out)
    assert list(table) == [
        "measure", "baseline", "scenario", "difference", "low", "high", "verdict",
    ]  # fmt: skip
    assert {"units", "revenue"} <= set(table["measure"])
    units = table.set_index("measure").loc["units"]
    assert units["scenario"] - units["baseline"] == pytest.approx(units["difference"])


def test_parts_are_shown_in_place_of_measures(filled: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "weeks.json"
    answer = filled("scenario", "run", file, "--show", "weeks", "--out", out)
    assert answer.code == 0, answer.err
    rows = json.loads(out.read_text())
    assert len({row["id"] for row in rows}) == 4
    table = filled("scenario", "run", file, "--show", "products").out
    lines = [line.split() for line in table.splitlines()]
    assert {line[0] for line in lines if "units" in line} <= {"rice", "tea", "dal"}
    (rice,) = (line for line in lines if line[:3] == ["rice", "rice", "units"])
    assert float(rice[5].replace(",", "")) > 0


def test_a_report_is_written_as_a_page_or_a_pdf(filled: Run, file: Path, tmp_path: Path) -> None:
    for name, begins in (("r.html", b"<!doctype html>"), ("r.pdf", b"%PDF")):
        assert filled("scenario", "run", file, "--out", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_scenario_is_kept_listed_and_played_again(filled: Run, file: Path) -> None:
    assert "No saved scenarios yet" in filled("scenario", "list").out
    saved = filled("scenario", "save", file, "--note", "for Monday")
    assert "scenario 1: Twenty off rice" in saved.out
    assert "Twenty off rice" in filled("scenario", "list").out
    assert filled("scenario", "run", "--saved", "1").out == filled("scenario", "run", file).out
    again = filled("scenario", "save", file)
    assert again.code == 2
    assert "name of its own" in again.err


def test_a_rule_on_lists_is_played_with_a_model(filled: Run, tmp_path: Path) -> None:
    file = tmp_path / "less-rice.toml"
    file.write_text(
        '[[levers]]\nkind = "rule"\nrule = "leave_out"\ntarget = "product"\ntarget_id = "rice"\n'
    )
    answer = filled("scenario", "run", file)
    assert answer.code == 0, answer.err
    assert "list" in answer.out


def test_every_lever_says_its_settings(run: Run) -> None:
    said = run("scenario", "levers").out
    assert "price          change [from_week]" in said
    assert "new_retailers" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "is a TOML file"),
        ('[[levers]]\nkind = "luck"', "kind is one of"),
        ('[[levers]]\nkind = "price"\nproducts = ["rice"]', "says its change"),
        ('[[levers]]\nkind = "price"\nproducts = ["salt"]\nchange = 0.1', "a product of this data"),
        ('[[levers]]\nkind = "price"\nproducts = ["rice"]\nchange = "more"', "is a number"),
        ('[[levers]]\nkind = "price"\nproducts = 5\nchange = 0.1', "list of texts"),
        ('[[levers]]\nkind = "price"\nproducts = "rice"\nchange = 0.1', "list of texts"),
        ('[[levers]]\nkind = "blend"\nlist = "all"\nweights = {peers = "a"}', "table of numbers"),
        ('levers = "all"', "list of tables"),
        ("horizon = 90", "whole number from 1 to 26"),
        ("speed = 3", "settings"),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(
    filled: Run, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    answer = filled("scenario", "run", file)
    assert answer.code == 2, answer.out + answer.err
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_and_a_number_nobody_saved(filled: Run, tmp_path: Path) -> None:
    for words in ((tmp_path / "no.toml",), ("--saved", "7"), (tmp_path,)):
        answer = filled("scenario", "run", *words)
        assert answer.code == 2
        assert len(answer.err.strip().splitlines()) == 1
