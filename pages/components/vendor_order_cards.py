"""A vendor's part of shops' orders in markup: a row of the list, the lines of an opened one."""

from __future__ import annotations

from collections.abc import Sequence

from pages.components.cards import PIECES, Packs, calm
from pages.components.markup import Html, tag
from pages.components.order_cards import PRODUCTS, status_chip
from smartreco.language import Language, Money
from smartreco.workspace.vendor.desk_views import VendorOrderLine, VendorOrderSummary


def order_row(order: VendorOrderSummary, language: Language) -> Html:
    """One order: of which shop, when, how much, what became of it."""
    shop = " · ".join(part for part in (calm(order.retailer), calm(order.city or "")) if part)
    small = " · ".join(
        (
            language.day(order.ordered_at),
            language.text("No. {id}", id=order.order_id),
            language.say(PRODUCTS, {"n": order.lines}),
            language.say(PIECES, {"n": order.pieces}),
        )
    )
    return tag(
        "article",
        tag("div", tag("h2", shop), tag("p", small, cls="small")),
        status_chip(order.status, order.delivered_on, language),
        tag("b", language.money(order.value), cls="amount"),
        cls=f"order-row {order.status}",
    )


def lines_of(lines: Sequence[VendorOrderLine], language: Language) -> Html:
    """The lines of an order, with what is short marked."""
    return tag("ul", *(_line(one, language) for one in lines), cls="placed-lines")


def _line(line: VendorOrderLine, language: Language) -> Html:
    t = language.text
    packs = Packs(line.quantity, line.case_size)
    parts = [packs.words(language)]
    if packs.in_cases:
        parts.append(language.say(PIECES, {"n": line.quantity}))
    if line.unit_price is not None:
        parts.append(t("{price} each", price=Money(line.unit_price)))
    if line.on_hand is not None:
        parts.append(t("{n} in your stock", n=line.on_hand))
    value = None if line.unit_price is None else line.unit_price * line.quantity
    short = tag("span", t("not enough in stock"), cls="chip warm") if line.short else None
    return tag(
        "li",
        tag("div", tag("p", calm(line.name), cls="name"),
            tag("p", " · ".join(parts), cls="small"), short),
        tag("b", t("no price") if value is None else language.money(value)),
    )  # fmt: skip
