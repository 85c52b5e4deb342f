"""Filters: what is chosen is in the address, and a wrong address does no harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.components import filters
from smartreco.workspace.views import ListFilter


def script(categories: int) -> None:
    """Draw the filters over so many categories and keep what is chosen."""
    import streamlit as st

    from pages.components import filters
    from smartreco.language import Language
    from smartreco.workspace.views import Facets

    names = tuple(f"Category {at}" for at in range(categories))
    facets = Facets(names, ("Nila", "Omkar"), 12.0, 900.0)
    st.session_state["chosen"] = filters.product_filters(facets, Language("en_IN", "INR"))


def tab(categories: int = 5, **query: str) -> AppTest:
    """A tab with the filters, at an address."""
    at = AppTest.from_function(script, args=(categories,))
    at.query_params.update(query)
    return at.run()


def chosen(at: AppTest) -> ListFilter:
    """What the page is given."""
    assert not at.exception
    found: ListFilter = at.session_state["chosen"]
    return found


def test_nothing_chosen_lets_everything_through() -> None:
    assert chosen(tab()) == ListFilter()
    assert filters.active(ListFilter()) == 0


def test_a_choice_reaches_the_page_and_the_address() -> None:
    at = tab()
    at.text_input(key="search").set_value(" tea ").run()
    at.pills(key="category").set_value(["Category 1", "Category 3"]).run()
    at.multiselect(key="vendor").set_value(["Omkar"]).run()
    at.select_slider(key="price").set_value((20, 200)).run()
    assert chosen(at) == ListFilter(("Category 1", "Category 3"), ("Omkar",), 20, 200, "tea")
    assert filters.active(chosen(at)) == 4


@pytest.mark.parametrize("categories", [5, 40])
def test_an_address_with_filters_opens_filtered(categories: int) -> None:
    at = tab(categories, category="Category 2", search="tea", vendor="Nila")
    assert chosen(at) == ListFilter(("Category 2",), ("Nila",), None, None, "tea")


@pytest.mark.parametrize(
    "query",
    [{"category": "no such"}, {"vendor": "'; DROP TABLE products"}, {"price": "x"},
     {"price": "-5"}, {"search": ""}, {"category": ""}],
)  # fmt: skip
def test_an_address_with_nonsense_is_as_one_without(query: dict[str, str]) -> None:
    assert chosen(tab(**query)) == ListFilter()


def test_clearing_takes_every_filter_back() -> None:
    at = tab(search="tea", vendor="Nila")
    at.button(key="filters-clear").click().run()
    assert chosen(at) == ListFilter()


@settings(deadline=None)
@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_price_steps_span_what_there_is(one: float, other: float) -> None:
    low, high = sorted((one, other))
    steps = filters.price_steps(low, high)
    assert steps == sorted(set(steps))
    assert steps[0] <= max(low, 0.01) * (1 + 1e-9)
    assert steps[-1] >= high * (1 - 1e-9)
