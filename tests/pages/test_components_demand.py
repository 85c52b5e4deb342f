"""Charts of demand, stock and series: valid, true to their figures, in words as well."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from pages.components import charts
from pages.components.charts.course import StockPoint
from pages.components.charts.vega import Spec, frozen
from smartreco.language import Language

ENGLISH = Language("en_IN", "INR")
WEEKS = pd.date_range("2026-01-05", periods=30, freq="7D")
PAST = pd.DataFrame(
    {
        "period_start": WEEKS, "sold": np.arange(30.0), "demand": np.arange(30.0),
        "missing": np.zeros(30, bool),
    }
)  # fmt: skip
PAST.loc[28, ["sold", "demand", "missing"]] = [0.0, 26.0, True]
AHEAD = pd.DataFrame(
    {
        "period_start": WEEKS[:4] + pd.Timedelta(weeks=30), "forecast": 30.0, "q025": 5.0,
        "q10": 10.0, "q50": 28.0, "q90": 50.0, "q975": 60.0,
    }
)  # fmt: skip
FESTIVALS = pd.DataFrame(
    {
        "festival": ["Holi", "Eid", "Diwali"],
        "day": pd.to_datetime(["2026-03-04", "2026-03-21", "2026-11-08"]),
    }
)
LINE = charts.DemandLine(PAST, AHEAD, FESTIVALS)
PARTS = {"level": 100.0, "trend": 20.0, "season": -30.0, "festival": 10.0, "price": 0.0}
SPANS = [charts.Span("out", "out · now", 3, 3), charts.Span("later", "later", 5, 0)]
POINTS = [StockPoint(date(2026, 1, 1), 20, 20, 20), StockPoint(date(2026, 1, 8), 5, 0, 12)]


def every_chart() -> dict[str, Spec]:
    """One of each kind."""
    three = np.full(4, 3.0)
    lines = {"SmartReco": charts.MethodLine(three, three - 1, three + 1)}
    return {
        "demand": charts.demand_chart(LINE, "A title", ENGLISH, select="weeks"),
        "bare demand": charts.demand_chart(
            charts.DemandLine(PAST, AHEAD.head(0)), "", ENGLISH
        ),
        "parts": charts.forecast_parts(PARTS, "", ENGLISH),
        "running out": charts.running_out(SPANS, "", ENGLISH),
        "course": charts.stock_course(POINTS, date(2026, 1, 5), "", ENGLISH),
        "methods": charts.methods_chart(PAST, WEEKS[:4], lines, ENGLISH),
        "decomposition": charts.decomposition(WEEKS, {"Trend": list(range(30))}, ENGLISH),
        "correlogram": charts.correlogram([0.5, -0.1], 0.2, ENGLISH),
    }  # fmt: skip


@pytest.mark.parametrize("kind", every_chart())
def test_a_chart_is_valid_vega_lite_over_frames_that_are_there(kind: str) -> None:
    spec = frozen(every_chart()[kind])
    frames = spec.pop("datasets")
    base = alt.VConcatChart if "vconcat" in spec else alt.LayerChart
    base.from_dict(spec)  # checks it against the schema
    named = {part["data"]["name"] for part in spec.get("layer", spec.get("vconcat", []))}
    assert named == set(frames)
    assert all(isinstance(data, bytes) for data in frames.values())


@pytest.mark.parametrize("kind", every_chart())
def test_a_chart_takes_colours_from_the_theme(kind: str) -> None:
    def ranges(part: Any) -> list[Any]:
        if isinstance(part, dict):
            own = [part["range"]] if "range" in part else []
            return own + [one for value in part.values() for one in ranges(value)]
        return [one for value in part for one in ranges(value)] if isinstance(part, list) else []

    spec = {key: value for key, value in every_chart()[kind].items() if key != "datasets"}
    assert ranges(spec) == []


def test_other_figures_are_drawn_under_another_name() -> None:
    one = frozen(charts.running_out(SPANS, "", ENGLISH))["datasets"]
    more = [charts.Span("out", "out · now", 4, 3), SPANS[1]]
    assert set(one) != set(frozen(charts.running_out(more, "", ENGLISH))["datasets"])


def test_what_a_stock_out_hid_stands_on_top_of_what_was_sold() -> None:
    bars = charts.demand_chart(LINE, "", ENGLISH)["datasets"]["past"]
    hidden = bars[bars["what"] == "Missed, no stock"]
    assert len(hidden) == 1
    assert hidden[["low", "pieces"]].to_numpy().tolist() == [[0.0, 26.0]]
    sold = bars[bars["what"] == "Ordered"]
    assert sold["pieces"].sum() == PAST["sold"].sum()


def test_only_so_many_weeks_of_the_past_are_shown() -> None:
    bars = charts.demand_chart(LINE, "", ENGLISH, weeks=10)["datasets"]["past"]
    assert bars["begins"].min() >= WEEKS[20]


def test_festivals_outside_of_what_is_shown_are_left_out_and_near_ones_share_a_label() -> None:
    marks = charts.demand_chart(LINE, "", ENGLISH)["datasets"]["festivals"]
    assert marks["festival"].tolist() == ["Holi", ""]  # on a phone
    assert marks["wide"].tolist() == marks["name"].tolist() == ["Holi", "Eid"]


def test_a_layer_without_rows_is_left_out() -> None:
    empty = charts.DemandLine(PAST, AHEAD.head(0), FESTIVALS.head(0))
    spec = charts.demand_chart(empty, "", ENGLISH)
    assert [one["data"]["name"] for one in spec["layer"]] == ["past", "rows"]
    assert set(spec["datasets"]) == {"past", "rows"}
    assert all(len(frame) for frame in spec["datasets"].values())


def test_a_series_that_is_ordered_in_lumps_says_what_its_line_is() -> None:
    lumps = PAST.assign(sold=[0.0, 0.0, 90.0] * 10, missing=False)
    said = "Ordered in lumps; the line is the average week"
    drawn = charts.DemandLine(lumps, AHEAD)
    assert charts.demand_chart(drawn, "", ENGLISH)["title"]["text"] == said
    assert said in charts.demand_in_words(drawn, "Rusk", ENGLISH)
    middle = charts.DemandLine(lumps, AHEAD, median=True)
    assert "the week in the middle" in charts.demand_in_words(middle, "Rusk", ENGLISH)
    assert "title" not in charts.demand_chart(LINE, "", ENGLISH)
    new = PAST.assign(sold=[0.0] * 25 + [3.0] * 5, missing=False)  # weeks before it was known
    assert "lumps" not in charts.demand_in_words(charts.DemandLine(new, AHEAD), "Rusk", ENGLISH)


def test_a_title_is_broken_only_where_the_chart_is_narrow() -> None:
    title = "What you order a week, and the eight weeks to come"
    text = charts.demand_chart(LINE, title, ENGLISH)["title"]["text"]["expr"]
    assert text.startswith("width < ")
    assert text.endswith(f': "{title}"')


def test_a_listener_hears_the_past_the_forecast_and_its_band() -> None:
    words = charts.demand_in_words(LINE, "Rusk", ENGLISH)
    assert words.startswith("Rusk")
    assert "next 4 weeks about 30 a week, likely between 10 and 50" in words
    assert "1 weeks without stock" in words
    median = charts.DemandLine(PAST, AHEAD, median=True)
    assert "about 28 a week" in charts.demand_in_words(median, "Rusk", ENGLISH)


def test_bars_of_a_forecast_begin_where_the_one_before_ended_and_reach_the_sum() -> None:
    bars = charts.forecast_parts(PARTS, "", ENGLISH)["datasets"]["parts"]
    *addends, total = bars.to_dict("records")
    assert [one["start"] for one in addends] == [0, 100, 120, 90]
    assert total["end"] == addends[-1]["end"] == 100
    assert len(addends) == 4  # a price that changes nothing has no bar
    assert charts.parts_in_words(PARTS, ENGLISH) == (
        "Level 100 + Trend 20 − Season 30 + Festivals 10.0 = forecast 100"
    )
    assert charts.parts_in_words({"level": 0.0, "trend": -2.0}, ENGLISH) == (
        "− Trend 2.0 = forecast -2.0"
    )
    assert charts.parts_in_words({}, ENGLISH) == "forecast 0"


def test_the_sum_has_the_colour_that_a_forecast_has_beside_it() -> None:
    spec = charts.forecast_parts(PARTS, "", ENGLISH)
    domain = spec["layer"][0]["encoding"]["color"]["scale"]["domain"]
    demand = charts.demand_chart(LINE, "", ENGLISH)["layer"][0]["encoding"]["color"]["scale"]
    assert "Forecast" in demand["domain"][1]
    assert domain[1] == "sum" == spec["datasets"]["parts"]["side"].iloc[-1]


def test_bars_of_running_out_hold_every_product_once() -> None:
    frame = charts.running_out(SPANS, "", ENGLISH)["datasets"]["spans"]
    assert frame.groupby("span")["products"].sum().to_dict() == {"out": 3, "later": 5}
    assert "out now: 3" in charts.running_out_in_words(SPANS, "When", ENGLISH)


def test_the_course_in_words_names_each_day() -> None:
    assert (
        charts.course_in_words(POINTS, "Stock", ENGLISH) == "Stock: 1 Jan 2026: 20; 8 Jan 2026: 5"
    )


@pytest.mark.parametrize(
    "answer",
    [None, {}, {"selection": None}, {"selection": {"pick": 3}}, {"selection": {"pick": [1]}}],
)
def test_nonsense_from_a_browser_picks_nothing(answer: object) -> None:
    assert charts.picked(answer, "pick", "span") == ()
