"""Orders in markup: a vendor's head with his minimum, a line, a row of the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pages.components import product_link
from pages.components.cards import PIECES, Packs, calm, each
from pages.components.markup import Html, tag
from pages.components.tiles import tile
from smartreco.entities import DraftLine, Product
from smartreco.language import Language, Message, Money
from smartreco.workspace.order.book_views import (
    Blocker,
    OrderLineView,
    OrderPart,
    OrderSummary,
    Problem,
    VendorPart,
)
from smartreco.workspace.order.words import STATUS_WORDS, refusal

PRODUCTS = Message("{n} product", "{n} products", "n")
VENDORS = Message("{n} vendor", "{n} vendors", "n")
LEFT = Message("only {n} left", "only {n} left", "n")

CHIPS = {"placed": "chip cool", "confirmed": "chip cool", "delivered": "chip good"}
#: The words of an order's status, and the class that colours its chip.
STATUS: Mapping[str, tuple[str, str]] = {
    status: (words, CHIPS.get(status, "chip")) for status, words in STATUS_WORDS.items()
}


def vendor_head(part: VendorPart, language: Language) -> Html:
    """Whose products follow, what they come to, and the way to his minimum."""
    name = calm(part.vendor) if part.vendor else language.text("Without a vendor")
    return tag(
        "div",
        tag("div", tag("h3", name), tag("b", language.money(part.value)), cls="vendor-title"),
        _minimum(part, language),
        cls="vendor",
    )


def _minimum(part: VendorPart, language: Language) -> Html | None:
    if not part.minimum:
        return None
    minimum, missing = Money(part.minimum), Money(part.missing)
    if not part.missing:
        words = language.text("Minimum order of {minimum} reached", minimum=minimum)
        return tag("p", words, cls="small")
    words = language.text(
        "{missing} more for the minimum order of {minimum}", missing=missing, minimum=minimum
    )
    share = part.value / part.minimum
    meter = tag("span", tag("span", style=f"width:{share:.0%}"), cls="meter short")
    return tag("div", tag("span", words, cls="small short"), meter, cls="minimum")


def draft_line(line: DraftLine, problems: Sequence[Problem], language: Language) -> Html:
    """What is ordered, at what price, and what is wrong with it in a word."""
    product = line.product
    packs = Packs(line.quantity, product.case_size)
    chips = [tag("span", words, cls="chip warm") for words in _in_a_word(problems, language)]
    return tag(
        "article",
        tile(product.category, product.name, product.subcategory),
        tag(
            "div",
            tag("h4", product_link.named(product.product_id, calm(product.name))),
            tag("p", _pack(packs, product, language), cls="small"),
            *chips,
            cls="what",
        ),
        cls="draft-line",
    )


def _in_a_word(problems: Sequence[Problem], language: Language) -> list[str]:
    """Problems of a line in a word each; what its price line says already is left out."""
    found = []
    for one in problems:
        if one.blocker is Blocker.STOCK and one.room:
            found.append(language.say(LEFT, {"n": one.room}))
        elif one.blocker is Blocker.STOCK:
            found.append(language.text("none left"))
        elif one.blocker is Blocker.INACTIVE:
            found.append(language.text("no longer sold"))
        elif one.blocker is Blocker.CASE:
            found.append(language.text("last case not full"))
    return found


def value(amount: float | None, language: Language) -> Html:
    """What a line comes to."""
    words = language.text("no price") if amount is None else language.money(amount)
    return tag("p", tag("b", words), cls="line-value")


def _pack(packs: Packs, product: Product, language: Language) -> str:
    if product.unit_price is None:
        price = language.text("price on request")
    else:
        price = each(product.unit_price, product, language)
    if packs.in_cases:
        whole = language.say(PIECES, {"n": packs.pieces})
        return f"{packs.words(language)} · {whole} · {price}"
    return f"{packs.words(language)} · {price}"


def order_row(order: OrderSummary, language: Language) -> Html:
    """One order of the history: when, which, what became of it, how much."""
    small = " · ".join(
        (
            language.text("No. {id}", id=order.order_id),
            language.say(PRODUCTS, {"n": order.lines}),
            language.say(PIECES, {"n": order.pieces}),
        )
    )
    return tag(
        "article",
        tag("div", tag("h2", language.day(order.ordered_at)), tag("p", small, cls="small")),
        status_chip(order.status, order.delivered_on, language),
        tag("b", language.money(order.value), cls="amount"),
        cls=f"order-row {order.status}",
    )


def status_chip(status: str, delivered_on: date | None, language: Language) -> Html:
    """What became of an order or of a part of it, in words and colour."""
    words, cls = STATUS.get(status, (status.title(), "chip"))
    when = ""
    if status == "delivered" and delivered_on is not None:
        when = language.text("on {day}", day=delivered_on)
    return tag(
        "div", tag("span", language.text(words), cls=cls),
        tag("span", when, cls="small block") if when else None, cls="status",
    )  # fmt: skip


def order_parts(parts: Sequence[OrderPart], language: Language) -> Html:
    """How far each vendor is with his part, and why he refused it."""
    rows = []
    for part in parts:
        words, cls = STATUS.get(part.status, (part.status.title(), "chip"))
        day = part.delivered_on if part.status == "delivered" else None
        when = "" if day is None else " " + language.text("on {day}", day=day)
        vendor = calm(part.vendor) if part.vendor else language.text("Without a vendor")
        chip = tag("span", language.text(words) + when, cls=cls)
        why = f" {refusal(part.reason, language)}" if part.reason else None
        rows.append(tag("p", tag("span", vendor), " ", chip, why, cls="small"))
    return tag("div", *rows, cls="order-parts")


def order_lines(lines: Sequence[OrderLineView], language: Language) -> Html:
    """The lines of a placed order, as one list."""
    return tag("ul", *(_placed_line(line, language) for line in lines), cls="placed-lines")


def _placed_line(line: OrderLineView, language: Language) -> Html:
    product = line.product
    packs = Packs(line.quantity, product.case_size).words(language)
    price = "" if line.unit_price is None else language.text(
        "{price} each", price=Money(line.unit_price)
    )  # fmt: skip
    parts = (calm(product.vendor or ""), *(one.replace(" ", "\u00a0") for one in (packs, price)))
    small = " · ".join(part for part in parts if part)
    amount = language.text("no price") if line.value is None else language.money(line.value)
    return tag(
        "li",
        tile(product.category, product.name, product.subcategory),
        tag(
            "div",
            tag("p", product_link.named(product.product_id, calm(product.name)), cls="name"),
            tag("p", small, cls="small"),
        ),
        tag("b", amount),
    )
