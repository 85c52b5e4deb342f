"""The page "For you" as a shop uses it: see, add, change, remove, dismiss, filter."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from smartreco.entities import OPERATOR, ListName, Progress, Role, Suggestion
from smartreco.errors import NotReadyError
from smartreco.workspace import Phase, Status, Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from smartreco.workspace.views import Draft, DueLine, ForYou, ListFilter
from tests.pages.conftest import ShopTab, Tab, words


class Shop(ShopTab):
    """The demo retailer's tab and what the store keeps for the shop."""

    def __init__(self, workspace: Workspace, tab: Tab) -> None:
        super().__init__(workspace, tab("for-you", Role.RETAILER))
        self.lists = workspace.lists.for_you(self.who, self.id, reorder_k=48)

    @property
    def dismissed(self) -> set[str]:
        """What the store will not suggest again."""
        shown = self.workspace.lists.for_you(self.who, self.id)
        return {product.product_id for product in shown.dismissed}


@pytest.fixture
def shop(workspace: Workspace, own_tab: Tab) -> Shop:
    """A shop with orders, at its page."""
    return Shop(workspace, own_tab)


def first(lines: tuple[Suggestion, ...]) -> str:
    """Id of the first product of a list."""
    return lines[0].product.product_id


def seen(at: AppTest) -> str:
    """What a reader reads, with HTML's signs undone."""
    return html.unescape(words(at))


def changed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, change: Callable[[ForYou], ForYou]
) -> None:
    """Let the workspace answer something else than it would."""
    real = shop.workspace.lists.for_you
    monkeypatch.setattr(
        shop.workspace.lists, "for_you", lambda *args, **kwargs: change(real(*args, **kwargs))
    )
    shop.tab.run()
    assert not shop.tab.exception


def only_due(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, lines: tuple[Suggestion, ...]
) -> tuple[Suggestion, ...]:
    """Let these lines be due and no others be on the reorder list."""
    lines = tuple(replace(line, due=True) for line in lines)
    due = tuple(DueLine(line.product, line.recommendation.quantity) for line in lines)
    changed(shop, monkeypatch, lambda page: replace(page, due=due, reorder=lines))
    return lines


def test_the_answer_comes_first_then_both_lists(shop: Shop) -> None:
    at = shop.tab
    assert not at.exception
    title = at.title[0].value
    assert (f"{len(shop.lists.due)} product" in title) == bool(shop.lists.due)
    assert [heading.value for heading in at.header][:2] == ["Time to reorder", "New for your shop"]
    assert shop.lists.discover[0].product.name in seen(at)
    assert "Orders known until" in seen(at)


def test_a_line_says_rhythm_likelihood_quantity_and_value(shop: Shop) -> None:
    text = seen(shop.tab)
    for sign in ("likely in 4 weeks", "last ", "days ago", "₹", " case", "each"):
        assert sign in text


def test_adding_a_product_puts_its_suggested_quantity_on_the_order(shop: Shop) -> None:
    product = first(shop.lists.discover)
    at = shop.click(f"add-{product}")
    line = shop.draft.lines[0]
    assert (line.product.product_id, line.source) == (product, ListName.DISCOVER)
    assert line.quantity == shop.lists.discover[0].recommendation.quantity
    assert at.button(key=f"add-{product}").disabled
    assert at.number_input(key=f"quantity-{product}").value
    assert "Total, 1 product" in seen(at)


def test_an_act_redraws_its_parts_and_does_not_ask_for_the_lists_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object, **_kwargs: object) -> ForYou:
        raise AssertionError("the lists were read again")

    monkeypatch.setattr(shop.workspace.lists, "for_you", never)
    product = first(shop.lists.discover)
    shop.click(f"add-{product}")
    shop.click(f"off-{product}")
    shop.click(f"hide-{product}")
    assert not shop.draft.lines


def test_everything_due_goes_on_the_order_in_one_act_and_comes_off_with_one_undo(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = only_due(shop, monkeypatch, shop.lists.reorder[:3])
    assert shop.tab.title[0].value.startswith("3 products are due")
    at = shop.click("add-all-due")
    assert {line.product.product_id for line in shop.draft.lines} == {
        line.product.product_id for line in lines
    }
    assert "All of it is in your order" in seen(at)
    assert not shop.has("add-all-due")
    shop.click("order-undo")
    assert not shop.draft.lines
    assert shop.has("add-all-due")


def test_the_button_for_all_adds_only_what_is_still_missing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = only_due(shop, monkeypatch, shop.lists.reorder[:3])
    shop.click(f"add-{first(lines)}")
    before = shop.draft.quantity(first(lines))
    assert "Add the other 2" in shop.tab.button(key="add-all-due").label
    shop.click("add-all-due")
    assert len(shop.draft.lines) == 3
    assert shop.draft.quantity(first(lines)) == before


def step(at: AppTest, product: str) -> float:
    """By how much one click on a quantity changes it."""
    return float(at.number_input(key=f"quantity-{product}").step)


def test_a_quantity_is_in_pieces_and_a_step_is_a_case(shop: Shop) -> None:
    line = next(line for line in shop.lists.discover if line.product.case_size > 1)
    product, size = line.product.product_id, line.product.case_size
    shop.workspace.drafts.add(shop.who, shop.id, product, 2 * size)
    at = shop.tab.run().number_input(key=f"quantity-{product}").set_value(3 * size).run()
    assert not at.exception
    assert shop.draft.quantity(product) == 3 * size
    field = at.number_input(key=f"quantity-{product}")
    assert (field.value, field.step) == (3 * size, size)
    assert "Pieces of" in field.label
    assert "pcs" in seen(at)
    assert "3 cases" in seen(at)


def test_pieces_that_are_no_whole_cases_are_stepped_by_the_piece(shop: Shop) -> None:
    line = next(line for line in shop.lists.discover if line.product.case_size > 2)
    product = line.product.product_id
    shop.workspace.drafts.add(shop.who, shop.id, product, line.product.case_size + 1)
    at = shop.tab.run()
    assert at.number_input(key=f"quantity-{product}").value == line.product.case_size + 1
    assert step(at, product) == 1


def test_clicks_across_a_whole_case_change_neither_unit_nor_step(shop: Shop) -> None:
    line = next(line for line in shop.lists.discover if line.product.case_size > 2)
    product, start = line.product.product_id, 2 * line.product.case_size - 2
    shop.workspace.drafts.add(shop.who, shop.id, product, start)
    at = shop.tab.run()
    for click in range(1, 5):
        field = at.number_input(key=f"quantity-{product}")
        at = field.set_value(float(field.value or 0) + step(at, product)).run()
        assert shop.draft.quantity(product) == start + click


def test_a_line_that_is_put_on_anew_steps_by_the_case_again(shop: Shop) -> None:
    line = next(line for line in shop.lists.discover if line.product.case_size > 2)
    product, size = line.product.product_id, line.product.case_size
    shop.workspace.drafts.add(shop.who, shop.id, product, size + 1)
    shop.tab.run()
    shop.click(f"remove-{product}")
    shop.workspace.drafts.add(shop.who, shop.id, product, size)
    assert step(shop.tab.run(), product) == size


@pytest.mark.parametrize(
    ("sent", "said"),
    [(-3, "cannot be below 0: -3"), (1.5, "whole pieces: 1.5"), (10**9, "at most 10,00,000 pieces"),
     (None, "")],
)  # fmt: skip
def test_a_quantity_that_no_order_can_hold_is_refused_and_the_old_one_stays(
    shop: Shop, sent: float | None, said: str
) -> None:
    line = shop.lists.discover[0]
    product = line.product.product_id
    shop.click(f"add-{product}")
    at = shop.tab.number_input(key=f"quantity-{product}").set_value(sent).run()
    assert not at.exception
    assert shop.draft.quantity(product) == line.recommendation.quantity
    assert at.number_input(key=f"quantity-{product}").value == line.recommendation.quantity
    told = " ".join(toast.value for toast in at.toast).replace("\\", "")
    assert said in told
    assert bool(told) == bool(said)


def test_the_quantity_zero_takes_the_line_off_and_undo_brings_it_back(shop: Shop) -> None:
    line = shop.lists.discover[0]
    product = line.product.product_id
    shop.click(f"add-{product}")
    at = shop.tab.number_input(key=f"quantity-{product}").set_value(0).run()
    assert not at.exception
    assert not shop.draft.lines
    shop.click("order-undo")
    assert shop.draft.quantity(product) == line.recommendation.quantity


def test_removing_takes_the_line_off_and_undo_brings_it_back(shop: Shop) -> None:
    product = first(shop.lists.discover)
    shop.click(f"add-{product}")
    before = shop.draft.quantity(product)
    at = shop.click(f"remove-{product}")
    assert not shop.draft.lines
    assert "Nothing in it yet" in seen(at)
    assert not at.button(key=f"add-{product}").disabled
    shop.click("order-undo")
    assert shop.draft.quantity(product) == before


def test_the_order_is_there_for_a_new_tab(shop: Shop, own_tab: Tab) -> None:
    product = first(shop.lists.discover)
    shop.click(f"add-{product}")
    again = own_tab("for-you", Role.RETAILER)
    assert again.number_input(key=f"quantity-{product}").value
    assert again.button(key="sign_out")


def test_not_for_me_hides_a_product_until_it_is_brought_back(shop: Shop, own_tab: Tab) -> None:
    product = shop.lists.discover[0].product
    at = shop.click(f"hide-{product.product_id}")
    assert shop.dismissed == {product.product_id}
    assert f"{product.name} will not be suggested again" in seen(at)
    fresh = own_tab("for-you", Role.RETAILER)
    assert not any(button.key == f"add-{product.product_id}" for button in fresh.button)
    fresh.button(key=f"back-{product.product_id}").click().run()
    assert not fresh.exception
    assert shop.dismissed == set()
    assert fresh.button(key=f"add-{product.product_id}")


def test_undo_of_not_for_me_puts_the_card_back_in_its_place(shop: Shop) -> None:
    product = first(shop.lists.discover)
    shop.click(f"hide-{product}")
    assert not shop.has(f"add-{product}")
    shop.click(f"unhide-{product}")
    assert shop.has(f"add-{product}")
    assert shop.dismissed == set()


def test_a_dismissed_due_product_is_not_among_what_all_due_adds(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = only_due(shop, monkeypatch, shop.lists.reorder[:3])
    shop.click(f"hide-{first(lines)}")
    shop.click("add-all-due")
    assert shop.draft.quantity(first(lines)) == 0
    assert len(shop.draft.lines) == 2


def test_filters_apply_to_both_lists(shop: Shop) -> None:
    category = shop.lists.discover[0].product.category
    at = shop.tab.pills(key="category").set_value([category]).run()
    assert not at.exception
    wanted = shop.workspace.lists.for_you(shop.who, shop.id, ListFilter((category,)), 48)
    assert {line.product.category for line in (*wanted.reorder, *wanted.discover)} == {category}
    shown = {button.key for button in at.button}
    assert f"add-{first(wanted.discover)}" in shown
    others = [line for line in shop.lists.discover if line.product.category != category]
    assert not shown & {f"add-{line.product.product_id}" for line in others}


def test_a_search_that_matches_nothing_says_so_and_can_be_taken_back(shop: Shop) -> None:
    at = shop.tab.text_input(key="search").set_value("no such thing anywhere").run()
    assert "No product matches these filters" in seen(at)
    assert at.title[0].value == "Nothing is due in this selection"
    at = shop.click("empty-lists")
    assert at.text_input(key="search").value == ""
    assert shop.has(f"add-{first(shop.lists.discover)}")


def test_a_shop_without_orders_is_told_on_what_its_list_rests(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(shop, monkeypatch, lambda page: replace(page, reorder=()))
    text = seen(shop.tab)
    assert "Your reorder list starts with your first order" in text
    assert "rest on what shops like yours" in text
    assert shop.has(f"add-{first(shop.lists.discover)}")


def test_a_shop_that_orders_everything_is_not_left_before_a_blank(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(shop, monkeypatch, lambda page: replace(page, discover=()))
    assert "You order all there is" in seen(shop.tab)


def test_while_no_model_answers_the_page_says_how_far_it_is(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_yet(*_args: object, **_kwargs: object) -> ForYou:
        raise NotReadyError("lists need a model", "none yet", "wait a moment")

    fitting = Status(Phase.FITTING, Progress(0.4, "Fitting the model"))
    monkeypatch.setattr(shop.workspace, "status", lambda: fitting)
    monkeypatch.setattr(shop.workspace.lists, "for_you", not_yet)
    at = shop.tab.run()
    assert not at.exception
    assert at.progress[0].value == 40
    assert not shop.has("add-all-due")


def test_the_breakdown_is_computed_only_when_it_is_opened(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = shop.workspace.lists.explain

    def explain(*args: object, **kwargs: object) -> object:
        asked.append(args[2])
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(shop.workspace.lists, "explain", explain)
    shop.tab.run()
    assert asked == []
    assert not shop.tab.get("vega_lite_chart")
    product = first(shop.lists.discover)
    shop.tab.session_state[f"why-{product}"] = True
    at = shop.tab.run()
    assert not at.exception
    assert asked == [product]
    assert len(at.get("vega_lite_chart")) == 1
    assert "The bars add up to the score" in seen(at)


def test_lists_open_short_and_show_the_rest_on_demand(shop: Shop) -> None:
    assert len(shop.lists.discover) > 6
    last = shop.lists.discover[-1].product.product_id
    assert not shop.has(f"add-{last}")
    shop.click("more-discover")
    assert shop.has(f"add-{last}")
    assert not shop.has("more-discover")


def test_more_of_what_is_due_is_read_when_it_is_asked_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = shop.lists.reorder[:10]
    due = tuple(DueLine(line.product, line.recommendation.quantity) for line in everything)
    real, asked = shop.workspace.lists.for_you, []

    def many_due(*args: object, reorder_k: int, **kwargs: object) -> ForYou:
        asked.append(reorder_k)
        page = real(*args, reorder_k=48, **kwargs)  # type: ignore[arg-type]
        return replace(page, due=due, reorder=everything[:reorder_k])

    monkeypatch.setattr(shop.workspace.lists, "for_you", many_due)
    shop.tab.run()
    last = everything[9].product.product_id
    assert not shop.has(f"add-{last}")
    assert shop.tab.button(key="more-reorder").label == "Show 2 more"
    shop.click("more-reorder")
    assert shop.has(f"add-{last}")
    assert not shop.has("more-reorder")
    assert (asked[0], asked[-1]) == (8, 48)


def test_a_long_order_opens_with_its_latest_lines(shop: Shop) -> None:
    for line in shop.lists.discover[:10]:
        shop.workspace.drafts.add(shop.who, shop.id, line.product.product_id, 1)
    shop.tab.run()
    shown = [field.key for field in shop.tab.number_input]
    assert len(shown) == 8
    assert shown[0] == f"quantity-{shop.lists.discover[9].product.product_id}"
    assert len(shop.click("more-order").number_input) == 10


def test_what_was_shown_is_noted_once_for_each_state_of_the_lists(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[object] = []
    monkeypatch.setattr(shop.workspace.lists, "seen", lambda *args: noted.append(args))
    shop.tab.run()
    shop.tab.run()
    assert noted == []
    shop.tab.text_input(key="search").set_value(shop.lists.discover[-1].product.name).run()
    assert len(noted) == 1


def test_an_account_that_was_shut_meanwhile_cannot_add(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.context.FRESH", 0.0)
    shop.workspace.people.disable_account(OPERATOR, USERNAMES[Role.RETAILER])
    product = first(shop.lists.discover)
    at = shop.tab.button(key=f"add-{product}").click().run()
    assert not at.exception
    with shop.workspace.store.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM order_drafts").fetchone() == (0,)


def test_an_error_of_the_store_is_told_and_nothing_breaks(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_kwargs: object) -> Draft:
        raise NotReadyError("the store is being replaced")

    monkeypatch.setattr(shop.workspace.drafts, "add_many", refused)
    at = shop.click(f"add-{first(shop.lists.discover)}")
    assert "Still being prepared" in at.toast[0].value


def test_headline_and_button_count_the_same_products(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = only_due(shop, monkeypatch, shop.lists.reorder[:3])
    assert shop.tab.title[0].value.startswith("3 products are due")
    at = shop.click(f"hide-{first(lines)}")
    assert at.title[0].value.startswith("2 products are due")


def test_a_vendors_minimum_that_is_not_reached_is_said_beside_the_order(shop: Shop) -> None:
    lines = [*shop.lists.reorder, *shop.lists.discover]
    for line in lines:
        shop.workspace.drafts.clear(shop.who, shop.id)
        shop.workspace.drafts.add(shop.who, shop.id, line.product.product_id, 1)
        (part,) = shop.workspace.orders.check(shop.who, shop.id).parts
        shop.tab.run()
        short = bool(part.minimum and part.missing)
        assert ("more for the minimum order" in seen(shop.tab)) == short
        if short:
            return
    pytest.fail("every vendor delivers a single piece")
