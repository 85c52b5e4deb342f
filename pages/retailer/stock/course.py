"""One product of the shelf, looked at closely; nothing is computed while it is closed."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from pages.components import charts, messages, stock_cards
from pages.components.charts.course import StockPoint
from pages.components.markup import literal, place, tag
from pages.retailer.stock.desk import StockDesk, name
from smartreco.workspace.shelf.stock_views import Course, ShelfRow

WEEKS = 8  # ahead


def popover(desk: StockDesk, row: ShelfRow) -> None:
    """A button that opens how the stock runs down."""
    product_id, t = row.product.product_id, desk.ctx.t
    opened = st.popover(
        f"**{t('Outlook')}** *{literal(name(row))}*", type="tertiary", icon=":material/monitoring:",
        key=f"look-{product_id}", on_change="rerun",
    )  # fmt: skip
    if opened.open:
        with opened, st.container(key=f"sr-why-{product_id}", width=440):
            _draw(desk, row)


def _draw(desk: StockDesk, row: ShelfRow) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    course = desk.ctx.workspace.stock.course(
        desk.ctx.principal, desk.retailer_id, row.product.product_id
    )
    used = t(
        "in 80 of 100 weeks {low} to {high} are used", low=float(row.weekly_low),
        high=float(row.weekly_high),
    )  # fmt: skip
    said = [stock_cards.holding(row, language), used]
    if row.position is not None:
        said.append(stock_cards.because(row, desk.view, language))
    sentences = tag("ul", *(tag("li", one) for one in said), cls="sentences")
    place(tag("div", tag("p", name(row), cls="name"), sentences, tabindex="0"))
    points = _points(course)
    if points:
        title = t("Your stock, if nothing is ordered")
        delivery = course.today + timedelta(days=round(row.lead_days))
        charts.draw(
            charts.stock_course(points, delivery, title, language),
            charts.course_in_words(points, title, language),
        )
    if not row.lead_known:
        messages.note(t("The vendor gives no delivery time; a week is taken."))


def _points(course: Course) -> list[StockPoint]:
    ahead = [week for week in course.weeks if week.ahead][:WEEKS]
    if course.row.on_hand is None or not ahead:
        return []
    now = float(course.row.on_hand)
    if not now and not course.row.on_order:
        return []  # nothing is left that could run down
    made = [StockPoint(course.today, now, now, now)]
    for week in ahead:
        if week.stock is None:
            return []
        made.append(
            StockPoint(
                week.begins + timedelta(days=7), week.stock,
                week.stock if week.stock_low is None else week.stock_low,
                week.stock if week.stock_high is None else week.stock_high,
            )
        )  # fmt: skip
    return made
