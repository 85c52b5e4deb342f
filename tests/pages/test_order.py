"""The page "Order" as a shop uses it: look through, settle, fill, place."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages.retailer.order.suggested import SHOWN
from smartreco.entities import ListName, Principal, Product, Role
from smartreco.errors import InputError
from smartreco.language import Sentence
from smartreco.stock.limits import Limit
from smartreco.workspace import Workspace
from smartreco.workspace.order.book_views import Blocker, DraftCheck, Problem, VendorPart
from smartreco.workspace.order.views import OrderWish, SuggestedOrder, limit_sentences
from smartreco.workspace.shelf.stock_views import ShelfWish
from tests.pages.conftest import ShopTab, Tab, open_tab, words


class Desk(ShopTab):
    """The demo retailer's tab on the page, and what the store keeps for the shop."""

    def __init__(self, workspace: Workspace, tab: Tab) -> None:
        super().__init__(workspace, tab("order", Role.RETAILER))

    def products(self, count: int) -> list[Product]:
        """What the vendor has plenty of and comes in cases."""
        shown = self.workspace.lists.for_you(self.who, self.id, reorder_k=40, discover_k=40)
        lines = [line.product for line in (*shown.reorder, *shown.discover)]
        plenty = [one for one in lines if one.case_size > 1 and (one.on_hand or 0) > 60]
        assert len(plenty) >= count
        return plenty[:count]

    def put(self, *cases: tuple[Product, int]) -> AppTest:
        """Have cases of products on the draft and draw the page."""
        items = [(one.product_id, n * one.case_size, ListName.REORDER) for one, n in cases]
        self.workspace.drafts.add_many(self.who, self.id, items)
        return self.tab.run()

    def says(self) -> str:
        """What a reader reads, with HTML's signs undone."""
        return html.unescape(words(self.tab))


@pytest.fixture
def desk(workspace: Workspace, own_tab: Tab) -> Desk:
    """A shop at its empty order."""
    return Desk(workspace, own_tab)


def checked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *problems: Problem, credit: float | None = None
) -> None:
    """Let the check find these problems and no others."""
    real = desk.workspace.orders.check

    def check(*args: object) -> DraftCheck:
        found = real(*args)  # type: ignore[arg-type]
        parts = tuple(replace(part, minimum=None) for part in found.parts)
        return replace(found, parts=parts, problems=problems, credit_free=credit)

    monkeypatch.setattr(desk.workspace.orders, "check", check)
    desk.tab.run()
    assert not desk.tab.exception


def test_an_empty_order_offers_ways_to_fill_it_and_nothing_to_place(desk: Desk) -> None:
    assert desk.tab.title[0].value == "Nothing on your order yet"
    assert desk.has("suggest-go")
    assert not desk.has("place")


def test_total_and_count_come_first_then_lines_by_vendor(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desk.products(2)
    desk.put((one, 1), (other, 2))
    checked(desk, monkeypatch)
    title = desk.tab.title[0].value
    assert title.startswith("2 products")
    assert "₹" in title
    assert "Nothing stands in its way" in desk.says()
    for part in desk.workspace.orders.check(desk.who, desk.id).parts:
        assert str(part.vendor) in desk.says()
    assert not desk.tab.button(key="place").disabled


def test_steps_removal_undo_and_clear_act_on_the_kept_draft(desk: Desk) -> None:
    one, other = desk.products(2)
    desk.put((one, 1), (other, 2))
    desk.tab.number_input(key=f"quantity-{one.product_id}").set_value(3 * one.case_size).run()
    assert desk.draft.quantity(one.product_id) == 3 * one.case_size
    assert f"3 cases · {3 * one.case_size} pieces" in desk.says()
    desk.click(f"remove-{other.product_id}")
    assert len(desk.draft.lines) == 1
    desk.click("order-undo")
    assert desk.draft.quantity(other.product_id) == 2 * other.case_size
    at = desk.click("order-clear")
    assert not desk.draft.lines
    assert at.title[0].value == "Nothing on your order yet"
    desk.click("order-undo")
    assert len(desk.draft.lines) == 2
    assert desk.has("place")


def test_a_vendors_minimum_blocks_placing_until_it_is_filled_up(desk: Desk) -> None:
    short = next(
        one for one in desk.products(20)
        if (part := _part(desk, one)) is not None and part.missing > 0
    )  # fmt: skip
    desk.put((short, 1))
    assert desk.tab.button(key="place").disabled
    assert "to settle before it can be placed" in desk.says()
    assert "more for the minimum order of" in desk.says()
    desk.click("top-up-0")
    (part,) = desk.workspace.orders.check(desk.who, desk.id).parts
    assert part.missing == 0
    assert "Minimum order of" in desk.says()
    desk.click("order-undo")
    assert len(desk.draft.lines) == 1


def _part(desk: Desk, product: Product) -> VendorPart | None:
    """What one case of a product is to its vendor."""
    desk.workspace.drafts.add(desk.who, desk.id, product.product_id, product.case_size)
    parts = desk.workspace.orders.check(desk.who, desk.id).parts
    desk.workspace.drafts.undo(desk.who, desk.id)
    return parts[0] if parts and parts[0].minimum else None


def test_leaving_a_vendor_out_is_one_click_and_one_undo(desk: Desk) -> None:
    one, other = desk.products(2)
    desk.put((one, 1), (other, 1))
    problem = Problem(
        Blocker.MINIMUM, Sentence("draft.minimum", {"vendor": "V", "minimum": 1, "missing": 1}),
        vendor_id=one.vendor_id,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        checked(desk, patch, problem)
        desk.click("mend-0")
    assert desk.draft.quantity(one.product_id) == 0
    desk.workspace.drafts.undo(desk.who, desk.id)
    assert len(desk.draft.lines) == 2


def test_a_hint_does_not_stand_in_the_way_and_has_its_own_mend(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = desk.products(1)
    desk.workspace.drafts.add(desk.who, desk.id, one.product_id, one.case_size + 1)
    desk.tab.run()
    hint = Problem(
        Blocker.CASE, Sentence("draft.part_case", {"product": one.name, "case_size": 2}),
        one.product_id, one.vendor_id, blocking=False,
    )  # fmt: skip
    checked(desk, monkeypatch, hint)
    assert not desk.tab.button(key="place").disabled
    assert "last case not full" in desk.says()
    desk.click("mend-0")
    assert desk.draft.quantity(one.product_id) == 2 * one.case_size


def ready(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Product:
    """An order that can be placed."""
    (one,) = desk.products(1)
    desk.put((one, 1))
    checked(desk, monkeypatch)
    monkeypatch.setattr(
        "smartreco.workspace.order.placing.check_draft",
        lambda *_args, **_kwargs: DraftCheck((), (), 1.0, 0, None, date(2026, 1, 1), False),
    )
    return one


def test_placing_asks_once_more_and_then_says_what_happens_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ready(desk, monkeypatch)
    desk.tab.text_area(key="order-note").set_value("Gate 3, please").run()
    desk.click("place")
    assert "1 product from 1 vendor for" in desk.says()
    assert "Gate 3" in desk.says()
    assert desk.workspace.orders.history(desk.who, desk.id, 1, 0, "placed")[1] == 0
    at = desk.click("place-sure")
    (order,), _ = desk.workspace.orders.history(desk.who, desk.id, 1, 0, "placed")
    assert order.note == "Gate 3, please"
    assert not desk.draft.lines
    assert at.query_params["placed"] in (order.order_id, [order.order_id])
    (line,) = desk.workspace.orders.read(desk.who, desk.id, order.order_id).lines
    assert line.product.product_id == one.product_id


def test_an_order_that_changed_meanwhile_is_not_placed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ready(desk, monkeypatch)
    desk.click("place")
    desk.workspace.drafts.set_quantity(desk.who, desk.id, one.product_id, 5 * one.case_size)
    at = desk.click("place-sure")
    assert desk.workspace.orders.history(desk.who, desk.id, 1, 0, "placed")[1] == 0
    assert "That did not work" in desk.says()
    assert desk.draft.lines
    at.number_input(key=f"quantity-{one.product_id}").set_value(1).run()
    assert "That did not work" not in desk.says()


def test_a_suggested_order_goes_on_the_draft_as_chosen_and_comes_off_with_one_undo(
    desk: Desk,
) -> None:
    at = desk.click("suggest-go")
    assert "product" in at.subheader[0].value
    boxes = [box for box in at.checkbox if str(box.key).startswith("take-")]
    assert boxes
    assert all(box.value for box in boxes)
    left_out = str(boxes[0].key).removeprefix("take-")
    boxes[0].set_value(False).run()
    desk.click("suggest-put")
    assert desk.draft.lines
    assert desk.draft.quantity(left_out) == 0
    assert desk.has("place")
    desk.click("order-undo")
    assert not desk.draft.lines


def taken(at: AppTest) -> dict[str, bool]:
    """Ticks of the suggestion by product."""
    boxes = [box for box in at.checkbox if str(box.key).startswith("take-")]
    return {str(box.key).removeprefix("take-"): bool(box.value) for box in boxes}


def test_ticks_outlive_another_way_of_filling_and_what_is_left_out_is_not_ordered(
    desk: Desk,
) -> None:
    at = desk.click("suggest-go")
    first, second, *_ = taken(at)
    at.checkbox(key=f"take-{first}").set_value(False).run()
    at.checkbox(key=f"take-{second}").set_value(False).run()
    at.checkbox(key=f"take-{second}").set_value(True).run()
    at.pills(key="order-way").set_value("Repeat the last order").run()
    assert not taken(at)
    at.pills(key="order-way").set_value("Suggest an order").run()
    assert not at.exception
    assert [one for one, on in taken(at).items() if not on] == [first]
    desk.click("suggest-put")
    assert desk.draft.quantity(first) == 0
    assert desk.draft.quantity(second) > 0


def test_a_line_below_the_fold_that_is_on_the_order_already_is_not_put_on_again(
    desk: Desk,
) -> None:
    order = desk.workspace.stock.suggest_order(desk.who, desk.id)
    assert len(order.lines) > SHOWN + 1
    desk.put((order.lines[0].product, 1))
    far = desk.workspace.stock.suggest_order(desk.who, desk.id).lines[SHOWN].product
    desk.put((far, 1))
    before = desk.draft.quantity(far.product_id)
    desk.tab.pills(key="order-way").set_value("Suggest an order").run()
    at = desk.click("suggest-go")
    at.pills(key="order-way").set_value("Repeat the last order").run()
    at.pills(key="order-way").set_value("Suggest an order").run()
    assert far.product_id not in taken(at)
    desk.click("suggest-put")
    assert desk.draft.quantity(far.product_id) == before


def test_the_wish_starts_with_what_the_shop_has_kept(desk: Desk) -> None:
    service, review = (desk.tab.select_slider(key=f"wish-{one}") for one in ("service", "review"))
    assert (service.value, review.value) == (0.95, 7)
    desk.workspace.stock.keep_wish(desk.who, desk.id, ShelfWish(0.97, 10))
    desk.tab.pills(key="order-way").set_value("Repeat the last order").run()
    at = desk.tab.pills(key="order-way").set_value("Suggest an order").run()
    assert at.select_slider(key="wish-service").value == 0.97
    assert at.select_slider(key="wish-review").value == 10
    asked: list[OrderWish] = []
    real = desk.workspace.stock.suggest_order

    def suggest(who: Principal, shop: str, wish: OrderWish) -> SuggestedOrder:
        asked.append(wish)
        return real(who, shop, wish)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.workspace.stock, "suggest_order", suggest)
        desk.click("suggest-go")
    assert [(one.service, one.review_days) for one in asked] == [(0.97, 10)]


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Limit("budget", 5.0, 0.0, 0.0), "Nothing worth ordering fits a budget of ₹5"),
        (Limit("credit", 5.0, 0.0, 0.0), "Nothing worth ordering fits your free credit of ₹5"),
        (Limit("credit", 0.0, 0.0, 0.0), "None of your credit is free"),
        (Limit("vendor_left_out", 9.0, 5.0, 0.0, "V"), "below the vendors' minimum orders"),
        (None, "Nothing is worth ordering now"),
    ],
)
def test_where_nothing_is_suggested_the_limit_that_leaves_nothing_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, limit: Limit | None, said: str
) -> None:
    limits = () if limit is None else ((limit, limit_sentences(limit, "Mill", 0.1)),)
    nothing = SuggestedOrder((), limits, 3, 1, 0.0)
    monkeypatch.setattr(desk.workspace.stock, "suggest_order", lambda *_args: nothing)
    desk.click("suggest-go")
    assert said in desk.says()
    assert ("What holds it back" in desk.says()) == (limit is not None and limit.vendor is not None)


def test_stock_is_said_to_be_set_aside_only_where_a_vendors_stock_is_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(desk, monkeypatch)
    desk.click("place")
    assert "Stock is set aside for you" in desk.says()
    desk.click("place-not")
    real = desk.workspace.orders.check
    monkeypatch.setattr(
        desk.workspace.orders, "check", lambda *args: replace(real(*args), available=())
    )
    desk.click("place")
    assert "You can cancel" in desk.says()
    assert "set aside" not in desk.says()


def test_a_wish_that_cannot_be_is_told_and_nothing_breaks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> object:
        raise InputError("a service level is below 1", "2", "choose another")

    monkeypatch.setattr(desk.workspace.stock, "suggest_order", refused)
    at = desk.click("suggest-go")
    assert "a service level is below 1" in at.toast[0].value.replace("\\", "")
    assert not at.subheader


def test_the_last_order_is_put_on_the_draft_again(desk: Desk) -> None:
    desk.tab.pills(key="order-way").set_value("Repeat the last order").run()
    desk.click("repeat-last")
    (last,), _ = desk.workspace.orders.history(desk.who, desk.id, 1)
    order = desk.workspace.orders.read(desk.who, desk.id, last.order_id)
    on_it = {line.product.product_id for line in desk.draft.lines}
    assert on_it == {one.product.product_id for one in order.lines if one.product.active}


def test_a_pasted_list_shows_what_needs_a_look_and_takes_the_rest(desk: Desk) -> None:
    one, other = desk.products(2)
    text = f"{one.product_id}, {one.case_size}\nno such thing, 3\n{other.product_id}, some"
    desk.tab.pills(key="order-way").set_value("Paste or upload a list").run()
    desk.tab.text_area(key="order-paste").set_value(text).run()
    desk.click("paste-read")
    assert "1 row can be taken, 2 rows need a look" in desk.says()
    assert "no such thing" in desk.says()
    desk.click("paste-take")
    assert [line.product.product_id for line in desk.draft.lines] == [one.product_id]
    kept = desk.tab.text_area(key="order-paste").value
    assert "no such thing" in kept
    assert one.product_id not in kept


def test_vendors_stay_where_they_are_while_quantities_change(desk: Desk) -> None:
    one, *more = desk.products(20)
    other = next(product for product in more if product.vendor_id != one.vendor_id)
    desk.put((one, 1))
    desk.put((other, 1))
    for cases in (1, 5):
        desk.workspace.drafts.set_quantity(
            desk.who, desk.id, other.product_id, cases * other.case_size
        )
        parts = desk.workspace.orders.check(desk.who, desk.id).parts
        assert [part.vendor_id for part in parts] == [one.vendor_id, other.vendor_id]
    desk.workspace.drafts.set_quantity(desk.who, desk.id, one.product_id, 50 * one.case_size)
    parts = desk.workspace.orders.check(desk.who, desk.id).parts
    assert [part.vendor_id for part in parts] == [one.vendor_id, other.vendor_id]


def test_what_cannot_be_had_comes_before_a_minimum_and_is_not_filled_up(desk: Desk) -> None:
    short = next(
        one for one in desk.products(20)
        if (part := _part(desk, one)) is not None and part.missing > 0
    )  # fmt: skip
    desk.put((short, 1))
    assert desk.has("top-up-0")
    desk.workspace.store.write(
        lambda cursor: cursor.execute(
            "UPDATE stock_levels SET on_hand = 0 FROM products p "
            "WHERE stock_levels.product_key = p.product_key AND product_id = ?",
            [short.product_id],
        )
    )
    desk.tab.run()
    kinds = [one.blocker for one in desk.workspace.orders.check(desk.who, desk.id).problems]
    assert kinds[:2] == [Blocker.STOCK, Blocker.MINIMUM]
    assert not any(str(button.key).startswith("top-up") for button in desk.tab.button)
    assert desk.has("mend-1")


def test_a_phones_bar_leads_to_what_is_to_be_done_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = desk.products(1)
    desk.put((one, 1))
    stock = Problem(
        Blocker.STOCK, Sentence("draft.none_left", {"product": one.name}), one.product_id,
        one.vendor_id, room=0,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        checked(desk, patch, stock)
        assert 'href="#to-settle"' in desk.says()
        assert 'id="to-settle"' in desk.says()
        assert "Settle 1" in desk.says()
        assert 'href="#place-order"' not in desk.says()
    checked(desk, monkeypatch)
    assert 'href="#place-order"' in desk.says()
    assert "to-settle" not in desk.says()


def test_the_address_of_an_order_placed_before_is_forgotten_here(desk: Desk) -> None:
    at = open_tab(desk.workspace, "order", Role.RETAILER, placed="SR-000001")
    assert not at.exception
    assert "placed" not in at.query_params


def test_a_pasted_row_says_what_becomes_of_what_is_on_the_order(desk: Desk) -> None:
    one, other = desk.products(2)
    desk.put((one, 3), (other, 1))
    text = f"{one.product_id}, 5\n{other.product_id}, {other.case_size}"
    desk.tab.pills(key="order-way").set_value("Paste or upload a list").run()
    desk.tab.text_area(key="order-paste").set_value(text).run()
    desk.click("paste-read")
    assert f"now {3 * one.case_size}, becomes 5" in desk.says()
    assert "on your order already" in desk.says()


def test_a_long_order_shows_its_first_lines_and_the_rest_on_demand(desk: Desk) -> None:
    desk.put(*((one, 1) for one in desk.products(20)))
    shown = [field for field in desk.tab.number_input if str(field.key).startswith("quantity-")]
    assert len(shown) == 12
    desk.click("more-order")
    shown = [field for field in desk.tab.number_input if str(field.key).startswith("quantity-")]
    assert len(shown) == 20


def test_the_panel_of_for_you_leads_to_this_page(desk: Desk, own_tab: Tab) -> None:
    (one,) = desk.products(1)
    desk.put((one, 1))
    home = own_tab("for-you", Role.RETAILER)
    links = [link.proto for link in home.get("page_link")]
    assert any(link.page == "order" and link.label == "Review and place" for link in links)
    assert "not sent from here" not in words(home)


def test_a_pasted_row_that_may_mean_several_products_is_settled_by_choosing(desk: Desk) -> None:
    one, other = desk.products(2)
    start = one.name[:3]
    desk.tab.pills(key="order-way").set_value("Paste or upload a list").run()
    desk.tab.text_area(key="order-paste").set_value(f"{start}, 5\n{other.product_id}, 7").run()
    at = desk.click("paste-read")
    asked = at.selectbox(key="choose-1")
    assert "may mean any of" in desk.says()
    chosen = next(found for found in asked.options if found.endswith("5 pieces"))
    code = chosen.rsplit("(", 1)[1].split(")")[0]
    at = asked.set_value(code).run()
    assert not at.exception
    assert "2 rows can be taken" in desk.says()
    desk.click("paste-take")
    assert desk.draft.quantity(code) == 5
    assert desk.draft.quantity(other.product_id) == 7


def test_a_budget_for_nothing_says_what_would_be_enough_and_it_is(desk: Desk) -> None:
    desk.tab.number_input(key="wish-budget").set_value(1.0)
    desk.click("suggest-go")
    nothing = desk.workspace.stock.suggest_order(desk.who, desk.id, OrderWish(budget=1.0))
    assert nothing.enough is not None
    assert not nothing.lines
    assert "is enough for a first product" in desk.says()
    more = desk.workspace.stock.suggest_order(desk.who, desk.id, OrderWish(budget=nothing.enough))
    assert more.lines


def test_a_budget_above_the_free_credit_is_kept_to_it_and_said(desk: Desk) -> None:
    free = desk.workspace.orders.check(desk.who, desk.id).credit_free
    if free is None:
        pytest.skip("this shop has no credit limit")
    desk.tab.number_input(key="wish-budget").set_value(free * 10)
    at = desk.click("suggest-go")
    assert any("it keeps to that" in str(toast.value) for toast in at.toast)
