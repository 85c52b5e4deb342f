"""The page "Your orders" as a shop uses it: look back, open, cancel, order again."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from smartreco.entities import OPERATOR, Role
from smartreco.workspace import Workspace
from smartreco.workspace.order.book_views import OrderSummary, OrderView
from tests.pages.conftest import DemoShop, Tab, open_tab, words


class Shop(DemoShop):
    """The demo retailer, and what the store keeps for the shop."""

    def orders(self, status: str | None = None) -> tuple[OrderSummary, ...]:
        """The first of its orders."""
        return self.workspace.orders.history(self.who, self.id, 10, 0, status)[0]

    def open(self, **query: str) -> AppTest:
        """Its page at an address."""
        at = open_tab(self.workspace, "orders", Role.RETAILER, **query)
        assert not at.exception
        return at

    def place(self) -> OrderView:
        """Place an order that nothing stands in the way of."""
        orders, drafts = self.workspace.orders, self.workspace.drafts
        shown = self.workspace.lists.for_you(self.who, self.id, reorder_k=40, discover_k=40)
        for line in (*shown.reorder, *shown.discover):
            product = line.product
            room = (product.on_hand or 0) // product.case_size
            for cases in (room // 8, room // 2):
                if cases < 1:
                    continue
                drafts.add(self.who, self.id, product.product_id, cases * product.case_size)
                if orders.check(self.who, self.id).can_place:
                    return orders.place(self.who, self.id, "Gate 3")
                drafts.clear(self.who, self.id)
        raise AssertionError("no single line can be placed")


@pytest.fixture
def shop(workspace: Workspace, own_tab: Tab) -> Shop:
    """A shop with orders."""
    assert own_tab
    return Shop(workspace)


def says(at: AppTest) -> str:
    """What a reader reads, with HTML's signs undone."""
    return html.unescape(words(at))


def has(at: AppTest, key: str) -> bool:
    """Whether a button is on the page."""
    return any(button.key == key for button in at.button)


def test_the_newest_orders_come_first_and_more_are_a_page_away(shop: Shop) -> None:
    at, newest = shop.open(), shop.orders()
    assert at.title[0].value == "No order waits to be confirmed"
    opens = [str(button.key) for button in at.button if str(button.key).startswith("open-")]
    assert opens == [f"open-{order.order_id}" for order in newest]
    further = shop.open(page="2")
    assert not has(further, opens[0])
    assert any(str(button.key).startswith("open-") for button in further.button)


def test_one_order_is_open_at_a_time_and_its_address_opens_it_again(shop: Shop) -> None:
    first, second, *_ = shop.orders()
    at = shop.open()
    at.button(key=f"open-{first.order_id}").click().run()
    assert has(at, f"again-{first.order_id}")
    at.button(key=f"open-{second.order_id}").click().run()
    assert has(at, f"again-{second.order_id}")
    assert not has(at, f"again-{first.order_id}")
    assert has(shop.open(order=first.order_id), f"again-{first.order_id}")


def test_an_order_of_the_address_that_the_list_does_not_show_comes_before_it(shop: Shop) -> None:
    old = shop.workspace.orders.history(shop.who, shop.id, 1, 12)[0][0]
    at = shop.open(order=old.order_id)
    assert has(at, f"again-{old.order_id}")


@pytest.mark.parametrize("order_id", ["nobody's", "", "x" * 400])
def test_an_order_that_is_not_the_shops_is_not_told_from_one_that_is_not(
    shop: Shop, order_id: str
) -> None:
    at = shop.open(order=order_id)
    assert "is not among yours" in says(at)


@pytest.mark.parametrize("page", ["0", "-3", "999", "x"])
def test_a_page_that_is_not_there_shows_orders_all_the_same(shop: Shop, page: str) -> None:
    assert has(shop.open(page=page), f"open-{shop.orders()[0].order_id}")


def test_why_a_vendor_refused_it_is_said(shop: Shop) -> None:
    placed = shop.place()
    order_id, vendor = placed.summary.order_id, placed.lines[0].product.vendor_id
    vendor_supply = shop.workspace.vendor_supply
    vendor_supply.refuse(OPERATOR, str(vendor), order_id, "For {reasons} of <our> own")
    assert "For {reasons} of <our> own" in says(shop.open(order=order_id))
    assert shop.orders()[0].status == "cancelled"


def test_a_status_narrows_the_list(shop: Shop) -> None:
    at = shop.open()
    at.pills(key="status").set_value("cancelled").run()
    assert not at.exception
    assert "No order has this status" in says(at)


def test_a_placed_order_says_so_and_is_cancelled_after_a_second_word(shop: Shop) -> None:
    placed = shop.place()
    order_id = placed.summary.order_id
    at = shop.open(order=order_id)
    assert at.title[0].value == "1 order waits to be confirmed"
    assert "Your note: Gate 3" in says(at)
    at.button(key=f"cancel-{order_id}").click().run()
    assert "back to 1 vendor, and its value to your credit" in says(at)
    assert shop.orders()[0].status == "placed"
    at.button(key="cancel-sure").click().run()
    assert shop.orders()[0].status == "cancelled"
    assert "This order is cancelled" in says(at)
    assert not has(at, f"cancel-{order_id}")


def test_the_confirmation_has_the_number_and_leads_on(shop: Shop) -> None:
    placed = shop.place()
    at = shop.open(placed=placed.summary.order_id)
    assert at.title[0].value.startswith("Your order is placed")
    assert placed.summary.order_id in says(at)
    assert "The stock is set aside for you" in says(at)
    at.button(key="all-orders").click().run()
    assert at.title[0].value == "1 order waits to be confirmed"


def test_an_order_that_came_with_the_data_is_never_confirmed_as_just_placed(shop: Shop) -> None:
    at = shop.open(placed=shop.orders()[0].order_id)
    assert at.title[0].value == "No order waits to be confirmed"


def test_ordering_again_fills_the_draft_and_names_what_is_no_longer_sold(shop: Shop) -> None:
    order = shop.orders()[0]
    lines = shop.workspace.orders.read(shop.who, shop.id, order.order_id).lines
    at = shop.open(order=order.order_id)
    at.button(key=f"again-{order.order_id}").click().run()
    assert not at.exception
    draft = shop.workspace.drafts.read(shop.who, shop.id)
    sold = {line.product.product_id for line in lines if line.product.active}
    assert {line.product.product_id for line in draft.lines} == sold
    assert ("No longer sold" in says(at)) == any(not line.product.active for line in lines)
    assert any(link.proto.page == "order" for link in at.get("page_link"))


def test_ordering_again_twice_says_that_it_is_on_the_order_already(shop: Shop) -> None:
    order = shop.orders()[0]
    at = shop.open(order=order.order_id)
    at.button(key=f"again-{order.order_id}").click().run()
    assert "products are on your order" in at.toast[0].value
    at.button(key=f"again-{order.order_id}").click().run()
    assert "on your order already" in at.toast[0].value


def test_a_shop_without_orders_is_led_to_its_first(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop.workspace.orders, "history", lambda *_args: ((), 0))
    monkeypatch.setattr(shop.workspace.orders, "counts", lambda *_args: {})
    at = shop.open()
    assert at.title[0].value == "No orders yet"
    assert "What you order will be here" in says(at)


def test_sheets_are_written_only_when_they_are_asked_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = shop.orders()[0]
    asked: list[object] = []
    real = shop.workspace.orders.sheet

    def sheet(*args: object, **kwargs: object) -> bytes:
        asked.append(str(args[2]))
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(shop.workspace.orders, "sheet", sheet)
    at = shop.open(order=order.order_id)
    assert asked == []
    at.session_state[f"share-{order.order_id}"] = True
    at.run()
    assert not at.exception
    assert asked == ["text"]
    assert order.order_id in at.code[0].value


def test_a_rerun_reads_the_history_once_whatever_it_shows(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    real = shop.workspace.orders.history

    def history(*args: object) -> object:
        asked.append(args)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(shop.workspace.orders, "history", history)
    total = real(shop.who, shop.id)[1]
    at = shop.open(status="delivered")
    assert len(asked) == 1
    assert f"{total} orders" in says(at)


def test_stock_that_no_data_hold_is_neither_set_aside_nor_given_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = shop.place()
    order_id = placed.summary.order_id
    real = shop.workspace.orders.read

    def read(*args: object) -> OrderView:
        order = real(*args)  # type: ignore[arg-type]
        bare = (replace(one, product=replace(one.product, on_hand=None)) for one in order.lines)
        return replace(order, lines=tuple(bare))

    monkeypatch.setattr(shop.workspace.orders, "read", read)
    assert "set aside" not in says(shop.open(placed=order_id))
    at = shop.open(order=order_id)
    at.button(key=f"cancel-{order_id}").click().run()
    assert "back to 1 vendor" not in says(at)
    assert "goes back to your credit" in says(at)
    at.button(key="cancel-sure").click().run()
    assert "This order is cancelled." in says(at)
    assert "went back" not in says(at)
