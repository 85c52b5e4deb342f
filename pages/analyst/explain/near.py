"""Who and what is near: the shops that this one's list listens to, and products like this one."""

from __future__ import annotations

from math import fsum
from typing import Final

import pandas as pd
import streamlit as st

from pages.analyst.explain import wording
from pages.analyst.explain.visit import ExplainVisit
from pages.components import cards, header, messages
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.markup import Html, join, place, tag
from smartreco.language import Message
from smartreco.recommend.templates import ROWS
from smartreco.workspace.explaining.views import NeighbourView, PullView

SHOPS, PRODUCTS = 10, 12  # rows shown
TIMES: Final = Message("once", "{n} times", "n")
ORDER_IT: Final = Message(
    "{some} of the one shop most like it orders this",
    "{some} of the {n} shops most like it order this", "n",
)  # fmt: skip


def draw(visit: ExplainVisit) -> None:
    """Both tables, each with its finding."""
    _shops(visit)
    _products(visit)


def _shops(visit: ExplainVisit) -> None:
    ctx, shops = visit.ctx, visit.near.shops
    t, language = ctx.t, ctx.language
    header.section(
        t("Shops most like it"), "neighbours",
        t("Alike by what they order, lately above all; what few shops order counts more."),
    )  # fmt: skip
    with st.container(key="sr-data-neighbours", gap=None):
        if not shops:
            place(tag("p", t("It is like no other shop yet: its region and kind speak instead."),
                      cls="over"))  # fmt: skip
            return
        some = sum(one.neighbour.times > 0 for one in shops)
        adds = fsum(one.neighbour.adds for one in shops)
        finding = language.say(ORDER_IT, {"some": some, "n": len(shops)})
        added = t("together they add {points} points of score",
                  points=wording.points(adds, language)) if adds else t(
            "on this list neighbours have no weight")  # fmt: skip
        place(tag("div", tag("h3", f"{finding}; {added}"), cls="over"))
        columns = [
            Column(t("Shop")), Column(t("Alike"), number=True), Column(t("Adds"), number=True),
            Column(t("Ordered it")),
        ]  # fmt: skip
        rows = [_shop(visit, one) for one in shops[:SHOPS]]
        place(data_table(t("Shops most like it"), columns, rows))
    csv_button(t("Download all {n} shops", n=len(shops)), visit.file("neighbours"),
               lambda: _shop_frame(shops), "explain-neighbours")  # fmt: skip


def _shop(visit: ExplainVisit, one: NeighbourView) -> list[Html | str]:
    t, language = visit.ctx.t, visit.ctx.language
    shop, about = one.retailer, one.neighbour
    ordered = t("never")
    if about.last_on is not None:
        times = language.say(TIMES, {"n": about.times})
        ordered = t("{times}, last on {day}", times=times, day=about.last_on)
    place_of = " · ".join(filter(None, (shop.city, shop.segment)))
    return [
        named(cards.calm(shop.name), cards.calm(place_of)),
        language.number(about.similarity, 2),
        wording.points(about.adds, language) if about.adds else "–", ordered,
    ]  # fmt: skip


def _shop_frame(shops: tuple[NeighbourView, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (one.retailer.retailer_id, one.retailer.name, one.neighbour.similarity,
             one.neighbour.times, one.neighbour.last_on, one.neighbour.adds)
            for one in shops
        ],
        columns=["retailer_id", "name", "similarity", "times", "last_on", "contribution"],
    )  # fmt: skip


def _products(visit: ExplainVisit) -> None:
    ctx, products = visit.ctx, visit.near.products
    t = ctx.t
    header.section(
        t("Products that speak for it"), "pulls",
        t("Weight: what having ordered the one says about this one, learned from all shops. "
          "Likeness: of kind, vendor, price and name, 0 to 1."),
    )  # fmt: skip
    with st.container(key="sr-data-pulls", gap=None):
        if not products:
            place(tag("p", t("No other product says anything of it yet."), cls="over"))
            return
        own = sum(one.pull.bought for one in products)
        finding = t("The shop orders {n} of these {of}", n=own, of=len(products))
        place(tag("div", tag("h3", finding), cls="over"))
        columns = [
            Column(t("Product")), Column(t("Weight"), number=True),
            Column(t("Likeness"), number=True), Column(t("The shop")),
            Column(t("Adds"), number=True),
        ]  # fmt: skip
        place(data_table(t("Products that speak for it"), columns,
                         [_product(visit, one) for one in products[:PRODUCTS]]))  # fmt: skip
    messages.note(t("A product's name leads to its own explanation for this shop."))


def _product(visit: ExplainVisit, one: PullView) -> list[Html | str]:
    t, language, pull = visit.ctx.t, visit.ctx.language, one.pull
    name = visit.to_product(one.product.product_id, cards.calm(one.product.name))
    shared = ", ".join(
        language.say(ROWS[f"row.{kind}"], {"label": cards.calm(label)})
        for kind, label in pull.shared
    )
    first = tag("span", tag("span", name, cls="name"), tag("span", shared, cls="small block"))
    return [
        join(first), language.number(pull.weight, 3), language.number(pull.likeness, 2),
        t("orders it") if pull.bought else t("not yet"),
        wording.points(pull.adds, language) if pull.adds else "–",
    ]  # fmt: skip
