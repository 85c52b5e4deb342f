"""The row of filters that lists share; what is chosen lives in the page's address.

A link with filters can be sent to a colleague, and going back in the browser
takes the last choice back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from pages.state import Slot
from smartreco.language import Language, Money
from smartreco.workspace.views import Facets, ListFilter

FEWEST_STEPS = 3  # of prices, below which there is nothing to choose
FEW = 6  # so many categories fit as pills; more go into a list
EMPTY: dict[str, str | list[str]] = {"search": "", "category": [], "vendor": []}


@dataclass(frozen=True, slots=True)
class PriceRange:
    """Prices of one piece that are wanted, None where not bounded; ``whole``: all there are."""

    low: float | None = None
    high: float | None = None
    whole: tuple[float, float] | None = None


class FilterState:
    """What the filters keep for a browser tab."""

    prices = Slot[tuple[float, float] | None](None)  # the whole span of the slider


state = FilterState()


def product_filters(facets: Facets, language: Language) -> ListFilter:
    """Draw search, category, vendor and price; answer what is chosen now."""
    with st.container(key="sr-filters", gap="small"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            search = st.text_input(
                language.text("Search"), key="search", bind="query-params", type="search",
                placeholder=language.text("Product, brand or vendor"), max_chars=80,
                label_visibility="collapsed", icon=":material/search:",
            )  # fmt: skip
            behind = _behind_a_button(facets, language)
        chosen = replace(behind, search=str(search or "").strip()[:80])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if 1 < len(facets.categories) <= FEW:
                chosen = replace(chosen, categories=_pills(facets, language))
            if active(chosen):
                st.button(
                    language.text("Clear filters"), key="filters-clear", type="tertiary",
                    icon=":material/filter_list_off:", on_click=clear,
                )  # fmt: skip
    return chosen


def clear() -> None:
    """Take every filter back; for a button's ``on_click``."""
    for key, nothing in EMPTY.items():
        if key in st.session_state:
            st.session_state[key] = nothing
    if state.prices is not None:
        st.session_state["price"] = state.prices


def active(chosen: ListFilter) -> int:
    """How many filters are set."""
    priced = chosen.price_low is not None or chosen.price_high is not None
    return bool(chosen.categories) + bool(chosen.vendors) + priced + bool(chosen.search)


def price_steps(low: float, high: float) -> list[float]:
    """Round prices from `low` to `high`, finer where prices are small.

    >>> price_steps(12, 900)
    [10, 20, 50, 100, 200, 500, 1000]
    """
    low, high = max(low, 0.01), max(high, 0.01)
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = [base * 10**exponent for exponent in exponents for base in (1, 2, 5)]
    below = max((step for step in steps if step <= low), default=steps[0])
    above = min((step for step in steps if step >= high), default=steps[-1])
    return [step for step in steps if below <= step <= above]


def known(chosen: Sequence[str], choices: Sequence[str]) -> tuple[str, ...]:
    """What was chosen and there is: the browser may send anything."""
    return tuple(one for one in chosen or () if one in choices)


def price_range(
    facets: Facets,
    key: str,
    language: Language,
    on_change: Callable[[], None] | None = None,
) -> PriceRange:
    """A slider over the prices of one piece; nothing where there is no span to choose from."""
    if facets.price_low is None or facets.price_high is None:
        return PriceRange()
    steps = price_steps(facets.price_low, facets.price_high)
    if len(steps) < FEWEST_STEPS:
        return PriceRange()
    whole = (steps[0], steps[-1])
    low, high = st.select_slider(
        language.text("Price of one piece"), steps, value=whole, key=key,
        bind="query-params", format_func=lambda step: language.show(Money(step, digits=0)),
        on_change=on_change,
    )  # fmt: skip
    return PriceRange(low if low > whole[0] else None, high if high < whole[1] else None, whole)


def _pills(facets: Facets, language: Language) -> tuple[str, ...]:
    chosen = st.pills(
        language.text("Category"), facets.categories, selection_mode="multi", key="category",
        bind="query-params", label_visibility="collapsed", wrap=True,
    )  # fmt: skip
    return known(chosen, facets.categories)


def _behind_a_button(facets: Facets, language: Language) -> ListFilter:
    """Vendor, price and, where there are many, category."""
    categories: Sequence[str] = ()
    vendors: Sequence[str] = ()
    with st.popover(language.text("Filters"), icon=":material/tune:", key="sr-filters-more"):
        if len(facets.categories) > FEW:
            categories = st.multiselect(
                language.text("Category"), facets.categories, key="category",
                bind="query-params", placeholder=language.text("All categories"),
            )  # fmt: skip
        if facets.vendors:
            vendors = st.multiselect(
                language.text("Vendor"), facets.vendors, key="vendor", bind="query-params",
                placeholder=language.text("All vendors"),
            )  # fmt: skip
        price = price_range(facets, "price", language)
    state.prices = price.whole or state.prices
    return ListFilter(
        known(categories, facets.categories), known(vendors, facets.vendors), price.low, price.high
    )
