"""The page "Stock and service": what it says is the workspace's, what it does is in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.figures import points_words
from pages.registry import PAGES
from pages.state import Slot
from pages.vendor.stock_service.desk import SupplyState
from pages.vendor.stock_service.outlook import table
from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.store import dataset as dataset_store
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.desk_views import PromotionKey, PromotionState
from tests.pages.conftest import Tab, go, keys, language_of, open_tab, seen, signed_in
from tests.pages.vendors import change, without_products

URL = "stock-service"
VIEWS = ("outlook", "service", "orders", "keep")


def slot(name: str) -> str:
    found = SupplyState.__dict__[name]
    assert isinstance(found, Slot)
    return found.key


def asked(at: AppTest, name: str) -> str:
    """What the address says of a name."""
    found = at.query_params[name]
    return found if isinstance(found, str) else found[-1]


def vendor_of(workspace: Workspace) -> tuple[Principal, str]:
    who = signed_in(workspace, Role.VENDOR)
    return who, str(who.vendor_id)


def at_view(workspace: Workspace, view: str, **query: str) -> AppTest:
    return open_tab(workspace, URL, Role.VENDOR, view=view, **query)


def placed_order(workspace: Workspace, pieces: int = 1) -> str:
    """An order of the demo shop for a product of the demo vendor; its number."""
    shop = signed_in(workspace, Role.RETAILER)
    who, vendor_id = vendor_of(workspace)
    retailer_id = str(shop.retailer_id)

    def open_handed(cursor: Cursor) -> None:
        cursor.execute("UPDATE vendors SET min_order_value = NULL WHERE vendor_id = ?", [vendor_id])
        cursor.execute("UPDATE retailers SET credit_limit = NULL")
        dataset_store.changed(cursor)

    workspace.store.write(open_handed)
    rows = workspace.vendor_supply.outlook(who, vendor_id).rows
    row = max(rows, key=lambda one: one.free or 0)
    workspace.drafts.set_many(shop, retailer_id, {row.product_id: pieces * row.case_size})
    return workspace.orders.place(shop, retailer_id).summary.order_id


# ---- what it says


def test_the_answer_names_what_runs_out_how_much_and_by_when(
    tab: Tab, shared_workspace: Workspace
) -> None:
    at = tab(URL, Role.VENDOR)
    who, vendor_id = vendor_of(shared_workspace)
    outlook = shared_workspace.vendor_supply.outlook(who, vendor_id)
    late = [row for row in outlook.rows if row.late]
    assert not at.exception
    title = str(at.title[0].value)
    assert title.startswith(f"{len(late)} product" if late else "Nothing runs out")
    if pieces := sum(row.pieces or 0 for row in late):
        assert language_of(shared_workspace).number(pieces) in title
    assert outlook.rows[0].name.lower() in seen(at).lower()
    assert f"open-{outlook.rows[0].product_id}" in keys(at)


def test_an_opened_product_shows_its_course_and_the_address_keeps_it(
    shared_workspace: Workspace, tab: Tab
) -> None:
    who, vendor_id = vendor_of(shared_workspace)
    rows = shared_workspace.vendor_supply.outlook(who, vendor_id).rows
    row = next(one for one in rows[1:12] if one.need_low is not None)
    at = open_tab(shared_workspace, URL, Role.VENDOR, open=row.product_id)
    band = f"{round(row.need_low or 0):,} to {round(row.need_high or 0):,} pieces"
    assert band in seen(at)
    assert "week by week" in seen(at)
    at.button(key=f"open-{row.product_id}").click().run()
    assert asked(at, "open") == "-"
    assert "week by week" not in seen(at)


def test_what_stock_is_for_is_kept_and_changes_the_outlook(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = own_tab(URL, Role.VENDOR)
    who, vendor_id = vendor_of(workspace)
    before = workspace.vendor_supply.outlook(who, vendor_id)
    at.button_group(key="supply-service").set_value(0.98).run()
    at.number_input(key="supply-lead").set_value(21).run()
    assert not at.exception
    after = workspace.vendor_supply.outlook(who, vendor_id)
    assert (after.service, after.lead_days) == (0.98, 21)
    assert sum(one.level or 0 for one in after.rows) > sum(one.level or 0 for one in before.rows)
    assert "98% certainty" in seen(at)


def test_service_shows_the_figures_of_the_workspace(shared_workspace: Workspace, tab: Tab) -> None:
    at = at_view(shared_workspace, "service")
    who, vendor_id = vendor_of(shared_workspace)
    service = shared_workspace.vendor_supply.service(who, vendor_id)
    text, words_of = seen(at), language_of(shared_workspace)
    assert service.known
    assert service.lost_value.now is not None
    assert words_of.compact_money(service.lost_value.now) in text
    if service.points is not None:
        assert points_words(service.points, words_of) in text
    for said in service.said:
        assert words_of.say(*said) in text
    worst = service.products.iloc[0]
    assert str(worst["name"]).lower() in text.lower()
    assert words_of.compact_money(float(worst["lost_value"])) in text


def test_where_most_was_lost_is_said_above_the_regions(
    shared_workspace: Workspace, tab: Tab
) -> None:
    who, vendor_id = vendor_of(shared_workspace)
    regions = shared_workspace.vendor_supply.service(who, vendor_id).regions
    first = regions.loc[regions["lost_value"].idxmax()]
    value = language_of(shared_workspace).compact_money(float(first["lost_value"]))
    said = f"Most sales were lost in {first['region']}: {value}"
    assert len(regions) > 1
    assert said.lower() in seen(at_view(shared_workspace, "service")).lower()


def test_a_selection_in_which_nothing_was_asked_for_shows_no_figures_and_a_way_back(
    shared_workspace: Workspace, tab: Tab
) -> None:
    who, vendor_id = vendor_of(shared_workspace)
    facets = shared_workspace.vendor_demand.facets(who, vendor_id)
    city = facets.cities[0]
    other = next(one.value for one in facets.regions if one.value != city.within)
    at = at_view(shared_workspace, "service", region=other, city=city.value)
    assert at.title[0].value == "Nothing was asked for here"
    assert "Weeks out of stock" not in seen(at)
    at.button(key="empty-service").click().run()
    assert "was there" in at.title[0].value


def test_no_count_is_dated_after_today(shared_workspace: Workspace, tab: Tab) -> None:
    who, vendor_id = vendor_of(shared_workspace)
    outlook = shared_workspace.vendor_supply.outlook(who, vendor_id)
    counted = [row.counted_on for row in outlook.rows if row.counted_on is not None]
    assert max(counted) > outlook.today, "these data count in the morning after their last day"
    said = seen(at_view(shared_workspace, "keep"))
    assert f"Last counted on {language_of(shared_workspace).day(outlook.today)}" in said


def test_a_region_that_is_picked_filters_the_page(shared_workspace: Workspace, tab: Tab) -> None:
    who, vendor_id = vendor_of(shared_workspace)
    region = str(shared_workspace.vendor_supply.service(who, vendor_id).regions.iloc[0]["region"])
    at = at_view(shared_workspace, "service", region=region)
    one = shared_workspace.vendor_demand.facets(who, vendor_id)
    assert region in {facet.value for facet in one.regions}
    assert asked(at, "region") == region
    assert "chip-region-0" in keys(at)


def test_the_outlook_leaves_as_a_table_with_every_row(shared_workspace: Workspace) -> None:
    who, vendor_id = vendor_of(shared_workspace)
    rows = shared_workspace.vendor_supply.outlook(who, vendor_id).rows
    frame = table(rows)
    assert frame["product_id"].tolist() == [row.product_id for row in rows]
    assert frame["pieces"].tolist()[0] == rows[0].pieces


# ---- orders


def test_an_order_is_confirmed_delivered_and_on_the_shelf(
    own_tab: Tab, workspace: Workspace
) -> None:
    order_id = placed_order(workspace)
    who, vendor_id = vendor_of(workspace)
    at = at_view(workspace, "orders", order=order_id)
    assert at.title[0].value == "1 order waits for you to confirm it"
    at.button(key=f"settle-confirm-one-{order_id}").click().run()
    assert workspace.vendor_supply.order(who, vendor_id, order_id).summary.status == "confirmed"
    assert at.title[0].value == "1 order is to be delivered"
    at.session_state[f"settle-deliver-one-{order_id}"] = True
    at.run()
    at.button(key=f"settle-delivered-one-{order_id}").click().run()
    assert not at.exception
    found = workspace.vendor_supply.order(who, vendor_id, order_id).summary
    assert found.status == "delivered"
    assert found.delivered_on is not None
    shop = signed_in(workspace, Role.RETAILER)
    kept = workspace.orders.read(shop, str(shop.retailer_id), order_id)
    assert kept.summary.status == "delivered"


def test_several_orders_are_confirmed_at_once(own_tab: Tab, workspace: Workspace) -> None:
    ids = [placed_order(workspace), placed_order(workspace)]
    at = at_view(workspace, "orders")
    at.checkbox(key="tick-all-0").check().run()
    at.button(key="settle-confirm-many").click().run()
    assert not at.exception
    who, vendor_id = vendor_of(workspace)
    states = {workspace.vendor_supply.order(who, vendor_id, one).summary.status for one in ids}
    assert states == {"confirmed"}
    assert "settle-confirm-many" not in keys(at)


def test_an_order_is_refused_only_after_it_was_asked_for_twice(
    own_tab: Tab, workspace: Workspace
) -> None:
    order_id = placed_order(workspace)
    who, vendor_id = vendor_of(workspace)
    at = at_view(workspace, "orders", order=order_id)
    at.button(key=f"cancel-{order_id}").click().run()
    assert workspace.vendor_supply.order(who, vendor_id, order_id).summary.status == "placed"
    assert at.button(key="refuse-sure").disabled  # until he says why
    at.selectbox(key=f"refuse-why-{order_id}").set_value("Not enough in stock")
    at.button(key=f"cancel-{order_id}").click().run()  # each run here closes the dialog
    at.button(key="refuse-sure").click().run()
    found = workspace.vendor_supply.order(who, vendor_id, order_id).summary
    assert (found.status, found.reason) == ("cancelled", "Not enough in stock")


def test_what_came_too_late_is_said_and_changes_nothing(own_tab: Tab, workspace: Workspace) -> None:
    order_id = placed_order(workspace)
    at = at_view(workspace, "orders", order=order_id)
    who, vendor_id = vendor_of(workspace)
    workspace.vendor_supply.refuse(who, vendor_id, order_id, "The price was wrong")
    at.button(key=f"settle-confirm-one-{order_id}").click().run()
    assert not at.exception
    assert any("That did not work" in str(toast.value) for toast in at.toast)
    assert workspace.vendor_supply.order(who, vendor_id, order_id).summary.status == "cancelled"


def test_an_order_of_another_is_not_among_the_vendors(
    tab: Tab, shared_workspace: Workspace
) -> None:
    at = at_view(shared_workspace, "orders", order="SO-nobody")
    assert "is not among yours" in seen(at)


# ---- what is kept up to date


def test_a_pasted_count_is_looked_through_kept_and_taken_back(
    own_tab: Tab, workspace: Workspace
) -> None:
    who, vendor_id = vendor_of(workspace)
    row = workspace.vendor_supply.outlook(who, vendor_id).rows[0]
    theirs = next(
        one for one in workspace.models.current.catalogue.products.to_dict("records")
        if one["vendor_id"] != vendor_id
    )["product_id"]  # fmt: skip
    at = at_view(workspace, "keep")
    at.session_state["supply-way"] = "Paste or upload"
    at.run()
    pasted = f"{row.product_id}, 7777\nnonsense, 3\n{theirs}, 5"
    at.text_area(key="supply-text").set_value(pasted).run()
    text = seen(at)
    assert "2 lines cannot be taken" in text
    assert "nonsense" in text
    at.button(key="supply-keep-given").click().run()
    assert not at.exception
    now = workspace.vendor_supply.outlook(who, vendor_id).row(row.product_id)
    assert now is not None
    assert (now.counted, now.typed) == (7777, True)
    at.button(key="counts-undo").click().run()
    back = workspace.vendor_supply.outlook(who, vendor_id).row(row.product_id)
    assert back is not None
    assert (back.counted, back.typed) == (row.counted, row.typed)
    assert "counts-undo" not in keys(at)


def test_a_promotion_is_added_changed_called_off_and_taken_back(
    own_tab: Tab, workspace: Workspace
) -> None:
    who, vendor_id = vendor_of(workspace)
    before = workspace.vendor_supply.promotions(who, vendor_id)
    taken = {row.key.product_id for row in before.rows if row.state is not PromotionState.ENDED}
    ours = workspace.vendor_supply.goods(who, vendor_id)
    free = next(one for one in ours if one.product_id not in taken)
    at = at_view(workspace, "keep", keep="promotions")
    at.session_state["promotion-open"] = True
    at.run()
    at.selectbox(key="promotion-of").set_value(free.product_id).run()
    at.number_input(key="promotion-off-new").set_value(25.0).run()
    at.button(key="promotion-add").click().run()
    assert not at.exception
    added = workspace.vendor_supply.promotions(who, vendor_id).of(free.product_id)[0]
    assert added.key.depth == 0.25
    assert added.state is PromotionState.PLANNED
    place = workspace.vendor_supply.promotions(who, vendor_id).rows.index(added)
    at.button(key=f"end-promotion-{place}").click().run()
    states = [one.state for one in workspace.vendor_supply.promotions(who, vendor_id)
              .of(free.product_id)]  # fmt: skip
    assert PromotionState.PLANNED not in states
    at.button(key="promotion-undo").click().run()
    assert added in workspace.vendor_supply.promotions(who, vendor_id).rows


def test_a_promotion_that_overlaps_or_loses_money_is_warned_of(
    own_tab: Tab, workspace: Workspace
) -> None:
    who, vendor_id = vendor_of(workspace)
    today = workspace.vendor_supply.promotions(who, vendor_id).today
    good = next(one for one in workspace.vendor_supply.goods(who, vendor_id)
                if one.list_price and one.unit_cost)  # fmt: skip
    first = today + timedelta(days=200)
    key = PromotionKey(good.product_id, first, first + timedelta(days=6), 0.1)
    workspace.vendor_supply.add_promotion(who, vendor_id, key)
    at = at_view(workspace, "keep", keep="promotions")
    at.session_state["promotion-open"] = True
    at.run()
    at.selectbox(key="promotion-of").set_value(good.product_id)
    at.date_input(key="promotion-last-new").set_value(first)
    at.date_input(key="promotion-first-new").set_value(first)
    at.number_input(key="promotion-off-new").set_value(90.0).run()
    text = seen(at)
    assert "choose other days" in text
    assert "below its cost" in text
    at.button(key="promotion-add").click().run()
    assert any("one promotion at a time" in str(toast.value) for toast in at.toast)
    with pytest.raises(InputError):
        workspace.vendor_supply.add_promotion(who, vendor_id, replace(key, depth=0.9))


def test_product_data_show_what_changes_before_it_is_kept_and_go_back(
    own_tab: Tab, workspace: Workspace
) -> None:
    who, vendor_id = vendor_of(workspace)
    product = workspace.vendor_supply.goods(who, vendor_id)[0]
    at = at_view(workspace, "keep", keep="product", of=product.product_id)
    assert at.button(key="product-keep").disabled
    at.number_input(key=f"product-case-{product.product_id}-0").set_value(
        product.case_size + 5
    ).run()
    assert f"Pieces in a case: {product.case_size} → {product.case_size + 5}" in bare(seen(at))
    at.button(key="product-keep").click().run()
    assert not at.exception
    assert case_of(workspace, product.product_id) == product.case_size + 5
    assert "Changed here" in seen(at)
    at.button(key="edit-undo").click().run()
    assert case_of(workspace, product.product_id) == product.case_size


def test_terms_are_changed_and_go_back(own_tab: Tab, workspace: Workspace) -> None:
    who, vendor_id = vendor_of(workspace)
    before = workspace.vendor_supply.terms(who, vendor_id)
    at = at_view(workspace, "keep", keep="terms")
    at.number_input(key="terms-days-0").set_value(30).run()
    at.button(key="terms-keep").click().run()
    assert not at.exception
    assert workspace.vendor_supply.terms(who, vendor_id).lead_time_days == 30
    assert at.title[0].value == "You deliver within 30 days"
    at.button(key="edit-undo").click().run()
    assert workspace.vendor_supply.terms(who, vendor_id).lead_time_days == before.lead_time_days


def bare(text: str) -> str:
    """Words without markup."""
    return "".join(part.split(">")[-1] for part in text.split("<"))


def case_of(workspace: Workspace, product_id: str) -> int:
    who, vendor_id = vendor_of(workspace)
    return next(one.case_size for one in workspace.vendor_supply.goods(who, vendor_id)
                if one.product_id == product_id)  # fmt: skip


# ---- what there is nothing of


def test_without_stock_it_says_so_still_forecasts_and_offers_to_enter(
    own_tab: Tab, workspace: Workspace
) -> None:
    change(workspace, "DELETE FROM stock_levels WHERE holder_kind = 'vendor'")
    at = own_tab(URL, Role.VENDOR)
    assert at.title[0].value == "Enter your stock to see what runs out first"
    text = seen(at)
    assert "hold no stock of yours" in text
    assert "not counted" in text
    assert "in stock" in text
    assert "week by week" in text
    assert at.button(key="to-counts").click().run().title[0].value == "Your stock is not known yet"
    service = at_view(workspace, "service")
    assert "cannot be told" in seen(service)
    service.button(key="empty-service").click().run()
    assert service.title[0].value == "Your stock is not known yet"
    assert "supply-keep-typed" in keys(service)


def test_a_vendor_without_products_gets_a_page_that_says_so(
    own_tab: Tab, workspace: Workspace
) -> None:
    without_products(workspace)
    for view in VIEWS:
        at = at_view(workspace, view)
        assert not at.exception
        assert at.title[0].value == "You have no products here yet"


def test_a_vendor_of_one_product_that_nobody_bought_gets_every_view(
    own_tab: Tab, workspace: Workspace
) -> None:
    without_products(workspace)
    change(
        workspace,
        "INSERT INTO products SELECT max(product_key) + 1, 'NEW', 'A new thing', 'FMCG', NULL, "
        "(SELECT vendor_key FROM vendors WHERE vendor_id = ?), 12, NULL, 10.0, NULL, true "
        "FROM products", vendor_of(workspace)[1],
    )  # fmt: skip
    for view in VIEWS:
        at = at_view(workspace, view)
        assert not at.exception
        assert len(at.title) == 1


def test_every_view_has_its_address_and_an_unknown_one_is_the_outlook(
    shared_workspace: Workspace, tab: Tab
) -> None:
    titles = {view: at_view(shared_workspace, view).title[0].value for view in (*VIEWS, "nonsense")}
    assert titles["nonsense"] == titles["outlook"]
    assert len(set(titles.values())) == 4


def test_product_managers_are_not_shown_the_page(tab: Tab) -> None:
    spec = next(one for one in PAGES if one.url == URL)
    assert spec.roles == frozenset({Role.VENDOR})
    at = go(tab("", Role.PRODUCT_MANAGER), URL)
    assert any("This page is for" in str(one.value) for one in at.warning)
