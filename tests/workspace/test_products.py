"""The catalogue as a shop meets it: what it finds, and what it may know of a product."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pandas as pd
import pytest

from smartreco.entities import ListName
from smartreco.errors import InputError, NotFoundError
from smartreco.workspace import Workspace
from smartreco.workspace.product_reading import FEWEST_OTHERS
from smartreco.workspace.product_views import Match, Wanted
from tests.conftest import Cast


@pytest.fixture
def shop(cast: Cast) -> str:
    assert cast.retailer.retailer_id is not None
    return cast.retailer.retailer_id


def ordered(workspace: Workspace, shop: str) -> list[str]:
    """Products of the shop, the one with most orders first."""
    with workspace.store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT p.product_id FROM order_lines l JOIN products p USING (product_key) "
            "JOIN retailers r USING (retailer_key) JOIN orders o USING (order_key) "
            "WHERE r.retailer_id = ? AND o.status <> 'cancelled' AND p.active "
            "GROUP BY p.product_id ORDER BY count(*) DESC, p.product_id",
            [shop],
        ).fetchall()
    return [one for (one,) in rows]


def never_ordered(workspace: Workspace, shop: str) -> str:
    own = set(ordered(workspace, shop))
    frame = workspace.models.current.catalogue.products
    return next(one for one in frame.loc[frame["active"], "product_id"] if one not in own)


def test_the_whole_catalogue_is_found_page_by_page(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    frame = shared_workspace.models.current.catalogue.products
    first = shared_workspace.products.search(cast.retailer, shop, Wanted(limit=20))
    assert first.total == frame["active"].sum()
    assert len(first.found) == 20
    assert sum(first.categories.values()) == first.total
    assert {one.product.active for one in first.found} == {True}


def test_a_product_is_found_by_its_name_and_says_how_the_shop_stands_to_it(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    known = ordered(shared_workspace, shop)[0]
    product = shared_workspace.models.current.catalogue.product(known)
    page = shared_workspace.products.search(cast.retailer, shop, Wanted(text=product.name))
    hit = next(one for one in page.found if one.product.product_id == known)
    view = shared_workspace.products.product(cast.retailer, shop, known)
    assert hit.orders == len(view.own.orders)
    assert hit.days_since == view.own.days_since
    assert hit.usual == view.usual
    assert page.match is Match.WORDS


def test_mine_and_new_divide_the_catalogue(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    search = shared_workspace.products.search
    mine = search(cast.retailer, shop, Wanted(mine=True)).total
    new = search(cast.retailer, shop, Wanted(mine=False)).total
    assert mine == len(ordered(shared_workspace, shop))
    assert mine + new == search(cast.retailer, shop, Wanted()).total


def test_a_page_too_long_is_refused(shared_workspace: Workspace, cast: Cast, shop: str) -> None:
    for wanted in (Wanted(limit=0), Wanted(limit=1000), Wanted(offset=-1)):
        with pytest.raises(InputError, match="page of the catalogue"):
            shared_workspace.products.search(cast.retailer, shop, wanted)


def test_the_line_of_a_product_is_that_of_its_list(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    for name in (ListName.REORDER, ListName.DISCOVER):
        listed = shared_workspace.lists.recommend(cast.retailer, shop, name, k=3)
        assert len(listed) == 3
        for line in listed:
            view = shared_workspace.products.product(cast.retailer, shop, line.product_id)
            assert view.suggestion is not None
            found = view.suggestion.recommendation
            assert found.list is name
            assert found.score == pytest.approx(line.score)
            assert found.probability == line.probability
            assert [one.template for one in found.reasons] == [one.template for one in line.reasons]


def test_own_history_and_last_price_are_those_of_the_orders(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    known = ordered(shared_workspace, shop)[0]
    view = shared_workspace.products.product(cast.retailer, shop, known)
    newest = view.own.orders[0]
    assert view.price.paid == newest.unit_price
    assert view.price.paid_on == newest.ordered_on == max(one.ordered_on for one in view.own.orders)
    assert view.own.days_since == (view.today - newest.ordered_on).days
    assert view.own.pieces == sum(one.quantity for one in view.own.orders)
    assert view.price.change == pytest.approx(view.price.today / newest.unit_price - 1)


def test_a_product_never_ordered_has_no_history_and_stands_on_discover(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    view = shared_workspace.products.product(
        cast.retailer, shop, never_ordered(shared_workspace, shop)
    )
    assert view.own.orders == ()
    assert view.own.days_since is None
    assert view.price.paid is None
    assert view.price.change is None
    assert view.suggestion is not None
    assert view.suggestion.recommendation.list is ListName.DISCOVER


def test_the_sum_of_all_shops_is_shown_only_where_it_hides_each_of_them(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    products = shared_workspace.models.current.catalogue.products
    shown = hidden = 0
    for product in products.loc[products["active"], "product_id"]:
        market = shared_workspace.products.product(cast.retailer, shop, product).market
        assert (len(market.weeks) > 0) == (market.shops >= FEWEST_OTHERS)
        shown += len(market.weeks) > 0
        hidden += len(market.weeks) == 0
        if len(market.weeks):
            steps = market.weeks["period_start"].diff().dropna()
            assert set(steps) == {timedelta(days=7)}
    assert shown


def test_no_week_shows_what_a_few_other_shops_ordered(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    """Whatever the shop takes off of its own, a week shown is the sum of five others or of none."""
    with shared_workspace.store.cursor() as cursor:
        lines = cursor.execute(
            "SELECT p.product_id, date_trunc('week', l.ordered_on)::TIMESTAMP AS week, "
            "r.retailer_id, sum(l.quantity) AS quantity FROM order_lines l "
            "JOIN products p USING (product_key) JOIN retailers r USING (retailer_key) "
            "ANTI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key) "
            "GROUP BY ALL"
        ).df()
    total = lines.groupby(["product_id", "week"])["quantity"].sum()
    theirs = lines[lines["retailer_id"] != shop].groupby(["product_id", "week"]).size()
    blank = whole = 0
    for product in shared_workspace.models.current.catalogue.products["product_id"]:
        market = shared_workspace.products.product(cast.retailer, shop, product).market
        for week, sold in zip(market.weeks["period_start"], market.weeks["sold"], strict=True):
            others = theirs.get((product, week), 0)
            if 0 < others < FEWEST_OTHERS:
                assert pd.isna(sold)
                blank += 1
            else:
                assert sold == total.get((product, week), 0)
                whole += 1
    assert blank
    assert whole


def test_what_a_shop_is_told_names_no_cost_and_no_other_shop(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    known = ordered(shared_workspace, shop)[0]
    view = shared_workspace.products.product(cast.retailer, shop, known)
    text = str(dataclasses.asdict(view))
    retailers = shared_workspace.models.current.catalogue.retailers
    others = retailers.loc[retailers["retailer_id"] != shop, "name"]
    assert "cost" not in text
    assert not [name for name in others if name in text]


def test_an_unknown_product_is_a_sentence(
    shared_workspace: Workspace, cast: Cast, shop: str
) -> None:
    with pytest.raises(NotFoundError, match="check the id"):
        shared_workspace.products.product(cast.retailer, shop, "no such product")


def test_draft_and_dismissals_are_always_fresh(workspace: Workspace, cast: Cast, shop: str) -> None:
    known = ordered(workspace, shop)[0]
    products = workspace.products
    assert not products.product(cast.retailer, shop, known).dismissed
    workspace.drafts.add(cast.retailer, shop, known, 7)
    workspace.drafts.dismiss(cast.retailer, shop, known)
    view = products.product(cast.retailer, shop, known)
    assert view.draft.quantity(known) == 7
    assert view.dismissed
    page = products.search(cast.retailer, shop, Wanted())
    assert page.dismissed == {known}
    assert page.draft.quantity(known) == 7


def test_staff_sees_any_shops_view(shared_workspace: Workspace, cast: Cast, shop: str) -> None:
    for who in (cast.admin, cast.analyst, cast.product_manager):
        assert shared_workspace.products.search(who, shop, Wanted()).total
