"""The vendor's page "Reach": the workspace's figures, every tab, nobody named who is not to be."""

from __future__ import annotations

import pytest
import streamlit as st

from pages.components.download import as_csv
from pages.components.figures import change_words
from pages.components.markup import literal
from pages.context import Context
from pages.vendor.reach import export as reach_export
from pages.vendor.reach.answer import shown
from pages.vendor.reach.page import VIEWS
from pages.vendor.reach.rows import SHOWN
from pages.vendor.reach.visit import ReachVisit
from smartreco.entities import OPERATOR, Role
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.reach import VendorReach
from smartreco.workspace.vendor.reach_views import WhiteSpace
from smartreco.workspace.vendor.reach_white import WAITING, nothing
from smartreco.workspace.vendor.views import VendorFilter
from tests.pages.conftest import Tab, language_of, open_tab, seen, signed_in
from tests.pages.vendors import bind, change, numbers, vendor_of

HIDDEN = "Secret shop"
FORMULA = "=sum(1)"


def space_of(workspace: Workspace, wanted: VendorFilter | None = None) -> WhiteSpace:
    """What is to be won, as the workspace knows it."""
    workspace.vendor_reach.warm()
    return workspace.vendor_reach.white_space(OPERATOR, vendor_of(workspace), wanted)


def file_of(workspace: Workspace) -> str:
    """The list as it is taken away."""
    who, vendor_id = signed_in(workspace, Role.VENDOR), vendor_of(workspace)
    reach, wanted = workspace.vendor_reach, VendorFilter()
    visit = ReachVisit(
        Context.of(workspace, lambda: who), vendor_id,
        workspace.vendor_demand.facets(who, vendor_id), wanted,
        reach.headline(who, vendor_id, wanted), reach.white_space(who, vendor_id, wanted),
    )  # fmt: skip
    return as_csv(reach_export.to_win(visit, "all")).decode("utf-8-sig")


def test_the_answer_is_what_the_white_space_adds_up_to(
    tab: Tab, shared_workspace: Workspace
) -> None:
    space, language = space_of(shared_workspace), language_of(shared_workspace)
    at = tab("reach", Role.VENDOR)
    assert not at.exception
    title = at.title[0].value
    assert str(space.cells["shops"].sum()) in title
    assert literal(language.compact_money(space.total.expected)) in title
    assert f"next {space.horizon} weeks" in title
    for limit in (space.total.low, space.total.high):
        assert language.compact_money(limit) in seen(at)
    assert f"{space.unnamed} of them are at shops that do not let themselves be named" in seen(at)


def test_figures_and_their_changes_are_the_workspaces(
    tab: Tab, shared_workspace: Workspace
) -> None:
    head = shared_workspace.vendor_reach.headline(OPERATOR, vendor_of(shared_workspace))
    at, language = tab("reach", Role.VENDOR), language_of(shared_workspace)
    four = (head.numeric, head.weighted, head.velocity, head.shops)
    assert numbers(at) == [shown(one.name, one.now, language) for one in four]
    if head.shops.before:
        assert change_words(head.shops.change, language) in seen(at)


@pytest.mark.parametrize("view", VIEWS)
def test_only_the_tab_of_the_address_is_drawn(
    shared_workspace: Workspace, tab: Tab, view: str
) -> None:
    space_of(shared_workspace)
    at = open_tab(shared_workspace, "reach", Role.VENDOR, view=view)
    assert not at.exception
    assert at.button_group(key="address-view").value == view
    assert len(at.get("vega_lite_chart")) <= 3
    assert len(at.get("vega_lite_chart")) >= 1
    assert ("chances by name" in seen(at)) is (view == "space")


def test_a_tab_is_chosen_and_stays_in_the_address(tab: Tab) -> None:
    at = tab("reach", Role.VENDOR)
    at.button_group(key="address-view").set_value("kept").run()
    assert not at.exception
    assert "kept" in at.query_params["view"]
    assert "Shops by name" in seen(at)


def test_the_list_is_the_workspaces_best_with_likelihood_amount_and_reason(
    tab: Tab, shared_workspace: Workspace
) -> None:
    space, language = space_of(shared_workspace), language_of(shared_workspace)
    text = seen(tab("reach", Role.VENDOR))
    places = [-1]
    for row in space.rows.head(SHOWN).to_dict("records"):
        amount = f"<b>{language.money(row['expected_value'])}</b>"
        assert amount in text
        assert row["name"].lower() in text.lower()
        assert language.say(*row["reasons"][0]) in text
        places.append(text.index(amount, max(places[-1], 0)))
    assert places == sorted(places)
    left = space.rows.iloc[SHOWN:]["name"]
    never = set(left) - set(space.rows.head(SHOWN)["name"])
    assert not [one for one in never if one in text]


def test_more_of_the_list_is_shown_on_demand(tab: Tab) -> None:
    at = tab("reach", Role.VENDOR)
    before = seen(at).count("if it orders")
    at.button(key="more-reach").click().run()
    assert seen(at).count("if it orders") > before


def test_a_filter_of_the_address_narrows_answer_figures_and_list(
    shared_workspace: Workspace, tab: Tab
) -> None:
    facets = shared_workspace.vendor_demand.facets(OPERATOR, vendor_of(shared_workspace))
    product = facets.products[0]
    wanted = VendorFilter(products=(product.value,))
    space, language = space_of(shared_workspace, wanted), language_of(shared_workspace)
    at = open_tab(shared_workspace, "reach", Role.VENDOR, product=product.value)
    assert not at.exception
    assert literal(product.label) in at.title[0].value
    assert literal(language.compact_money(space.total.expected)) in at.title[0].value
    assert set(space.rows["product_id"]) == {product.value}


def test_a_selection_without_shops_is_called_that(shared_workspace: Workspace, tab: Tab) -> None:
    vendor = vendor_of(shared_workspace)
    facets = shared_workspace.vendor_demand.facets(OPERATOR, vendor)
    city = facets.cities[0]
    other = next(one.value for one in facets.regions if one.value != city.within)
    at = open_tab(shared_workspace, "reach", Role.VENDOR, region=other, city=city.value)
    assert not at.exception
    assert at.title[0].value == "No shop is in this selection"


def test_what_another_vendor_has_is_not_looked_at(shared_workspace: Workspace, tab: Tab) -> None:
    catalogue = shared_workspace.models.current.catalogue.products
    other = catalogue[catalogue["vendor_id"] != vendor_of(shared_workspace)].iloc[0]
    plain = tab("reach", Role.VENDOR)
    at = open_tab(
        shared_workspace, "reach", Role.VENDOR, product=other["product_id"], view="nonsense"
    )
    assert not at.exception
    assert at.title[0].value == plain.title[0].value
    assert str(other["name"]) not in seen(at)
    assert "product" not in at.query_params


@pytest.mark.parametrize("split", ["region", "city", "segment", "product"])
def test_distribution_shows_the_workspaces_rows(
    shared_workspace: Workspace, tab: Tab, split: str
) -> None:
    reach, vendor_id = shared_workspace.vendor_reach, vendor_of(shared_workspace)
    found = (
        reach.by_product(OPERATOR, vendor_id) if split == "product"
        else reach.by_place(OPERATOR, vendor_id, by=split)
    )  # fmt: skip
    at = open_tab(shared_workspace, "reach", Role.VENDOR, view="distribution", by=split)
    assert not at.exception
    assert "so that no figure is about a single shop" in seen(at)
    first, language = found.rows.iloc[0], language_of(shared_workspace)
    assert f">{int(first['shops'])} of {int(first['universe'])}<" in seen(at)
    assert f">{language.percent(float(first['weighted']))}<" in seen(at)


def test_lost_shops_are_listed_by_name(shared_workspace: Workspace, tab: Tab) -> None:
    found = shared_workspace.vendor_reach.cohorts(OPERATOR, vendor_of(shared_workspace))
    states = set(found.shops["state"].dropna())
    for state in states & {"lost", "kept", "new"}:
        at = open_tab(shared_workspace, "reach", Role.VENDOR, view="kept", shops=state)
        assert not at.exception
        rows = found.shops[found.shops["state"] == state].nlargest(5, "value")
        assert all(name.lower() in seen(at).lower() for name in rows["name"])


@pytest.fixture
def secretive(workspace: Workspace) -> Workspace:
    """Half of the shops do not let themselves be named; the others bear a formula for a name."""
    change(
        workspace,
        "UPDATE retailers SET open_to_vendors = retailer_key % 2 = 0, "
        "name = CASE WHEN retailer_key % 2 = 0 THEN ? ELSE ? END || ' ' || retailer_id",
        FORMULA, HIDDEN,
    )  # fmt: skip
    return workspace


def test_a_shop_that_is_not_to_be_named_is_nowhere(
    secretive: Workspace, own_tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert space_of(secretive).unnamed > 0
    drawn: list[str] = []
    draw = st.vega_lite_chart

    def kept(chart: dict[str, object], **more: object) -> object:
        drawn.append(f"{chart} {more.get('alt')}")
        return draw(chart, **more)

    monkeypatch.setattr(st, "vega_lite_chart", kept)
    for view in ("space", "distribution", "together"):
        at = open_tab(secretive, "reach", Role.VENDOR, view=view)
        while "more-reach" in {button.key for button in at.button}:
            at.button(key="more-reach").click().run()
        assert not at.exception
        assert (FORMULA in seen(at)) is (view == "space")
        assert HIDDEN not in seen(at)
    assert len(drawn) > 3
    assert not [chart for chart in drawn if HIDDEN in chart]
    _the_file_names_none_and_holds_no_formula(secretive)


def _the_file_names_none_and_holds_no_formula(workspace: Workspace) -> None:
    text = file_of(workspace)
    lines = text.splitlines()
    assert len(lines) > 2
    assert HIDDEN not in text
    assert all(f"'{FORMULA}" in line for line in lines[1:])
    assert f",{FORMULA}" not in text


def test_until_it_is_worked_out_the_page_says_who_buys_and_goes_on(
    shared_workspace: Workspace, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VendorReach, "white_space", lambda *_, **__: nothing(WAITING))
    at = tab("reach", Role.VENDOR)
    assert not at.exception
    head = shared_workspace.vendor_reach.headline(OPERATOR, vendor_of(shared_workspace))
    assert f"{int(head.shops.now or 0)} of {head.universe} shops buy" in at.title[0].value
    assert "Shops to win are being worked out" in seen(at)
    at = open_tab(shared_workspace, "reach", Role.VENDOR, view="distribution")
    assert not at.exception
    assert "Weighted distribution: widest" in seen(at)


def test_a_vendor_whose_products_nobody_bought_gets_words_on_every_tab(
    workspace: Workspace, own_tab: Tab
) -> None:
    change(
        workspace,
        "DELETE FROM weekly_sales WHERE product_key IN (SELECT product_key FROM products WHERE "
        "vendor_key = (SELECT max(vendor_key) FROM vendors))",
    )
    with workspace.store.cursor() as cursor:
        found = cursor.execute("SELECT arg_max(vendor_id, vendor_key) FROM vendors").fetchall()
    bind(workspace, str(found[0][0]))
    space_of(workspace)  # learned before a page asks, which does not wait for long
    for view in VIEWS:
        at = open_tab(workspace, "reach", Role.VENDOR, view=view)
        assert not at.exception
        assert len(at.title) == 1
        said = seen(at)
        assert "empty-title" in said or "Too few shops buy" in said or view == "space", view


def test_a_vendor_of_one_product_is_told_of_it(workspace: Workspace, own_tab: Tab) -> None:
    vendor_id = vendor_of(workspace)
    with workspace.store.cursor() as cursor:
        key, name = cursor.execute(
            "SELECT min(product_key), arg_min(p.name, product_key) FROM products p "
            "JOIN vendors USING (vendor_key) WHERE vendor_id = ? AND active", [vendor_id],
        ).fetchall()[0]  # fmt: skip
    change(
        workspace,
        "UPDATE products SET vendor_key = (SELECT max(vendor_key) FROM vendors WHERE vendor_id "
        "!= ?) WHERE product_key != ? AND vendor_key = (SELECT vendor_key FROM vendors WHERE "
        "vendor_id = ?)", vendor_id, key, vendor_id,
    )  # fmt: skip
    assert len(workspace.vendor_demand.facets(OPERATOR, vendor_id).products) == 1
    space_of(workspace)
    for view in VIEWS:
        at = open_tab(workspace, "reach", Role.VENDOR, view=view)
        assert not at.exception
        assert f"do not buy {literal(name)}" in at.title[0].value


def test_a_vendor_without_products_is_told_so(workspace: Workspace, own_tab: Tab) -> None:
    change(workspace, "INSERT INTO vendors VALUES (999, 'V999', 'Empty', NULL, NULL, NULL, NULL)")
    bind(workspace, "V999")
    at = own_tab("reach", Role.VENDOR)
    assert not at.exception
    assert "You have no products here yet" in at.title[0].value
