"""Charts of what-ifs: valid, true to their figures, in words as well."""

from __future__ import annotations

from datetime import date

import altair as alt
import pytest

from pages.components.charts import (
    Banded,
    Cause,
    EffectWeek,
    banded_rows,
    bands_in_words,
    effect_course,
    effect_in_words,
    tornado,
    tornado_in_words,
)
from pages.components.charts.vega import Spec
from smartreco.language import Language

ENGLISH = Language("en_US", "USD")
WEEKS = [EffectWeek(date(2026, 1, 5), -3.0, -5.0, -1.0)]
CAUSES = [
    Cause("Prices move", -3.0, -3.0, "−3", False), Cause("Response", -5.0, -1.0, "−5 to −1", True),
]  # fmt: skip
ROWS = [Banded("Tea", -3.0, -5.0, -1.0, "−3", "−5 to −1"), Banded("Salt", 0.1, -1, 1, "?", "±1")]


def every_chart() -> dict[str, Spec]:
    """One of each kind."""
    return {
        "course": effect_course(WEEKS, str, ENGLISH),
        "tornado": tornado(CAUSES, ENGLISH),
        "bands": banded_rows(ROWS, ENGLISH),
        "compared": banded_rows([one._replace(group=g) for one in ROWS for g in "AB"], ENGLISH),
    }


@pytest.mark.parametrize("kind", every_chart())
def test_a_chart_is_valid_vega_lite_over_frames_that_are_there(kind: str) -> None:
    spec = every_chart()[kind]
    frames = spec.pop("datasets")
    alt.LayerChart.from_dict(spec)  # checks it against the schema
    assert {one["data"]["name"] for one in spec["layer"]} == set(frames)


def test_a_lever_starts_at_no_change_and_an_assumption_at_its_low_value() -> None:
    frame = tornado(CAUSES, ENGLISH)["datasets"]["causes"]
    assert frame[["start", "end"]].to_numpy().tolist() == [[0.0, -3.0], [-5.0, -1.0]]


def test_what_cannot_be_told_from_no_change_is_coloured_as_neither() -> None:
    assert banded_rows(ROWS, ENGLISH)["datasets"]["rows"]["side"].tolist() == [
        "less", "cannot tell",
    ]  # fmt: skip


def test_each_chart_says_the_same_in_words() -> None:
    assert "−5 to −1" in tornado_in_words(CAUSES, "Causes")
    assert "Tea  −3 (−5 to −1)" in bands_in_words(ROWS, "Where")
    assert "-3.0, likely -5.0 to -1.0" in effect_in_words(WEEKS, "Weeks", str, ENGLISH)
