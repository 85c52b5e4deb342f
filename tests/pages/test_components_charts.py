"""The breakdown chart: it adds up, says so in words, and follows the theme."""

from __future__ import annotations

import json
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.components import charts
from pages.components.charts import Bar
from smartreco.language import Language

ENGLISH = Language("en_IN", "INR")
ROWS = [Bar("14 shops like yours", 0.9), Bar("You buy rusk", 1.2), Bar("Price band 4", -0.3)]
parts = st.lists(
    st.builds(Bar, st.text(min_size=1, max_size=120), st.floats(-5, 5), st.booleans()), max_size=30
)


def drawn(rows: list[Bar], score: float) -> list[dict[str, object]]:
    """The rows that the chart holds, the sum last."""
    frame = charts.contribution_bars(rows, score, ENGLISH).data
    found: list[dict[str, object]] = frame.to_dict("records")
    return found


@settings(deadline=None)
@given(parts)
def test_what_is_drawn_adds_up_to_the_score(rows: list[Bar]) -> None:
    score = fsum(row.contribution for row in rows)
    *bars, total = drawn(rows, score)
    assert fsum(float(str(bar["contribution"])) for bar in bars) == pytest.approx(score, abs=1e-9)
    assert total["contribution"] == score
    assert len(bars) <= charts.MOST_BARS + 1


def test_the_biggest_comes_first_and_the_nameless_rest_last() -> None:
    rows = [*ROWS, Bar("131 smaller parts", 3.0, rest=True)]
    labels = [row["label"] for row in drawn(rows, 4.8)]
    assert labels == ["You buy rusk", "14 shops like yours", "Price band 4",
                      "All smaller reasons together", "Score, the sum"]  # fmt: skip


def test_the_title_names_what_counts_most() -> None:
    title = charts.contribution_bars(ROWS, 1.8, ENGLISH).title
    assert title == ["Counts most: You buy rusk"]


def test_rows_worded_alike_stay_two_bars() -> None:
    alike = [Bar("You buy rusk", 0.5), Bar("You buy rusk", 0.5)]
    assert len({row["words"] for row in drawn(alike, 1.0)}) == 3


def test_for_and_against_differ_in_words_and_not_only_in_colour() -> None:
    signs = {row["label"]: str(row["amount"])[0] for row in drawn(ROWS, 1.8)}
    assert signs["Price band 4"] == "−"
    assert signs["You buy rusk"] == "+"


def test_colours_are_left_to_the_theme() -> None:
    spec = json.dumps(charts.contribution_bars(ROWS, 1.8, ENGLISH).to_dict()["encoding"]["color"])
    assert "#" not in spec
    assert "range" not in spec


def test_the_words_for_a_listener_hold_the_finding_and_the_sum() -> None:
    assert charts.in_words(ROWS, 1.8, ENGLISH) == "Counts most: You buy rusk; in all +1.80"
