"""What vendors' pages draw with: figures and trends, heat map, city map, parts, tables, files."""

from __future__ import annotations

import copy
from math import fsum
from typing import Any

import altair as alt
import pandas as pd
import pytest

from pages.components import charts
from pages.components.charts import Cell, ChangePart, City
from pages.components.charts.picking import points
from pages.components.data_table import Column, data_table
from pages.components.download import as_csv
from pages.components.figures import change_words, tone, trend
from smartreco.language import Language

ENGLISH = Language("en_IN", "INR")
CELLS = [
    Cell("N", "tea", "North", "Tea", 90.0, "₹90", "+5%"),
    Cell("S", "tin", "South", "Tin", 10.0, "₹10", "−5%"),
]
CITIES = [
    City("Pune", "West", "Pune", 18.5, 73.8, 90.0, "₹90", 0.3, "+30%"),
    City("Delhi", "North", "Delhi", 28.6, 77.2, 80.0, "₹80", -0.3, "−30%"),
    City("Noida", "North", "Noida", 28.5, 77.3, 10.0, "₹10", None, "–"),
]


def checked(spec: dict[str, Any]) -> dict[str, Any]:
    """The same, known to be Vega-Lite by Altair's schema."""
    plain = copy.deepcopy(spec)
    sets = {name: frame.to_dict("records") for name, frame in plain["datasets"].items()}
    alt.LayerChart.from_dict({**plain, "datasets": sets})
    return spec


def test_a_heat_map_has_a_cell_a_pair_and_can_be_picked() -> None:
    spec = checked(charts.heat_map(CELLS, ["North", "South"], ["Tea", "Tin"], ENGLISH))
    assert len(spec["datasets"]["cells"]) == len(CELLS)
    assert spec["layer"][0]["params"][0]["select"]["fields"] == ["across", "down"]
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["Tea", "Tin"]
    assert "North, Tea: ₹90 (+5%)" in charts.heat_in_words(CELLS, "Where", ENGLISH)


def test_a_city_map_asks_for_nothing_and_colours_by_change() -> None:
    spec = checked(charts.city_map(CITIES, ENGLISH))
    assert "http" not in str(spec)
    kinds = spec["datasets"]["cities"]["kind"].tolist()
    assert kinds == ["growing", "falling", "nothing to compare with"]
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == kinds
    assert "Pune: ₹90 (+30%)" in charts.map_in_words(CITIES, "Cities", ENGLISH)


def test_names_on_the_map_do_not_run_into_each_other() -> None:
    named = charts.city_map(CITIES, ENGLISH)["datasets"]["named"]["name"].tolist()
    assert named == ["Pune", "Delhi"]


def test_parts_of_a_change_end_where_their_sum_ends() -> None:
    parts = [ChangePart("won", 7.0), ChangePart("lost", -3.0), ChangePart("price", 0.0)]
    frame = checked(charts.change_parts(parts, "Change", ENGLISH))["datasets"]["parts"]
    *bars, total = frame.to_dict("records")
    assert [one["label"] for one in bars] == ["won", "lost"]
    assert bars[-1]["end"] == total["end"] == fsum(one.amount for one in parts)
    assert bars[1]["start"] == bars[0]["end"]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.064, "+6%"), (-0.5, "−50%"), (0.001, "±0%"), (19.0, "20 times"), (None, "–")],
)
def test_a_change_shows_its_sign_in_words(share: float | None, words: str) -> None:
    assert change_words(share, ENGLISH) == words


def test_colour_says_better_or_worse_only_where_one_is() -> None:
    assert tone(0.2) == "change better"
    assert tone(-0.2) == "change worse"
    assert tone(0.2, good=None) == tone(None) == tone(0.001) == "change"


def test_a_trend_of_nothing_is_not_drawn() -> None:
    assert trend([None, 1.0, None]) is None
    assert trend([0.0, 0.0, 0.0]) is None
    drawn = trend([1.0, None, 3.0, 2.0])
    assert drawn is not None
    assert "polyline" in drawn


def test_a_table_names_its_cells_for_a_phone_and_escapes_names() -> None:
    drawn = data_table("Shops", [Column("Shop"), Column("Value", number=True)], [["<b>", "₹9"]])
    assert 'data-label="Value"' in drawn
    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn


def test_no_cell_of_a_file_is_a_formula() -> None:
    frame = pd.DataFrame({"name": ["=HYPERLINK(1)", "@x", "Tea", None], "value": [-1.5, 2, 3, 4]})
    lines = as_csv(frame).decode("utf-8-sig").splitlines()
    assert lines == ["name,value", "'=HYPERLINK(1),-1.5", "'@x,2.0", "Tea,3.0", ",4.0"]


@pytest.mark.parametrize("answer", [None, {}, {"selection": 3}, {"selection": {"pick": "x"}}])
def test_whatever_a_browser_sends_is_no_choice_until_it_is_one(answer: object) -> None:
    assert points(answer, "pick") == []
