"""The page "Explain the model": the answer, the sums, the what-ifs, and links that lead there."""

from __future__ import annotations

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from pages import list_names
from pages.analyst.explain import change, wording
from pages.analyst.explain.page import VIEWS
from pages.analyst.explain.score import addend_frame
from pages.analyst.explain.visit import ExplainVisit, address
from pages.context import Context
from smartreco.entities import ListName, Principal, Role
from smartreco.language import Language
from smartreco.recommend.addends import Addend
from smartreco.recommend.blend import COMPONENTS
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from smartreco.workspace.explaining.views import Absent, Cause
from tests.conftest import Cast
from tests.pages.conftest import Tab, open_tab, words

URL = "explain-model"
ANALYST = Role.ANALYST


def seen(at: AppTest) -> str:
    assert not at.exception
    return html.unescape(words(at))


def title(at: AppTest) -> str:
    return str(at.title[0].value).replace("\\", "")


def visit(workspace: Workspace, cast: Cast, name: ListName = ListName.DISCOVER) -> ExplainVisit:
    info = workspace.info()
    assert info is not None
    ctx = Context(workspace, Language(info.locale, info.currency), lambda: cast.analyst)
    shop = workspace.explaining.shops(cast.analyst)[0].retailer_id
    product = workspace.explaining.products(cast.analyst, shop, name)[0].product_id
    return ExplainVisit(ctx, shop, product, name)


def test_it_opens_on_the_first_line_of_the_largest_shop_with_its_answer(
    tab: Tab, shared_workspace: Workspace, cast: Cast
) -> None:
    at, look = tab(URL, ANALYST), visit(shared_workspace, cast)
    assert title(at) == wording.answer(look.found, look.ctx.language)
    assert title(at).startswith("Rank 1 on “New for the shop” of ")
    assert "likely in 4 weeks" in title(at)
    for component in look.found.components:
        assert list_names.COMPONENTS[component.name] in seen(at)


@pytest.mark.parametrize("name", list(list_names.SHOWN))
@pytest.mark.parametrize("view", list(VIEWS))
def test_every_view_of_each_list_is_drawn_from_a_link(
    tab: Tab, shared_workspace: Workspace, cast: Cast, view: str, name: ListName
) -> None:
    look = visit(shared_workspace, cast, name)
    shop = shared_workspace.explaining.shops(cast.analyst)[3].retailer_id
    product = shared_workspace.explaining.products(cast.analyst, shop, name)[2]
    at = open_tab(
        shared_workspace, URL, ANALYST, retailer=shop, product=product.product_id, list=name.value,
        view=view,
    )  # fmt: skip
    assert title(at).startswith(f"Rank 3 on “{list_names.SHOWN[name]}”")
    assert look.retailer_id != shop
    texts = {
        "score": "Every addend", "change": "Every rank here was found",
        "near": "Products that speak for it", "outlook": "How likely it is ordered",
    }  # fmt: skip
    assert texts[view] in seen(at)


def test_an_address_of_nonsense_leads_to_the_first_line(
    tab: Tab, shared_workspace: Workspace
) -> None:
    wrong = {"retailer": "x", "product": "'; --", "list": "never", "view": "<b>"}
    at = open_tab(shared_workspace, URL, ANALYST, **wrong)
    assert title(at) == title(tab(URL, ANALYST))


def test_another_shop_brings_its_own_list(tab: Tab, shared_workspace: Workspace) -> None:
    who = Principal(USERNAMES[ANALYST], "", ANALYST)
    shops = shared_workspace.explaining.shops(who)
    at = tab(URL, ANALYST)
    at.selectbox(key="explain-retailer").set_value(shops[5].retailer_id).run()
    assert shops[5].name.split()[0] in title(at)
    assert title(at).startswith("Rank 1 on")
    second = shared_workspace.explaining.products(who, shops[5].retailer_id, ListName.DISCOVER)[1]
    at.selectbox(key="explain-product").set_value(second.product_id).run()
    assert title(at).startswith("Rank 2 on")
    assert at.query_params["product"] == second.product_id


def test_a_product_that_is_not_on_the_list_says_why(
    tab: Tab, shared_workspace: Workspace, cast: Cast
) -> None:
    look = visit(shared_workspace, cast, ListName.REORDER)
    at = open_tab(
        shared_workspace, URL, ANALYST, retailer=look.retailer_id, product=look.product_id,
        list="discover", view="change",
    )  # fmt: skip
    assert "Not on “New for the shop”" in title(at)
    assert "the shop orders it already" in title(at)
    assert "no score is missing" in seen(at)


def test_the_file_holds_every_addend_and_sums_to_the_score(
    shared_workspace: Workspace, cast: Cast
) -> None:
    look = visit(shared_workspace, cast)
    frame = addend_frame(look)
    assert frame["contribution"].sum() == pytest.approx(look.found.score, rel=1e-9)
    assert set(frame["component"]) == {one.name for one in look.found.components}
    assert frame["what"].str.len().gt(0).all()


def test_ranks_on_the_page_are_those_of_the_what_ifs(
    tab: Tab, shared_workspace: Workspace, cast: Cast
) -> None:
    look = visit(shared_workspace, cast)
    at = open_tab(shared_workspace, URL, ANALYST, view="change")
    text = re.sub(r"<[^>]+>", "|", seen(at))
    for one in look.changes.found:
        said = wording.what_if(one, look.ctx.language, list_names.COMPONENTS)
        rank = "not on the list" if one.rank is None else str(one.rank)
        assert re.search(re.escape(said) + r"\|+" + rank + r"\|", text), said


def test_everything_has_words(cast: Cast) -> None:
    language = Language()
    assert set(wording.BECAUSE) == set(list_names.COMPONENTS) == set(COMPONENTS)
    assert set(wording.ABSENT) == set(Absent)
    assert set(wording.CAUSES) == set(Cause)
    assert {one for _, causes in change.GROUPS for one in causes} == set(Cause)
    group = Addend("peers", "group", "everyone", ("everyone", "", "", "12"), 0.1)
    assert wording.addend(group, language) == "What all 12 shops order lately"
    basket = Addend("affinity", "product", "P1", ("Tea",), 0.1)
    assert wording.addend(basket, language) == "Tea, on its order"


def test_a_link_to_an_explanation_carries_all_it_needs() -> None:
    assert address("R 1/2", "P&1", ListName.REORDER) == (
        "explain-model?retailer=R+1%2F2&product=P%261&list=reorder"
    )
