"""The page "One series": the answer, methods side by side, honest about too little."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.analyst.series import LEVELS, PLACES
from smartreco.entities import Role
from smartreco.forecast.panel import Level
from smartreco.workspace import Workspace
from tests.conftest import Cast
from tests.pages.conftest import Tab, seen


@pytest.fixture
def total(tab: Tab) -> AppTest:
    """The page on all demand."""
    at = tab("series", Role.ANALYST)
    return at.selectbox(key="level").set_value(Level.TOTAL.value).run()


def test_the_nearest_method_is_the_answer(
    total: AppTest, shared_workspace: Workspace, cast: Cast
) -> None:
    assert not total.exception
    found = shared_workspace.series.study(cast.analyst, Level.TOTAL, "total")
    methods = [one.method for one in found.study.held_out]
    title = total.title[0].value.replace("\\", "")
    assert title.startswith("Best on held-out weeks: ")
    ours = methods.index("smartreco")
    place = f"(SmartReco is {PLACES[ours]} of {len(methods)})"
    assert title.endswith(place if ours else "SmartReco")
    rows = total.table[0].value
    assert len(rows) == len(found.study.held_out)
    assert rows["RMSSE"].tolist() == sorted(rows["RMSSE"])


def test_parts_methods_and_checks_are_said_in_words(total: AppTest) -> None:
    text = seen(total)
    assert "+ Price 0 " not in text
    for said in ("All 8 weeks together: ", "= forecast", "Trend, season and the rest",
                 "How strong each part is", "(p ", "SmartReco: ",
                 "80% would be right"):  # fmt: skip
        assert said.lower() in text.lower()


def test_checks_follow_the_model_that_is_chosen(total: AppTest) -> None:
    before = seen(total)
    total.button_group(key="series-model").set_value("ets").run()
    assert not total.exception
    assert seen(total) != before


def test_every_level_has_series_to_choose(tab: Tab) -> None:
    at = tab("series", Role.PRODUCT_MANAGER)
    for level in (Level.REGION, Level.CATEGORY, Level.VENDOR, Level.RETAILER):
        at.selectbox(key="level").set_value(level.value).run()
        assert not at.exception
        assert at.selectbox(key=f"series-{level.value}").options
        assert at.selectbox(key=f"series-{level.value}").label == LEVELS[level]


def test_a_series_of_nearly_nothing_says_so_and_still_shows_its_past(
    tab: Tab, shared_workspace: Workspace, cast: Cast
) -> None:
    thin = shared_workspace.series.choices(cast.analyst, Level.PRODUCT)[-1]
    at = tab("series", Role.ANALYST)
    at.selectbox(key="series-product").set_value(thin.id).run()
    assert not at.exception
    assert at.title[0].value == "Not enough data for models of this series"
    assert "with sales" in seen(at)
    assert not at.table
    assert "week by week" in seen(at)
