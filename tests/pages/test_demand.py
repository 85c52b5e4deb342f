"""The vendor's page "Demand": the workspace's figures, filters of the address, every view."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.markup import literal
from pages.vendor.demand.figures import shown
from pages.vendor.demand.page import VIEWS
from smartreco.entities import OPERATOR, Role
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.views import VendorFilter
from tests.pages.conftest import Tab, keys, language_of, open_tab, seen
from tests.pages.vendors import bind, change, numbers, vendor_of


def figures(workspace: Workspace, wanted: VendorFilter | None = None) -> list[str]:
    """The headline as the page shows it."""
    found = workspace.vendor_demand.headline(OPERATOR, vendor_of(workspace), wanted)
    return [shown(one.name, one.now, language_of(workspace)) for one in found.figures]


def asked(at: AppTest, name: str) -> list[str]:
    """What the address says of a name."""
    said = at.query_params.get(name, [])
    return [said] if isinstance(said, str) else list(said)


def test_figures_are_the_workspaces_and_the_answer_says_the_change(
    tab: Tab, shared_workspace: Workspace
) -> None:
    at = tab("demand", Role.VENDOR)
    assert not at.exception
    assert numbers(at) == figures(shared_workspace)
    found = shared_workspace.vendor_demand.headline(OPERATOR, vendor_of(shared_workspace))
    value = literal(shown("value", found.value.now, language_of(shared_workspace)))
    assert value in at.title[0].value


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn_from_its_address(
    shared_workspace: Workspace, tab: Tab, view: str
) -> None:
    at = open_tab(shared_workspace, "demand", Role.VENDOR, view=view)
    assert not at.exception
    assert at.button_group(key="address-view").value == view
    assert len(at.get("vega_lite_chart")) <= 3


def test_a_filter_of_the_address_narrows_all_and_is_taken_back_by_its_chip(
    shared_workspace: Workspace, tab: Tab
) -> None:
    vendor_id = vendor_of(shared_workspace)
    region = shared_workspace.vendor_demand.facets(OPERATOR, vendor_id).regions[0].value
    at = open_tab(shared_workspace, "demand", Role.VENDOR, region=region)
    wanted = VendorFilter(regions=(region,))
    assert numbers(at) == figures(shared_workspace, wanted) != figures(shared_workspace)
    at.button(key="chip-region-0").click().run()
    assert not at.exception
    assert "region" not in at.query_params
    assert numbers(at) == figures(shared_workspace)


def test_a_choice_in_the_row_of_filters_goes_into_the_address(
    shared_workspace: Workspace, tab: Tab
) -> None:
    facets = shared_workspace.vendor_demand.facets(OPERATOR, vendor_of(shared_workspace))
    at = tab("demand", Role.VENDOR)
    product = facets.products[0].value
    if len(facets.products) > 8:
        at.multiselect(key="vf-product").set_value([product]).run()
    else:
        at.button_group(key="vf-product").set_value([product]).run()
    assert not at.exception
    assert asked(at, "product") == [product]
    at.button_group(key="vf-weeks").set_value(4).run()
    assert not at.exception
    wanted = VendorFilter(products=(product,))
    when = shared_workspace.vendor_demand.headline(OPERATOR, vendor_of(shared_workspace)).periods
    since = asked(at, "since")
    assert VendorFilter.from_strings({"since": since}).since is not None
    wanted = replace(wanted, since=VendorFilter.from_strings({"since": since}).since)
    assert numbers(at) == figures(shared_workspace, wanted)
    assert wanted.since is not None
    assert (when.now.until - wanted.since).days == 28
    at.button(key="filters-clear").click().run()
    assert set(at.query_params) <= {"view"}
    assert numbers(at) == figures(shared_workspace)


def test_a_time_cannot_be_chosen_to_end_before_it_begins(
    shared_workspace: Workspace, tab: Tab
) -> None:
    last = shared_workspace.vendor_demand.facets(OPERATOR, vendor_of(shared_workspace)).last_week
    assert last is not None
    since, until = last - timedelta(weeks=8), last - timedelta(weeks=4)
    at = open_tab(
        shared_workspace, "demand", Role.VENDOR, since=since.isoformat(), until=until.isoformat()
    )
    assert at.date_input(key="vf-since").max == until
    assert at.date_input(key="vf-until").min == since


@pytest.mark.parametrize(
    "query",
    [
        {"region": "Atlantis", "city": "Nowhere", "category": "=1+1", "segment": "none"},
        {"product": "not-a-product"},
        {"since": "yesterday", "until": "1066-10-14"},
        {"since": "2999-01-01"},
        {"price_low": "nan", "price_high": "-3"},
        {"view": "nothing", "ahead": "99", "order": "by chance"},
    ],
)
def test_what_the_vendor_does_not_have_is_dropped_from_a_link(
    shared_workspace: Workspace, tab: Tab, query: dict[str, str]
) -> None:
    at = open_tab(shared_workspace, "demand", Role.VENDOR, **query)
    assert not at.exception
    assert numbers(at) == figures(shared_workspace)
    assert not [key for key in keys(at) if key.startswith("chip-")]
    if "view" not in query:
        assert not at.query_params


def test_another_vendors_products_are_not_named_by_a_link(
    shared_workspace: Workspace, tab: Tab
) -> None:
    vendor_id = vendor_of(shared_workspace)
    with shared_workspace.store.cursor() as cursor:
        others = cursor.execute(
            "SELECT product_id, products.name FROM products JOIN vendors USING (vendor_key) "
            "WHERE vendor_id <> ? LIMIT 3", [vendor_id],
        ).fetchall()  # fmt: skip
    for product_id, name in others:
        at = open_tab(shared_workspace, "demand", Role.VENDOR, product=product_id, view="products")
        assert name.casefold() not in seen(at).casefold()
        assert numbers(at) == figures(shared_workspace)


def test_the_way_down_from_region_to_shops_and_back_up(
    shared_workspace: Workspace, tab: Tab
) -> None:
    at = open_tab(shared_workspace, "demand", Role.VENDOR, view="where")
    demand, vendor_id = shared_workspace.vendor_demand, vendor_of(shared_workspace)
    region = demand.regions(OPERATOR, vendor_id).rows["region"].iloc[0]
    at.button(key="place-region-0").click().run()
    assert asked(at, "region") == [region]
    cities = demand.cities(OPERATOR, vendor_id, VendorFilter(regions=(region,))).rows
    city = cities.sort_values("value", ascending=False, kind="stable")["city"].iloc[0]
    at.button(key="place-city-0").click().run()
    assert asked(at, "city") == [city]
    wanted = VendorFilter(regions=(region,), cities=(city,))
    shops = demand.shops(OPERATOR, vendor_id, wanted).rows
    assert shops["name"].iloc[0].casefold() in seen(at).casefold()
    at.button(key="trail-1").click().run()
    assert "city" not in at.query_params
    assert asked(at, "region") == [region]
    at.button(key="trail-0").click().run()
    assert not {"city", "region"} & set(at.query_params)
    assert "place-region-0" in keys(at)


def test_parts_of_the_change_are_said_in_full(shared_workspace: Workspace, tab: Tab) -> None:
    at = open_tab(shared_workspace, "demand", Role.VENDOR, view="why", since="")
    found = shared_workspace.vendor_demand.movers(OPERATOR, vendor_of(shared_workspace))
    text = seen(at)
    if found.whole is None:
        assert "Nothing to compare with yet" in text
        return
    for one in found.up[:3]:
        assert found.labels[one.id].casefold() in text.casefold()
    assert "The parts add up to the change" in text


def test_shops_can_be_narrowed_to_those_won(shared_workspace: Workspace, tab: Tab) -> None:
    query = {"view": "shops", "buying": "won"}
    at = open_tab(shared_workspace, "demand", Role.VENDOR, **query)
    assert not at.exception
    rows = shared_workspace.vendor_demand.shops(OPERATOR, vendor_of(shared_workspace)).rows
    kept = rows[rows["buying"] == "kept"]["name"].tolist()
    won = rows[rows["buying"] == "won"]["name"].tolist()
    table = seen(at).split("<tbody>")[-1] if won else ""
    assert not [name for name in kept if f">{name}<" in table and name not in won]


def test_a_vendor_that_left_the_data_is_told_so(own_tab: Tab, workspace: Workspace) -> None:
    bind(workspace, "gone-for-good")
    at = own_tab("demand", Role.VENDOR)
    assert not at.exception
    assert "not in these data any more" in at.title[0].value
    assert numbers(at) == []


def test_a_vendor_without_products_is_told_so(own_tab: Tab, workspace: Workspace) -> None:
    change(workspace, "INSERT INTO vendors (vendor_key, vendor_id, name) VALUES (900, 'n', 'New')")
    bind(workspace, "n")
    at = own_tab("demand", Role.VENDOR)
    assert not at.exception
    assert "no products here yet" in at.title[0].value


def test_a_vendor_whose_product_nobody_bought_gets_words_and_no_charts(
    own_tab: Tab, workspace: Workspace
) -> None:
    change(workspace, "INSERT INTO vendors (vendor_key, vendor_id, name) VALUES (900, 'n', 'New')")
    change(
        workspace,
        "INSERT INTO products SELECT 9000, 'new-one', 'New one', category, subcategory, 900, "
        "case_size, unit_cost, list_price, launched_on, true FROM products LIMIT 1",
    )
    bind(workspace, "n")
    at = own_tab("demand", Role.VENDOR)
    assert not at.exception
    assert "Nobody has ordered your products" in seen(at)
    assert not at.get("vega_lite_chart")


@pytest.mark.parametrize("view", VIEWS)
def test_a_vendor_of_one_product_gets_views_that_say_something(
    own_tab: Tab, workspace: Workspace, view: str
) -> None:
    vendor_id = vendor_of(workspace)
    rows = workspace.vendor_demand.products(OPERATOR, vendor_id).rows
    change(workspace, "INSERT INTO vendors (vendor_key, vendor_id, name) VALUES (900, 'o', 'One')")
    change(
        workspace, "UPDATE products SET vendor_key = 900 WHERE product_id = ?",
        rows["product_id"].iloc[0],
    )  # fmt: skip
    bind(workspace, "o")
    at = open_tab(workspace, "demand", Role.VENDOR, view=view)
    assert not at.exception
    assert numbers(at) == figures(workspace)
    assert "Most demand:" not in seen(at)  # a heat map of one row says nothing
    assert "bring" not in at.header[0].value if view == "products" else True
