"""The whole catalogue: search, narrow, and put on the order."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components import cards, header, messages, product_cards
from pages.components.markup import literal, place
from pages.components.product_cards import Chip
from pages.context import Context
from pages.retailer.catalogue import filters
from pages.retailer.catalogue.visit import CatalogueVisit, Part, bring_back, buying, order_bar
from pages.state import Slot
from smartreco.language import Message
from smartreco.workspace.product_views import Found, Match, SearchPage, Wanted
from smartreco.workspace.views import Facets

NEAR = (Match.CLOSEST, Match.SOME)  # not what was asked for, but something like it
GONE = 0.2  # seconds in which a browser notices that cards are gone
NARROW = 6  # categories that are offered with their counts
ALL = Message("{n} product you can order", "{n} products you can order", "n")
FOUND = Message("{n} product", "{n} products", "n")
FOUND_FOR = Message("{n} product for “{text}”", "{n} products for “{text}”", "n")
ORDERED = Message("Ordered once", "Ordered {times} times", "times")


class CatalogueState:
    """What this page keeps for a browser tab."""

    offset = Slot[int | None](None)  # of the page that was drawn last
    facets = Slot[tuple[Facets, bool] | None](None)  # what filters choose from; is stock known


state = CatalogueState()


def render(ctx: Context) -> None:
    """Draw the page for the shop that is signed in."""
    with st.container(key="sr-catalogue"):
        top = st.container()
        shown, wanted = _read(ctx)
        visit = CatalogueVisit(ctx, str(ctx.principal.retailer_id), shown.draft, shown.dismissed)
        with top:
            header.page_header(_said(shown, wanted, ctx), _about(shown, wanted, ctx))
        _narrow(shown, wanted, ctx)
        if shown.found:
            visit.places[Part.RESULTS] = {one.product.product_id for one in shown.found}
            with _from_the_top(wanted.offset):
                visit.part(Part.RESULTS, _results, shown.found)
                _pages(shown)
        else:
            _nothing(shown, wanted, ctx)
        visit.part(Part.ORDER, order_bar)


def _from_the_top(offset: int) -> DeltaGenerator:
    """Where the cards go; a reader who turns the page is brought to its top.

    A browser stays where it was scrolled to. With the cards gone for a moment there is
    nothing to scroll, so the next ones are seen from the first.
    """
    turned, state.offset = state.offset not in (None, offset), offset
    if not turned:
        return st.container()
    gone = st.empty()
    time.sleep(GONE)
    return gone.container()


def _read(ctx: Context) -> tuple[SearchPage, Wanted]:
    """Filters first, since the search is what they say; a new tab has to learn the choices."""
    if state.facets is None:
        first = _ask(ctx, Wanted(limit=1))
        state.facets = (first.facets, first.stock_known)
    wanted = filters.draw(*state.facets, ctx.language)
    shown = _ask(ctx, wanted)
    if not shown.found and shown.total:  # a page of the address beyond the last one
        wanted = Wanted(**{**_fields(wanted), "offset": 0})
        shown = _ask(ctx, wanted)
    return shown, wanted


def _ask(ctx: Context, wanted: Wanted) -> SearchPage:
    principal = ctx.principal
    return ctx.workspace.products.search(principal, str(principal.retailer_id), wanted)


def _fields(wanted: Wanted) -> dict[str, object]:
    return {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}


def _said(shown: SearchPage, wanted: Wanted, ctx: Context) -> str:
    say, n = ctx.language.say, shown.total
    if wanted.text and (shown.match is Match.NOTHING or not n):
        return ctx.t("Nothing is called “{text}”", text=wanted.text)
    if wanted.text and shown.match in NEAR:
        products = say(FOUND, {"n": n})
        return ctx.t("Closest to “{text}”: {products}", text=wanted.text, products=products)
    if wanted.text:
        return say(FOUND_FOR, {"n": n, "text": wanted.text})
    return say(FOUND if filters.active(wanted) else ALL, {"n": n})


def _about(shown: SearchPage, wanted: Wanted, ctx: Context) -> str:
    if not wanted.text or not shown.total or shown.match not in NEAR:
        return ctx.t("Catalogue")
    return ctx.t("Nothing is called that; searched for “{text}”", text=shown.read_as)


def _narrow(shown: SearchPage, wanted: Wanted, ctx: Context) -> None:
    """Categories that hold most of what was found, and the way back from filters."""
    counts = sorted(shown.categories.items(), key=lambda one: (-one[1], one[0]))
    with st.container(key="sr-narrow", horizontal=True, gap="xsmall"):
        if not wanted.categories and len(counts) > 1:
            for at, (name, n) in enumerate(counts[:NARROW]):
                st.button(
                    f"{literal(cards.calm(name))} **{ctx.language.number(n)}**",
                    key=f"narrow-{at}", on_click=filters.choose_category, args=(name,),
                )  # fmt: skip
        if filters.active(wanted):
            st.button(
                ctx.t("Clear filters"), key="catalogue-clear", type="tertiary",
                icon=":material/filter_list_off:", on_click=filters.clear,
            )  # fmt: skip


def _results(visit: CatalogueVisit, found: tuple[Found, ...]) -> None:
    with st.grid("auto", min_column_width=240, gap="small", key="sr-cards"):
        for one in found:
            with st.container(
                key=f"sr-card-{one.product.product_id}", height="stretch", horizontal=True,
                gap="xsmall",
            ):  # fmt: skip
                chips = _chips(visit, one)
                place(product_cards.catalogue_card(one.product, chips, visit.ctx.language))
                buying(visit, one.product, one.usual)
                bring_back(visit, one.product)


def _chips(visit: CatalogueVisit, found: Found) -> list[Chip]:
    t, say = visit.ctx.t, visit.ctx.language.say
    chips = []
    if found.product.on_hand == 0:
        chips.append(Chip(t("Out of stock"), "warm"))
    if found.orders and found.days_since is not None:
        ago = say(cards.DAYS_AGO, {"n": found.days_since})
        words = say(ORDERED, {"times": found.orders})
        chips.append(Chip(t("{times}, last {ago}", times=words, ago=ago)))
    else:
        chips.append(Chip(t("New to you"), "cool"))
    if found.product.product_id in visit.dismissed:
        chips.append(Chip(t("Not for me")))
    return chips


def _pages(shown: SearchPage) -> None:
    pages = -(-shown.total // filters.SHOWN)
    if pages > 1:
        with st.container(key="sr-pages", horizontal_alignment="center"):
            st.pagination(pages, key="page", bind="query-params")


def _nothing(shown: SearchPage, wanted: Wanted, ctx: Context) -> None:
    t = ctx.t
    if shown.unfiltered and filters.active(wanted):
        messages.empty_state(
            t("Nothing here with these filters"),
            t("Without them there are {n}.", n=shown.unfiltered), "basket", key="catalogue",
            action=t("Take the filters back"), on_click=_keep_text,
        )  # fmt: skip
    elif wanted.text:
        messages.empty_state(
            t("No product is called that, or nearly that"),
            t("Try one word of its name, its code, or its category."), "basket", key="catalogue",
            action=t("Show all products"), on_click=filters.clear,
        )  # fmt: skip
    else:
        messages.empty_state(
            t("There are no products yet"), t("They appear here once they are imported."),
            "package", key="catalogue",
        )  # fmt: skip


def _keep_text() -> None:
    text = st.session_state.get("find", "")
    filters.clear()
    st.session_state["find"] = text
