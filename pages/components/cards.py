"""Product cards and order lines: one element each, the same everywhere a product is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.components import product_link
from pages.components.markup import Html, tag
from pages.components.tiles import tile
from smartreco.entities import DraftLine, Product, Suggestion
from smartreco.language import Language, Message, Money, Percent

DAYS_AGO = Message("{n} day ago", "{n} days ago", "n")
EVERY = Message("every {n} day", "every {n} days", "n")
LATE = Message("{n} day late", "{n} days late", "n")
IN_DAYS = Message("due in {n} day", "due in {n} days", "n")
CASES = Message("{n} case", "{n} cases", "n")
PIECES = Message("{n} piece", "{n} pieces", "n")


@dataclass(frozen=True)
class Packs:
    """A quantity of pieces as people count it: in whole cases where it is whole cases."""

    pieces: int
    case_size: int

    @property
    def in_cases(self) -> bool:
        """Whether cases are how to count it."""
        return self.case_size > 1 and self.pieces % self.case_size == 0

    @property
    def count(self) -> int:
        """Cases, or pieces where it is not whole cases."""
        return self.pieces // self.case_size if self.in_cases else self.pieces

    def words(self, language: Language) -> str:
        """Such as "2 cases" or "5 pieces"."""
        return language.say(CASES if self.in_cases else PIECES, {"n": self.count})


def product_card(line: Suggestion, reasons: Sequence[str], language: Language) -> Html:
    """A product that is new to the shop: what it is, what it costs, why it is here."""
    product = line.product
    return tag(
        "article",
        tag("div", _tile(product), title_of(product), cls="head"),
        tag("div", price_of(product, language), offer(product, language),
            _chance(line, language), cls="facts"),
        _chips(reasons),
        cls="card",
    )  # fmt: skip


def reorder_line(line: Suggestion, why: str, language: Language) -> Html:
    """A product that the shop buys already: since when, how likely, how much, what value."""
    small = " · ".join(part for part in (why, _unit_price(line.product, language)) if part)
    return tag(
        "article",
        _tile(line.product),
        tag("div", title_of(line.product), tag("p", small, cls="small why"), cls="what"),
        tag("div", rhythm_chip(line, language), tag("p", rhythm(line, language), cls="small"),
            cls="rhythm"),
        _chance(line, language) or tag("span"),
        _amount(line, language),
        cls="line",
    )  # fmt: skip


def reorder_head(language: Language) -> Html:
    """What the columns of the reorder lines hold, said once; each line says it for itself too."""
    columns = (
        language.text("Product"),
        language.text("Your rhythm"),
        language.text("Likely in 4 weeks"),
        language.text("Suggested"),
    )
    spans = (tag("span", column) for column in columns)
    return tag("div", tag("span"), *spans, cls="line head small", aria_hidden="true")


def order_line(line: DraftLine, language: Language) -> Html:
    """A line of the order: what, at what price, worth how much."""
    product = line.product
    packs = Packs(line.quantity, product.case_size)
    value = language.money(line.value) if line.value is not None else language.text("no price")
    each = _unit_price(product, language)
    small = " · ".join(part for part in (packs.words(language), each) if part)
    return tag(
        "div",
        tag(
            "div",
            tag("p", product_link.named(product.product_id, calm(product.name)), cls="name"),
            tag("p", small, cls="small"),
        ),
        tag("b", value, cls="value"),
        cls="order-line",
    )


def rhythm(line: Suggestion, language: Language) -> str:
    """The shop's own rhythm: "every 12 days, last 15 days ago"."""
    parts = []
    if line.recommendation.cadence_days:
        parts.append(language.say(EVERY, {"n": max(round(line.recommendation.cadence_days), 1)}))
    if line.days_since is not None:
        ago = language.say(DAYS_AGO, {"n": line.days_since})
        parts.append(language.text("last {ago}", ago=ago))
    return ", ".join(parts)


def rhythm_chip(line: Suggestion, language: Language) -> Html | None:
    """How due a line is: the warm colour and words when it is, quiet words when it is not."""
    cadence, since = line.recommendation.cadence_days, line.days_since
    if cadence is None or since is None:
        return None
    late = since - max(round(cadence), 1)
    if late > 0 and not line.due:
        words = language.text("not for a long time")
    elif late > 0:
        words = language.say(LATE, {"n": late})
    elif late == 0:
        words = language.text("due today")
    else:
        words = language.say(IN_DAYS, {"n": -late})
    return tag("span", words, cls="chip warm" if line.due else "chip")


def calm(text: str) -> str:
    """Names typed in capitals, in a form that does not shout.

    >>> calm("STRAIGHT RYE WHISKIES"), calm("boAt Airdopes 141")
    ('Straight Rye Whiskies', 'boAt Airdopes 141')
    """
    return text.title() if text.isupper() and len(text) > 4 else text


def title_of(product: Product) -> Html:
    """A product's name, which leads to its page, and where it comes from."""
    name, origin = calm(product.name), product.vendor or product.subcategory or product.category
    heading = tag("h3", product_link.named(product.product_id, name), title=name)
    return tag("div", heading, tag("p", calm(origin), cls="small"), cls="title")


def _tile(product: Product) -> Html:
    return tile(product.category, product.name, product.subcategory)


def _chips(reasons: Sequence[str]) -> Html | None:
    if not reasons:
        return None
    return tag("ul", *(tag("li", reason) for reason in reasons), cls="chips")


def _unit_price(product: Product, language: Language) -> str:
    if product.unit_price is None:
        return ""
    return each(product.unit_price, product, language)


def each(price: float, product: Product, language: Language) -> str:
    """What one piece costs, and how much a promotion takes off it."""
    if not product.reduction:
        return language.text("{price} each", price=Money(price))
    return language.text(
        "{price} each, {share} off", price=Money(price), share=Percent(product.reduction)
    )


def _case(product: Product, language: Language) -> str:
    if product.case_size <= 1:
        return language.text("sold singly")
    return language.text("case of {n}", n=product.case_size)


def price_of(product: Product, language: Language) -> Html:
    """What one piece costs, and a case of it."""
    if product.unit_price is None:
        return tag("p", language.text("price on request"), cls="price")
    pack = _case(product, language)
    if product.case_size > 1:
        case = Money(product.unit_price * product.case_size)
        pack = language.text("{price} a case of {n}", price=case, n=product.case_size)
    return tag(
        "p",
        tag("span", tag("b", language.money(product.unit_price)), " ", language.text("each")),
        tag("span", pack, cls="small"),
        cls="price",
    )


def offer(product: Product, language: Language) -> Html | None:
    """The promotion that the price holds already; None where none runs."""
    if not product.reduction or product.regular_price is None:
        return None
    words = language.text("{share} off", share=Percent(product.reduction))
    if product.reduced_until is not None:
        words = language.text(
            "{share} off until {day}", share=Percent(product.reduction), day=product.reduced_until
        )
    regular = language.text("{price} without it", price=Money(product.regular_price))
    return tag(
        "p", tag("span", words, cls="chip warm"), " ", tag("span", regular, cls="small"),
        cls="offer",
    )  # fmt: skip


def _chance(line: Suggestion, language: Language) -> Html | None:
    share = line.recommendation.probability
    if share is None:
        return None
    return tag(
        "p",
        tag("b", language.percent(share)), " ",
        tag("span", language.text("likely in 4 weeks"), cls="small label"),
        tag("span", tag("span", style=f"width:{share:.0%}"), cls="meter", aria_hidden="true"),
        cls="chance",
        title=language.text("{share} likely to be ordered in the next 4 weeks",
                            share=Percent(share)),
    )  # fmt: skip


def _amount(line: Suggestion, language: Language) -> Html:
    price, quantity = line.product.unit_price, line.recommendation.quantity
    packs = Packs(quantity, line.product.case_size)
    words = packs.words(language)
    if packs.in_cases:
        words = f"{words} · {language.say(PIECES, {'n': quantity})}"
    value = None if price is None else tag("b", language.money(price * quantity))
    return tag("p", value, tag("span", words, cls="small block"), cls="amount")


def figure(label: str, value: str, *, change: str | None = None, meaning: str = "") -> None:
    """One number that matters, with what it means one click away."""
    st.metric(label, value, change, border=True, help=meaning or None, height="stretch")
