"""A line of a suggested order in markup: what, how much, and why so much."""

from __future__ import annotations

from pages.components.cards import Packs, calm
from pages.components.markup import Html, tag
from pages.components.tiles import tile
from smartreco.entities import ListName
from smartreco.language import Language
from smartreco.stock.sentences import say
from smartreco.workspace.order.views import OrderLine


def name(line: OrderLine) -> str:
    """The product's name as it is written on a page."""
    return calm(line.product.name)


def suggested(line: OrderLine, there: int, language: Language) -> Html:
    """One suggested product; ``there`` are its pieces on the order already."""
    product = line.product
    packs = Packs(line.quantity, product.case_size).words(language)
    why = ". ".join(_sentence(say(one, language)) for one in line.why)
    new = line.source is ListName.DISCOVER
    already = Packs(there, product.case_size).words(language) if there else ""
    return tag(
        "article",
        tile(product.category, product.name, product.subcategory),
        tag("h4", name(line)),
        tag("p", tag("b", language.money(line.value)), tag("span", packs, cls="small block"),
            cls="amount"),
        tag(
            "div",
            tag("p", why, cls="small"),
            tag("span", language.text("new to you"), cls="chip cool") if new else None,
            tag("span", language.text("on your order: {packs}", packs=already), cls="chip")
            if already else None,
            cls="why",
        ),
        cls="suggested-line",
    )  # fmt: skip


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
