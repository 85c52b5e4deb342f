"""What a shop looks for in the catalogue; it lives in the page's address.

Keys of an address are the whole application's. These are the catalogue's own, so that a
search here and the filters of "For you" leave each other alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.components.filters import known, price_range
from pages.state import Slot
from smartreco.language import Language
from smartreco.workspace.product_views import Sort, Wanted
from smartreco.workspace.views import Facets

SHOWN = 24  # products a page
MINE = {"ordered": True, "new": False}
SORTS = {
    Sort.RELEVANCE: "Best match",
    Sort.POPULAR: "Popular with shops like yours",
    Sort.PRICE_UP: "Price, lowest first",
    Sort.PRICE_DOWN: "Price, highest first",
    Sort.NAME: "Name",
    Sort.NEWEST: "Newest first",
}
EMPTY: dict[str, object] = {
    "find": "", "kind": [], "maker": [], "mine": None, "stocked": False, "page": 1,
}  # fmt: skip


class FilterState:
    """What the filters keep for a browser tab."""

    prices = Slot[tuple[float, float] | None](None)  # the whole span of the slider


state = FilterState()


def draw(facets: Facets, stock_known: bool, language: Language) -> Wanted:
    """Search, order and filters; answer what is wanted now."""
    t = language.text
    with st.container(key="sr-filters", gap="small"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            text = st.text_input(
                t("Search"), key="find", bind="query-params", type="search", max_chars=80,
                placeholder=t("Name, code, category or vendor"), on_change=first_page,
                label_visibility="collapsed", icon=":material/search:",
            )  # fmt: skip
            text = str(text or "").strip()[:80]
            behind = _behind_a_button(facets, stock_known, language)
            sort = _sort(bool(text), language)
        names = {"ordered": t("You order it"), "new": t("New to you")}
        mine = st.segmented_control(
            t("Which products"), list(MINE), key="mine", bind="query-params",
            format_func=lambda one: names[one], label_visibility="collapsed",
            on_change=first_page,
        )  # fmt: skip
    page = st.session_state.get("page") or _page_of_address()
    return Wanted(
        text=text, mine=MINE.get(str(mine)), sort=sort, limit=SHOWN,
        offset=SHOWN * (max(int(page), 1) - 1), **behind,
    )  # fmt: skip


def clear() -> None:
    """Take every filter and the search back; for a button's ``on_click``."""
    for key, nothing in EMPTY.items():
        if key in st.session_state:
            st.session_state[key] = nothing
    if state.prices is not None and "cost" in st.session_state:
        st.session_state["cost"] = state.prices


def choose_category(name: str) -> None:
    """Narrow to one category."""
    st.session_state["kind"] = [name]
    first_page()


def first_page() -> None:
    """Another question starts at its first page."""
    if "page" in st.session_state:
        st.session_state["page"] = 1


def active(wanted: Wanted) -> int:
    """How many filters are set, the search not counted."""
    priced = wanted.price_low is not None or wanted.price_high is not None
    return sum(
        (bool(wanted.categories), bool(wanted.vendors), priced, wanted.in_stock,
         wanted.mine is not None)
    )  # fmt: skip


def _page_of_address() -> int:
    given = st.query_params.get("page", "1")
    return int(given) if given.isdecimal() and len(given) < 6 else 1


def _sort(searching: bool, language: Language) -> Sort:
    choices = [one for one in SORTS if searching or one is not Sort.RELEVANCE]
    chosen = st.selectbox(
        language.text("Order of products"), [one.value for one in choices], key="sort",
        bind="query-params", format_func=lambda one: language.text(SORTS[Sort(one)]),
        label_visibility="collapsed", on_change=first_page, width=270,
    )  # fmt: skip
    known = {one.value for one in choices}
    return Sort(chosen) if chosen in known else choices[0]


def _behind_a_button(facets: Facets, stock_known: bool, language: Language) -> dict[str, object]:
    """Category, vendor, price and stock."""
    t = language.text
    with st.popover(t("Filters"), icon=":material/tune:", key="sr-filters-more"):
        categories = st.multiselect(
            t("Category"), facets.categories, key="kind", bind="query-params",
            placeholder=t("All categories"), on_change=first_page,
        )  # fmt: skip
        vendors: Sequence[str] = ()
        if facets.vendors:
            vendors = st.multiselect(
                t("Vendor"), facets.vendors, key="maker", bind="query-params",
                placeholder=t("All vendors"), on_change=first_page,
            )  # fmt: skip
        price = price_range(facets, "cost", language, first_page)
        stocked = stock_known and st.toggle(
            t("In stock at the vendor"), key="stocked", bind="query-params", on_change=first_page
        )
    state.prices = price.whole or state.prices
    return {
        "categories": known(categories, facets.categories),
        "vendors": known(vendors, facets.vendors),
        "price_low": price.low, "price_high": price.high, "in_stock": bool(stocked),
    }  # fmt: skip
