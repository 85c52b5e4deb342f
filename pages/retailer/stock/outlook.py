"""What a shop will order: all of it, a category or a product, and what the forecast is made of."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import cards, charts, header, messages
from pages.components.markup import place, tag
from pages.retailer.stock.desk import StockDesk, name
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.workspace.series_lines import SeriesLine

HORIZONS: Final = (4, 8, 13)  # weeks


def draw(desk: StockDesk, category: str | None) -> None:
    """Controls, chart and the arithmetic of the forecast."""
    t = desk.ctx.t
    header.section(
        t("Demand and forecast"),
        "outlook",
        t("What you ordered week by week, and what you are expected to order."),
    )
    with st.container(key="sr-outlook", gap="small"):
        product_id, weeks = _controls(desk, category)
        try:
            with st.spinner(t("Forecasting …")):
                line = desk.ctx.workspace.series.shop_line(
                    desk.ctx.principal, desk.retailer_id, category, product_id
                )
        except (NotEnoughDataError, NotFoundError) as error:
            messages.empty_state(
                t("Not enough data for a forecast"), messages.refusal(error, desk.ctx.language),
                "package", key="outlook",
            )  # fmt: skip
            return
        if round(float(line.weeks(weeks).ahead["forecast"].sum())) < 1:
            messages.note(
                t("No order of {name} is expected in the next {weeks} weeks.",
                  name=cards.calm(line.name), weeks=weeks)
            )  # fmt: skip
            return
        _chart(desk, line, weeks)
        _explained(desk, line, weeks)


def _controls(desk: StockDesk, category: str | None) -> tuple[str | None, int]:
    t = desk.ctx.t
    names = {row.product.product_id: name(row) for row in desk.rows(category)}
    whole = t("All of {category}", category=category) if category else t("All products")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        product_id = st.selectbox(
            t("Demand for"), list(names), index=None, key="stock-product", width=340,
            format_func=lambda one: names.get(one, one), placeholder=whole,
        )  # fmt: skip
        weeks = st.segmented_control(
            t("Weeks ahead"), HORIZONS, default=HORIZONS[1], key="stock-weeks", required=True,
            format_func=lambda n: desk.ctx.language.number(n),
        )  # fmt: skip
    return (product_id if product_id in names else None), int(weeks or HORIZONS[1])


def _chart(desk: StockDesk, line: SeriesLine, weeks: int) -> None:
    t, language, shown = desk.ctx.t, desk.ctx.language, line.weeks(weeks)
    total = float(shown.ahead["forecast"].sum())
    title = t(
        "{name}: about {n} pieces in the next {weeks} weeks", name=cards.calm(line.name),
        n=round(total), weeks=len(shown.ahead),
    )  # fmt: skip
    drawn = charts.DemandLine(shown.past, shown.ahead, shown.festivals, shown.median)
    place(tag("h3", title))
    charts.draw_kept(
        ("demand", line, weeks, language), lambda: charts.demand_chart(drawn, "", language),
        charts.demand_in_words(drawn, title, language),
    )  # fmt: skip


def _explained(desk: StockDesk, line: SeriesLine, weeks: int) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    parts = line.weeks(weeks).sums()
    title = t("What the forecast of {weeks} weeks is made of, in pieces", weeks=weeks)
    with st.container(key="sr-parts"):
        said = charts.parts_in_words(parts, language)
        place(tag("h3", title))
        charts.draw_kept(
            ("parts", line, weeks, language), lambda: charts.forecast_parts(parts, "", language),
            f"{title}: {said}",
        )  # fmt: skip
        place(tag("p", said, cls="small"))
