"""How well shops were served, and what was lost for want of stock, by region and by product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import header, messages
from pages.components.cards import calm
from pages.components.charts.picking import draw_picking
from pages.components.charts.service_places import (
    PICK,
    REGION,
    Place,
    places_in_words,
    service_places,
)
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.figures import Change, FigureCard, figure_cards
from pages.components.markup import Html, join, place, tag
from pages.vendor import filter_bar
from pages.vendor.stock_service.answer import in_per_cent
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.language import Message, Money
from smartreco.vendors.partition import UNKNOWN
from smartreco.workspace.vendor.demand_views import Figure
from smartreco.workspace.vendor.supply_views import Service

SHOWN: Final = 15  # products
BEFORE: Final = Message("on the week before", "on the {n} weeks before", "n")
TRACKED: Final = Message(
    "Of {n} product, {tracked} with recorded stock",
    "Of {n} products, {tracked} with recorded stock", "n",
)  # fmt: skip


def draw(desk: SupplyDesk) -> None:
    """Figures, then regions, then products, then how all this is known."""
    t, service = desk.ctx.t, desk.service
    if not service.known:
        messages.empty_state(
            t("How well you served cannot be told"),
            t("These data hold no history of your stock. Counts that you enter or import from now "
              "on make one: weeks in which a count finds none are weeks of lost sales."),
            "package", key="service", action=t("Enter your stock"), on_click=_to_counts,
        )  # fmt: skip
        _rests_on(desk)
        return
    if service.level.now is None:
        filtered = bool(desk.wanted.to_strings())
        messages.empty_state(
            t("Nothing was asked for in this selection"),
            t("Take a filter back to see more.") if filtered else "", "package", key="service",
            action=t("Clear all filters") if filtered else "", on_click=filter_bar.clear,
        )  # fmt: skip
        return
    place(figure_cards(_cards(desk, service), desk.ctx.language))
    _regions(desk, service)
    _products(desk, service)
    _rests_on(desk)


def _cards(desk: SupplyDesk, service: Service) -> list[FigureCard]:
    t, language = desk.ctx.t, desk.ctx.language
    since = language.say(BEFORE, {"n": service.periods.now.weeks})
    level = service.level
    points = [
        Change(share, words, points=True)
        for share, words, base in (
            (service.points, since, level.before),
            (service.points_last_year, t("on last year"), level.last_year),
        ) if base is not None
    ]  # fmt: skip
    first = FigureCard(
        t("Service level"), "–" if level.now is None else in_per_cent(desk, level.now),
        points or _nothing(desk), level.weeks,
        meaning=t("Pieces sold, of pieces that shops would have bought had all been in stock."),
    )  # fmt: skip
    lost = language.compact_money(service.lost_value.now or 0.0)
    return [
        first,
        _card(desk, service.lost_value, t("Lost sales"), lost, since,
              t("Estimated, at the price paid.")),
        _card(desk, service.lost_pieces, t("Pieces lost"),
              language.compact(round(service.lost_pieces.now or 0.0)), since, t("Estimated.")),
        _card(desk, service.out_weeks, t("Weeks out of stock"),
              language.compact(round(service.out_weeks.now or 0.0)), since,
              t("Of all products together: two products out for three weeks are six.")),
    ]  # fmt: skip


def _card(
    desk: SupplyDesk, figure: Figure, label: str, value: str, since: str, meaning: str
) -> FigureCard:
    t, changes = desk.ctx.t, []
    if figure.before is not None:
        changes.append(Change(figure.change, since))
    if figure.last_year is not None:
        changes.append(Change(figure.change_last_year, t("on last year")))
    return FigureCard(
        label, value, changes or _nothing(desk), figure.weeks, good=False, meaning=meaning
    )


def _nothing(desk: SupplyDesk) -> list[Change]:
    return [Change(None, desk.ctx.t("nothing to compare with yet"))]


def _regions(desk: SupplyDesk, service: Service) -> None:
    t, rows = desk.ctx.t, service.regions
    if rows.empty:
        return
    title = _most(desk, rows)
    with st.container(key="sr-figure-places", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", key="sr-tools-places"):
            place(tag("h2", title, cls="finding"))
            csv_button(t("Regions as CSV"), _file(desk, "service-regions"), lambda: rows,
                       "download-regions")  # fmt: skip
        places = [_place(desk, row) for row in rows.to_dict("records")]
        draw_picking(
            service_places(places, desk.ctx.language),
            places_in_words(places, title, desk.ctx.language), f"supply-places-{state.table}",
            PICK, _pick,
        )  # fmt: skip
        messages.note(t("Pick a region to look at it alone."))


def _most(desk: SupplyDesk, rows: pd.DataFrame) -> str:
    """Where most was lost, as a sentence; without a loss, what is drawn."""
    t, lost = desk.ctx.t, rows["lost_value"].fillna(0.0)
    if len(rows) < 2 or lost.max() <= 0:
        return t("Where sales were lost")
    first = _place(desk, rows.loc[lost.idxmax()].to_dict())
    return t("Most sales were lost in {region}: {value}", region=first.name, value=first.words)


def _place(desk: SupplyDesk, row: Mapping[Any, Any]) -> Place:
    lost = float(row["lost_value"]) if pd.notna(row["lost_value"]) else 0.0
    region = str(row[REGION])
    level = "–" if pd.isna(row["level"]) else in_per_cent(desk, float(row["level"]))
    name = desk.ctx.t("not known") if region == UNKNOWN else calm(region)
    return Place(region, name, lost, desk.ctx.language.compact_money(lost), level)


def _pick(points: list[dict[str, str]]) -> None:
    picked = [one[REGION] for one in points if REGION in one]
    if picked:
        state.table += 1  # the next chart is drawn without a choice: the filter holds it
        filter_bar.put("region", picked)


def _products(desk: SupplyDesk, service: Service) -> None:
    t, rows = desk.ctx.t, service.products
    known = rows[rows["level"].notna()]
    title = t("Products that missed most")
    about = desk.ctx.language.say(TRACKED, {"n": service.goods, "tracked": service.tracked})
    with st.container(horizontal=True, vertical_alignment="bottom", key="sr-tools-missed"):
        header.section(title, "missed", about)
        csv_button(t("Products as CSV"), _file(desk, "service-products"), lambda: rows,
                   "download-products")  # fmt: skip
    if known.empty:
        messages.note(t("Nothing was sold of products whose stock is recorded."))
        return
    shown = known.head(SHOWN)
    columns = (
        Column(t("Product")), Column(t("Service level"), True), Column(t("Lost sales"), True),
        Column(t("Pieces lost"), True), Column(t("Weeks out"), True),
    )  # fmt: skip
    with st.container(key="sr-data-missed"):
        cells = [_cells(desk, row) for row in shown.to_dict("records")]
        place(data_table(title, columns, cells))
    if len(known) > SHOWN:
        messages.note(t("{n} more are in the file.", n=len(known) - SHOWN))


def _cells(desk: SupplyDesk, row: Mapping[Any, Any]) -> list[Html | str]:
    t, language = desk.ctx.t, desk.ctx.language
    about = calm(str(row["category"]))
    first = named(calm(str(row["name"])), about)
    if bool(row["out_now"]):
        first = join(first, tag("span", t("none left now"), cls="chip warm"))
    return [
        first,
        in_per_cent(desk, float(row["level"])),
        language.show(Money(float(row["lost_value"] or 0.0), compact=True)),
        language.show(round(float(row["lost_pieces"] or 0.0))),
        language.show(round(float(row["out_weeks"] or 0.0))),
    ]


def _rests_on(desk: SupplyDesk) -> None:
    if desk.service.said:
        with st.container(key="sr-rests-service"):
            place(tag("h3", desk.ctx.t("How this is known")))
            items = (tag("li", desk.ctx.language.say(*one)) for one in desk.service.said)
            place(tag("ul", *items, cls="rests small"))


def _to_counts() -> None:
    address.put({"view": ["keep"], "keep": []})


def _file(desk: SupplyDesk, name: str) -> str:
    now = desk.service.periods.now
    return f"{name}-{now.first.isoformat()}-{now.last_day.isoformat()}"
