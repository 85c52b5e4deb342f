"""Charts of purchases: what is drawn is what was ordered, said in words too, and kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import charts, product_link
from pages.components.charts import Purchase, Week
from smartreco.language import Language

WORDS = Language("en_IN", "INR")
ORDERS = (Purchase(date(2026, 5, 4), 12, 80.0), Purchase(date(2026, 6, 1), 1, 0.0))


def rows_of(chart) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]
    (rows,) = chart.to_dict()["datasets"].values()
    return list(rows)


def test_every_order_is_a_stem_and_the_axis_reaches_today() -> None:
    chart = charts.purchases(ORDERS, date(2026, 7, 1), "Orders", WORDS)
    assert [(row["pieces"], row["much"], row["price"]) for row in rows_of(chart)] == [
        (12, "12 pieces", "₹80.00"),
        (1, "1 piece", "–"),
    ]
    domain = chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert [one[:10] for one in domain] == ["2026-05-04", "2026-07-01"]
    said = charts.purchases_in_words(ORDERS, "Orders", WORDS)
    assert said == "Orders. The latest: 1 Jun 2026, 1 piece; 4 May 2026, 12 pieces"


def test_weeks_are_said_by_their_mean_and_their_end() -> None:
    weeks = [Week(date(2026, 1, 5) + timedelta(days=7 * at), float(at)) for at in range(8)]
    assert [row["pieces"] for row in rows_of(charts.weeks(weeks, "All", WORDS))] == list(range(8))
    said = charts.weeks_in_words(weeks, "All", WORDS)
    thin = [*weeks[:6], Week(weeks[6].monday, None), weeks[7]]
    assert rows_of(charts.weeks(thin, "All", WORDS))[6]["pieces"] is None
    assert "average of 7 weeks, the others are left blank" in charts.weeks_in_words(
        thin, "All", WORDS
    )
    assert said == "All: 3.5 on average, 5.5 over the last four weeks"


def test_a_kept_chart_is_put_together_once() -> None:
    def script() -> None:
        from datetime import date

        import streamlit as st

        from pages.components import charts
        from pages.components.charts import Purchase
        from smartreco.language import Language

        rows = (Purchase(date(2026, 5, 4), 77, 80.0),)

        def make():  # type: ignore[no-untyped-def]
            st.session_state["made"] = st.session_state.get("made", 0) + 1
            return charts.purchases(rows, date(2026, 7, 1), "Kept", Language("en", ""))

        charts.draw_kept(("test of keeping", rows), make, "said")

    at = AppTest.from_function(script).run()
    at.run()
    assert not at.exception
    assert at.session_state["made"] == 1


@pytest.mark.parametrize(
    ("product_id", "address"),
    [("P0001", "product?id=P0001"), ("a/b c&d", "product?id=a%2Fb%20c%26d")],
)
def test_a_link_names_the_product_and_nothing_else(product_id: str, address: str) -> None:
    assert product_link.href(product_id) == address


def test_a_name_cannot_bring_markup_into_a_link() -> None:
    html = product_link.named('"><script>', "<b>Tea</b>")
    assert "<script>" not in html
    assert "&lt;b&gt;Tea" in html
