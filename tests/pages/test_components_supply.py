"""Charts and lines of a vendor's stock: valid, complete, and in words for who does not see them."""

from __future__ import annotations

from datetime import date, timedelta

import altair as alt

from pages.components import charts, supply_cards
from pages.components.charts.service_places import Place, places_in_words, service_places
from pages.components.charts.vega import Spec
from pages.components.figures import points_words
from smartreco.language import Language
from smartreco.workspace.vendor.supply_views import CourseWeek, Outlook, OutlookRow

TODAY = date(2026, 10, 10)
WORDS = Language("en", "EUR")


def weeks() -> tuple[CourseWeek, ...]:
    """Two weeks behind, the last without stock, and two ahead, the first with an arrival."""
    behind = [
        CourseWeek(TODAY - timedelta(days=14), False, sold=10.0, wanted=10.0),
        CourseWeek(TODAY - timedelta(days=7), False, sold=0.0, wanted=8.0, out=True),
    ]
    ahead = [
        CourseWeek(
            TODAY + timedelta(days=1 + 7 * at), True, forecast=9.0, low=4.0, high=15.0,
            stock=20.0 - 9 * at, stock_low=5.0, stock_high=30.0, arrives=30.0 * (at == 0),
            depth=0.2 * at,
        )
        for at in range(2)
    ]  # fmt: skip
    return (*behind, *ahead)


def checked(spec: Spec) -> None:
    """Vega-Lite takes it; frames are looked up by name there."""
    whole = {key: value for key, value in spec.items() if key != "datasets"}
    alt.LayerChart.from_dict(whole)


def row(**changed: object) -> OutlookRow:
    base: dict[str, object] = dict.fromkeys(OutlookRow.__slots__)
    base |= {"product_id": "p1", "name": "Tea", "category": "FMCG", "active": True, "case_size": 12,
             "typed": False, "reserved": 0, "coming": 0, "why": ()}  # fmt: skip
    return OutlookRow(**{**base, **changed})  # type: ignore[arg-type]


def outlook(*rows: OutlookRow) -> Outlook:
    return Outlook(TODAY, 0.95, 7, 3, True, 84, rows, len(rows), 0, 0, 0.0, 0.0, ())


def test_both_charts_are_valid_and_say_what_they_show() -> None:
    checked(charts.asked_for(weeks(), WORDS))
    checked(charts.stock_left(weeks(), WORDS))
    checked(service_places([Place("n", "North", 5.0, "5", "90%")], WORDS))
    assert "9 expected, likely 4 to 15" in charts.asked_in_words(weeks(), "Tea", WORDS)
    assert "20 left, 30 arrive" in charts.left_in_words(weeks(), "Tea", WORDS)
    said = places_in_words([Place("n", "North", 5.0, "5", "90%")], "Lost", WORDS)
    assert said == "Lost. North: 5 lost, 90% served"


def test_what_was_missed_stands_on_what_was_sold() -> None:
    bars = charts.asked_for(weeks(), WORDS)["datasets"]["bars"]
    assert bars[bars["low"] < bars["pieces"]]["pieces"].tolist() == [10.0, 8.0]
    arrivals = charts.stock_left(weeks(), WORDS)["datasets"]["arrivals"]
    assert arrivals["pieces"].tolist() == [30.0]


def test_a_line_says_when_it_runs_out_what_to_order_and_by_when() -> None:
    day = TODAY + timedelta(days=3)
    late = row(free=4, on_hand=4, weekly=9.0, days_of_cover=3.1, runs_out_chance=0.8,
               runs_out_on=day, pieces=24, cases=2, order_by=TODAY)  # fmt: skip
    text = supply_cards.supply_line(late, outlook(late), WORDS)
    for words in ("13 Oct 2026", "chip warm", "80%", "2 cases", "24 pieces", "order today",
                  "4 free", "3 days of cover"):  # fmt: skip
        assert words in text
    later = row(free=4, runs_out_chance=0.1, pieces=5, order_by=TODAY + timedelta(days=2))
    assert "order by 12 Oct 2026" in supply_cards.supply_line(later, outlook(later), WORDS)


def test_a_line_without_a_count_says_what_to_have() -> None:
    unknown = row(weekly=9.0, level=40.4)
    text = supply_cards.supply_line(unknown, outlook(unknown), WORDS)
    assert "not counted" in text
    assert "have 40 in stock" in text


def test_a_difference_of_shares_is_said_in_points() -> None:
    said = [points_words(one, WORDS) for one in (0.0141, -0.02, 0.0001, None)]
    assert said == ["+1.4 points", "−2 points", "±0 points", "–"]
