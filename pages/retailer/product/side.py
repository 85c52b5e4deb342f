"""Price, promotion, stock and terms of a product, and the way onto the order."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, product_cards
from pages.components.markup import place, tag
from pages.components.product_cards import Fact
from pages.retailer.catalogue.visit import CatalogueVisit, bring_back, buying
from smartreco.language import Message, Percent
from smartreco.workspace.product_views import ProductView

SAME = 0.005  # a smaller change of price is none
DAYS = Message("{n} day", "{n} days", "n")


def draw(visit: CatalogueVisit, shown: ProductView) -> None:
    """The card beside the product."""
    with st.container(key="sr-buy", gap="small"):
        place(cards.price_of(shown.product, visit.ctx.language))
        _promotion(visit, shown)
        with st.container(key="sr-buy-act", horizontal=True, vertical_alignment="center"):
            buying(visit, shown.product, shown.usual, first=True, out=shown.supply.free == 0)
        bring_back(visit, shown.product)
        place(product_cards.facts([*_paid(visit, shown), *_supply(visit, shown)]))


def _promotion(visit: CatalogueVisit, shown: ProductView) -> None:
    """What the price holds already; where no list price is known, that it may."""
    t, language, found = visit.ctx.t, visit.ctx.language, shown.price.promotion
    taken_off = cards.offer(shown.product, language)
    if taken_off is not None:
        place(taken_off)
    elif found is not None:
        words = t("{share} off until {day}", share=Percent(found.depth), day=found.ends_on)
        about = t("not taken off the price here, which is what shops paid of late")
        place(tag("p", tag("span", words, cls="chip warm"), " ", tag("span", about, cls="small")))


def _paid(visit: CatalogueVisit, shown: ProductView) -> list[Fact]:
    """What the shop paid last, and how today's price stands to it."""
    t, price = visit.ctx.t, shown.price
    if price.paid is None or price.paid_on is None:
        return []
    change = price.change
    about = t("on {day}", day=price.paid_on)
    if change is not None and abs(change) >= SAME:
        up = t("{share} more today", share=Percent(change))
        about += ", " + (up if change > 0 else t("{share} less today", share=Percent(-change)))
    elif change is not None:
        about += ", " + t("the same today")
    return [Fact(t("You last paid"), visit.ctx.language.money(price.paid), about)]


def _supply(visit: CatalogueVisit, shown: ProductView) -> list[Fact]:
    t, language, supply = visit.ctx.t, visit.ctx.language, shown.supply
    rows = []
    if supply.free is None:
        rows.append(Fact(t("Stock"), t("not known"), t("these data hold no vendor's stock")))
    else:
        packs = cards.Packs(supply.free, shown.product.case_size).words(language)
        there = packs if supply.free else t("Out of stock")
        # stock is counted for the morning to come; a day that is not there yet puzzles a reader
        on = min(supply.stock_on, shown.today) if supply.stock_on else None
        counted = t("counted on {day}", day=on) if on else ""
        rows.append(Fact(t("Stock at the vendor"), there, counted, warm=not supply.free))
    if supply.lead_time_days is not None:
        days = language.say(DAYS, {"n": supply.lead_time_days})
        rows.append(Fact(t("Arrives in"), days))
    if supply.min_order_value:
        rows.append(Fact(t("Vendor's minimum order"), language.money(supply.min_order_value)))
    return rows
