"""The catalogue and a product's page as a shop uses them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from smartreco.entities import Role
from smartreco.language import Language
from smartreco.workspace import Workspace
from smartreco.workspace.product_views import Wanted
from tests.pages.conftest import DemoShop, Tab, go, open_tab, seen, words


class Shop(DemoShop):
    """The demo retailer and what the store keeps for the shop."""

    def found(self, **wanted: object) -> list[str]:
        page = self.workspace.products.search(self.who, self.id, Wanted(**wanted))  # type: ignore[arg-type]
        return [one.product.product_id for one in page.found]

    def name(self, product_id: str) -> str:
        return self.workspace.models.current.catalogue.product(product_id).name


@pytest.fixture
def shop(workspace: Workspace, own_tab: Tab) -> Shop:
    """A shop with orders."""
    return Shop(workspace)


def opened(shop: Shop, url: str = "catalogue", **query: str) -> AppTest:
    at = open_tab(shop.workspace, url, Role.RETAILER, **query)
    assert not at.exception
    return at


def has(at: AppTest, key: str) -> bool:
    return any(button.key == key for button in at.button)


def test_the_catalogue_says_how_much_there_is_and_shows_its_first_page(shop: Shop) -> None:
    at = opened(shop)
    total = shop.workspace.products.search(shop.who, shop.id, Wanted()).total
    assert f"{total} products you can order" in at.title[0].value
    assert shop.name(shop.found()[0]) in seen(at)


def test_a_search_narrows_and_stands_in_the_title(shop: Shop) -> None:
    at = opened(shop)
    name = shop.name(shop.found()[0])
    at.text_input(key="find").set_value(name).run()
    assert not at.exception
    assert "1 product for" in at.title[0].value
    assert name in seen(at)


def test_a_misspelt_search_says_that_it_shows_the_closest(shop: Shop) -> None:
    name = shop.name(shop.found()[0])
    word = max(name.split(), key=len)
    typed = word[:2] + word[3:]
    found = shop.workspace.products.search(shop.who, shop.id, Wanted(text=typed))
    at = opened(shop, find=typed)
    title = at.title[0].value.replace("\\", "")
    assert title.startswith(f"Closest to “{typed}”: {found.total} product")
    assert f"Nothing is called that; searched for “{found.read_as}”" in seen(at)
    assert name in seen(at)


def test_a_search_that_finds_nothing_says_what_to_do(shop: Shop) -> None:
    at = opened(shop, find="xyzzyqq")
    assert at.title[0].value == "Nothing is called “xyzzyqq”"
    assert "No product is called that" in seen(at)
    at.button(key="empty-catalogue").click().run()
    assert "products you can order" in at.title[0].value


def test_filters_that_leave_nothing_can_be_taken_back_and_the_search_stays(shop: Shop) -> None:
    mine = shop.found(mine=True)[0]
    at = opened(shop, find=mine, mine="New to you")
    assert "Nothing here with these filters" in seen(at)
    at.button(key="empty-catalogue").click().run()
    assert shop.name(mine) in seen(at)
    assert at.text_input(key="find").value == mine


@pytest.mark.parametrize(
    "query",
    [{"kind": "no such"}, {"sort": "x"}, {"page": "-3"}, {"page": "999"}, {"page": "x"},
     {"cost": "a"}, {"mine": "theirs"}, {"maker": "'; DROP TABLE products"}],
)  # fmt: skip
def test_an_address_with_nonsense_opens_the_whole_catalogue(
    shop: Shop, query: dict[str, str]
) -> None:
    at = opened(shop, **query)
    assert "products you can order" in at.title[0].value
    assert shop.name(shop.found()[0]) in seen(at)


def test_a_category_with_its_count_narrows_to_it(shop: Shop) -> None:
    at = opened(shop)
    button = at.button(key="narrow-0")
    count = int(button.label.split("**")[1])
    button.click().run()
    assert f"{count} product" in at.title[0].value
    assert not has(at, "narrow-0")
    at.button(key="catalogue-clear").click().run()
    assert has(at, "narrow-0")


def test_pages_show_what_comes_next(shop: Shop) -> None:
    at = opened(shop, page="2", sort="Name")
    every = shop.found(limit=100, sort="name")
    assert shop.name(every[24]) in seen(at)
    assert shop.name(every[0]) not in seen(at)


@pytest.mark.parametrize("url", ["catalogue", "product"])
def test_what_is_out_of_stock_says_so_instead_of_being_added(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    product, products = shop.found()[0], shop.workspace.products
    search, one = products.search, products.product

    def searched(*args: object, **kwargs: object) -> object:
        page = search(*args, **kwargs)  # type: ignore[arg-type]
        first, *rest = page.found
        none = replace(first, product=replace(first.product, on_hand=0))
        return replace(page, found=(none, *rest))

    def shown(*args: object) -> object:
        view = one(*args)  # type: ignore[arg-type]
        return replace(view, supply=replace(view.supply, free=0))

    monkeypatch.setattr(products, "search", searched)
    monkeypatch.setattr(products, "product", shown)
    at = opened(shop, url, **({"id": product} if url == "product" else {}))
    button = at.button(key=f"add-{product}")
    assert button.disabled
    assert "Out of stock" in button.label


def test_adding_puts_a_usual_order_on_the_draft_and_a_stepper_on_the_card(shop: Shop) -> None:
    product = shop.found()[0]
    usual = shop.workspace.products.product(shop.who, shop.id, product).usual
    at = opened(shop)
    at.button(key=f"add-{product}").click().run()
    assert not at.exception
    assert shop.draft.quantity(product) == usual
    assert not has(at, f"add-{product}")
    stepper = at.number_input(key=f"quantity-{product}")
    stepper.set_value(stepper.value + stepper.step).run()
    assert shop.draft.quantity(product) > usual
    at.button(key=f"remove-{product}").click().run()
    assert shop.draft.lines == ()
    assert has(at, f"add-{product}")


def test_a_dismissed_product_says_so_and_can_be_suggested_again(shop: Shop) -> None:
    product = shop.found()[0]
    shop.workspace.drafts.dismiss(shop.who, shop.id, product)
    at = opened(shop)
    assert "Not for me" in seen(at)
    at.button(key=f"back-{product}").click().run()
    assert not at.exception
    page = shop.workspace.products.search(shop.who, shop.id, Wanted())
    assert page.dismissed == frozenset()
    assert not has(at, f"back-{product}")


def test_every_card_leads_to_its_products_page(shop: Shop) -> None:
    at = opened(shop)
    for product in shop.found()[:5]:
        assert f'href="product?id={product}"' in words(at)


def test_a_products_page_answers_price_stock_history_and_neighbours(shop: Shop) -> None:
    product = shop.found(mine=True)[0]
    view = shop.workspace.products.product(shop.who, shop.id, product)
    at = opened(shop, "product", id=product)
    assert at.title[0].value.replace("\\", "") == view.product.name
    text = seen(at)
    for said in ("You last paid", "Stock at the vendor", "Arrives in", "likely that you order it",
                 "Usually", "What all shops order", "Similar products"):  # fmt: skip
        assert said in text
    assert view.alike[0].product.name in text
    assert "cost" not in text.lower()
    assert "margin" not in text.lower()


def test_no_count_is_dated_after_today(shop: Shop) -> None:
    product = shop.found(mine=True)[0]
    view = shop.workspace.products.product(shop.who, shop.id, product)
    assert view.supply.stock_on is not None
    day = min(view.supply.stock_on, view.today)
    words_of = Language("en_IN", "INR")
    text = seen(opened(shop, "product", id=product))
    assert f"counted on {words_of.day(day)}" in text
    if view.supply.stock_on > view.today:
        assert words_of.day(view.supply.stock_on) not in text


def test_the_product_is_added_and_changed_on_its_page(shop: Shop) -> None:
    product = shop.found()[0]
    at = opened(shop, "product", id=product)
    at.button(key=f"add-{product}").click().run()
    assert not at.exception
    assert shop.draft.quantity(product) > 0
    assert at.number_input(key=f"quantity-{product}").value


def test_a_neighbour_is_added_where_it_stands(shop: Shop) -> None:
    product = shop.found()[0]
    near = shop.workspace.products.product(shop.who, shop.id, product).alike[0].product
    at = opened(shop, "product", id=product)
    at.button(key=f"add-like-{near.product_id}").click().run()
    assert not at.exception
    assert shop.draft.quantity(near.product_id) > 0
    assert "In your order" in seen(at)


def test_the_forecast_is_made_only_when_it_is_asked_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = shop.workspace.series.shop_line
    monkeypatch.setattr(
        shop.workspace.series, "shop_line",
        lambda *args, **kwargs: asked.append(kwargs) or real(*args, **kwargs),
    )  # fmt: skip
    product = shop.found(mine=True)[0]
    at = opened(shop, "product", id=product)
    assert not asked
    at.button(key="show-forecast").click().run()
    assert not at.exception
    assert asked == [{"product_id": product}]
    line = real(shop.who, shop.id, product_id=product).weeks(8)
    coming = round(float(line.ahead["forecast"].sum()))
    assert re.search(rf"You order about {coming:,} pieces? in the next 8 weeks", seen(at))
    assert not has(at, "show-forecast")


def test_a_product_never_ordered_has_no_forecast_to_ask_for(shop: Shop) -> None:
    at = opened(shop, "product", id=shop.found(mine=False)[0])
    assert "You have not ordered it yet" in seen(at)
    assert not has(at, "show-forecast")


@pytest.mark.parametrize("product", ["", "no such", "<b>x</b>", "../x", "x" * 500])
def test_an_address_without_a_product_leads_back_to_the_catalogue(shop: Shop, product: str) -> None:
    at = opened(shop, "product", id=product)
    assert at.title[0].value == "No such product"
    assert 'href="catalogue"' in words(at)


def test_a_product_no_longer_sold_shows_its_history_and_cannot_be_added(shop: Shop) -> None:
    frame = shop.workspace.models.current.catalogue.products
    gone = frame.loc[~frame["active"], "product_id"]
    if gone.empty:
        product = shop.found(mine=True)[0]
        shop.workspace.store.write(
            lambda cursor: cursor.execute(
                "UPDATE products SET active = false WHERE product_id = ?", [product]
            )
        )
        shop.workspace.models.refit()
    else:
        product = gone.iloc[0]
    at = opened(shop, "product", id=product)
    assert "No longer sold" in seen(at)
    assert not has(at, f"add-{product}")
    assert product not in shop.found(limit=100)


def test_the_product_page_is_not_in_the_navigation_but_opens_by_its_address(shop: Shop) -> None:
    from pages.registry import PAGES

    (spec,) = [one for one in PAGES if one.url == "product"]
    assert spec.hidden
    at = go(opened(shop, id=shop.found()[0]), "product")
    assert at.title[0].value.replace("\\", "") == shop.name(shop.found()[0])
