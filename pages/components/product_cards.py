"""A product of the catalogue as a card, and the facts of one product side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pages.components.cards import calm, offer, price_of, title_of
from pages.components.markup import Html, tag
from pages.components.tiles import tile
from smartreco.entities import Product
from smartreco.language import Language


class Chip(NamedTuple):
    """A few words on a card; ``kind`` is the class that colours them."""

    words: str
    kind: str = ""


def catalogue_card(product: Product, chips: Sequence[Chip], language: Language) -> Html:
    """What it is, what it costs, and how the shop stands to it."""
    return tag(
        "article",
        tag("div", tile(product.category, product.name, product.subcategory), title_of(product),
            cls="head"),
        tag("div", price_of(product, language), offer(product, language), cls="facts"),
        tag("p", *(chip for one in chips for chip in (_chip(one), " ")), cls="marks"),
        cls="card",
    )  # fmt: skip


class Fact(NamedTuple):
    """One thing to know: what it is, its figure, and what goes with it."""

    label: str
    value: str
    about: str = ""
    warm: bool = False


def facts(rows: Sequence[Fact]) -> Html:
    """Facts as a list of terms, so that a listener hears which figure belongs to what."""
    return tag("dl", *(_fact(row) for row in rows), cls="product-facts")


def _fact(row: Fact) -> Html:
    value = tag("dd", tag("b", row.value), cls="warm-words" if row.warm else None)
    about = tag("dd", row.about, cls="small") if row.about else None
    return tag("div", tag("dt", row.label, cls="small"), value, about)


def heading(product: Product, language: Language) -> Html:
    """The tile of a product with what it belongs to."""
    parts = (product.category, product.subcategory, product.product_id)
    words = " · ".join(calm(part) for part in parts if part)
    return tag(
        "div", tile(product.category, product.name, product.subcategory),
        tag("p", words, cls="small"), cls="product-head",
    )  # fmt: skip


def _chip(chip: Chip) -> Html:
    return tag("span", chip.words, cls=f"chip {chip.kind}".strip())
