"""One product: what it costs, whether it is there, how it sells, what stands beside it."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, header, messages, product_cards
from pages.components.markup import place, tag
from pages.components.product_cards import Chip
from pages.context import Context
from pages.retailer import why
from pages.retailer.catalogue.visit import CatalogueVisit, Part, buying, order_bar
from pages.retailer.product import demand as product_demand
from pages.retailer.product import side as product_side
from smartreco.entities import Product
from smartreco.errors import NotFoundError
from smartreco.language import Percent
from smartreco.workspace.product_views import AlikeView, ProductView, TogetherView

SENTENCES = 3  # reasons told in full beside the likelihood
LEAST_SHARE = 0.01  # below it a likelihood is said to be less than this


def render(ctx: Context) -> None:
    """Draw the product that the address names."""
    product_id = str(st.query_params.get("id", ""))
    principal = ctx.principal
    try:
        shown = ctx.workspace.products.product(principal, str(principal.retailer_id), product_id)
    except NotFoundError:
        _unknown(ctx)
        return
    hidden = [product_id] if shown.dismissed else []
    visit = CatalogueVisit(ctx, shown.retailer.retailer_id, shown.draft, hidden)
    visit.places = {
        Part.BUY: {product_id},
        Part.TOGETHER: {one.product.product_id for one in shown.together},
        Part.ALIKE: {one.product.product_id for one in shown.alike},
    }
    with st.container(key="sr-product"):
        with st.container(key="sr-product-top", horizontal=True, gap="medium"):
            with st.container(key="sr-product-main"):
                _head(visit, shown)
                _likely(visit, shown)
            with st.container(key="sr-product-side"):
                visit.part(Part.BUY, product_side.draw, shown)
        product_demand.own_orders(visit, shown)
        visit.part(Part.TOGETHER, _together, shown)
        visit.part(Part.ALIKE, _alike, shown)
        product_demand.all_shops(ctx, shown)
        visit.part(Part.ORDER, order_bar)


def _unknown(ctx: Context) -> None:
    header.page_header(ctx.t("No such product"), ctx.t("Catalogue"))
    with st.container(key="sr-unknown", gap="small"):
        messages.note(ctx.t("The address names a product that is not in this catalogue."))
        place(tag("p", tag("a", ctx.t("Open the catalogue"), href="catalogue")))


def _head(visit: CatalogueVisit, shown: ProductView) -> None:
    t, product = visit.ctx.t, shown.product
    place(tag("p", tag("a", t("← Catalogue"), href="catalogue", cls="back")))
    header.page_header(cards.calm(product.name), cards.calm(product.vendor or product.category))
    place(product_cards.heading(product, visit.ctx.language))


def _likely(visit: CatalogueVisit, shown: ProductView) -> None:
    """How likely the shop orders it soon, and why."""
    t, line = visit.ctx.t, shown.suggestion
    with st.container(key="sr-product-why", gap="small"):
        if line is None:
            words = t("Not in the lists yet: they know it after the next fit.")
            if not shown.product.active:
                words = t("No longer sold, so it is on no list.")
            messages.note(words)
            return
        share = line.recommendation.probability
        if share is None:
            messages.note(t("Not enough data for a likelihood."))
        elif share < LEAST_SHARE:
            place(_chance(t("under {share}", share=Percent(LEAST_SHARE)), share, visit.ctx))
        else:
            place(_chance(visit.ctx.language.percent(share), share, visit.ctx))
        said = why.sentences(visit, line)[:SENTENCES]
        place(tag("ul", *(tag("li", one) for one in said), cls="reasons"))
        why.draw(visit, line)


def _chance(words: str, share: float, ctx: Context):  # type: ignore[no-untyped-def]
    label = ctx.t("likely that you order it in the next 4 weeks")
    meter = tag("span", tag("span", style=f"width:{share:.0%}"), cls="meter", aria_hidden="true")
    return tag("p", tag("b", words), " ", tag("span", label), meter, cls="chance")


def _together(visit: CatalogueVisit, shown: ProductView) -> None:
    t = visit.ctx.t
    about = t("What is in the latest orders that hold it more often than in other orders.")
    header.section(t("Often ordered with it"), "together", about)
    if not shown.together:
        with st.container(key="sr-none-together"):
            messages.note(t("Not enough orders hold it together with another product."))
        return
    with st.grid(3, min_column_width=240, gap="small", key="sr-cards-together"):
        for one in shown.together:
            _neighbour(visit, one.product, one.usual, _tie(visit, one), "with-")


def _tie(visit: CatalogueVisit, one: TogetherView) -> list[Chip]:
    t = visit.ctx.t
    held = t("in {share} of {n} orders", share=Percent(one.both / one.orders), n=one.orders)
    return [Chip(held, "cool"), Chip(t("{lift} times as often as usual", lift=one.lift))]


def _alike(visit: CatalogueVisit, shown: ProductView) -> None:
    t = visit.ctx.t
    if not shown.alike:
        return
    about = t("By category, vendor, price and words of the name.")
    header.section(t("Similar products"), "alike", about)
    with st.grid(3, min_column_width=240, gap="small", key="sr-cards-alike"):
        for one in shown.alike:
            _neighbour(visit, one.product, one.usual, _shared(visit, one), "like-")


def _shared(visit: CatalogueVisit, one: AlikeView) -> list[Chip]:
    t = visit.ctx.t
    words = {
        "word": lambda label: f"“{label}”",
        "price": lambda _: t("same price band"),
    }
    plain = cards.calm
    found = [words.get(kind, plain)(label) for kind, label in one.shared]
    return [Chip(word, "" if at else "cool") for at, word in enumerate(dict.fromkeys(found))]


def _neighbour(
    visit: CatalogueVisit, product: Product, pieces: int, chips: list[Chip], where: str
) -> None:
    key = f"sr-card-{where}{product.product_id}"
    with st.container(key=key, height="stretch", horizontal=True, gap="xsmall"):
        place(product_cards.catalogue_card(product, chips, visit.ctx.language))
        buying(visit, product, pieces, where=where)
