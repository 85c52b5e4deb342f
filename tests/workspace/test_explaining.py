"""Explaining a line: sums that hold, and ranks that hold when the lists are made again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from math import fsum
from pathlib import Path

import pytest

from smartreco.entities import ListName
from smartreco.errors import NotAllowedError, NotFoundError
from smartreco.language import Language
from smartreco.recommend.blend import Blend
from smartreco.recommend.model import Model
from smartreco.recommend.rules import NO_PLAN
from smartreco.store import drafts as draft_store
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from smartreco.workspace.explaining import situation
from smartreco.workspace.explaining.situation import Situation
from smartreco.workspace.explaining.views import Absent, Cause, Changes, Counterfactual
from smartreco.workspace.page_lists import reorder_list
from tests.conftest import Cast, opened_copy

WORDS = Language()
PAGE = (ListName.REORDER, ListName.DISCOVER)


@pytest.fixture(scope="module")
def ruled(
    small_store: Path, tmp_path_factory: pytest.TempPathFactory, cast: Cast
) -> Iterator[Workspace]:
    """A workspace with rules of every stage on its lists and something on a draft."""
    workspace = opened_copy(small_store, tmp_path_factory.mktemp("ruled"))
    vendors = list(workspace.rules.choices(cast.analyst).vendors)
    for spec in (
        RuleSpec("boost", "vendor", vendors[0], amount=1.0),
        RuleSpec("diversity", amount=0.3),
        RuleSpec("vendor_cap", amount=3.0),
        RuleSpec("leave_out", "vendor", vendors[-1]),
    ):
        workspace.rules.add(cast.analyst, spec)
    shop = str(cast.retailer.retailer_id)
    shown = workspace.lists.for_you(cast.retailer, shop)
    for line in (shown.discover[2], shown.reorder[-1]):
        workspace.drafts.add(cast.retailer, shop, line.product.product_id, 6, ListName.DISCOVER)
    yield workspace
    workspace.close()


def read(workspace: Workspace, shop: str) -> Situation:
    with workspace.store.cursor() as cursor:
        return situation.read(cursor, workspace.models.current, workspace.rules, shop)


def listed(
    found: Situation, name: ListName, *, model: Model | None = None,
    basket: tuple[str, ...] | None = None, drop: int | None = None,
) -> list[str]:  # fmt: skip
    """A list made again by the page's own functions, under another condition.

    ``drop`` : number of a rule that does not hold; -1: none holds.
    """
    fitted = found.fitted if model is None else replace(found.fitted, model=model)
    plan, shop = found.rules[name].plan, found.retailer.retailer_id
    if drop is not None:
        plan = NO_PLAN if drop < 0 else plan.without(drop)
    rules = replace(found.rules[name], plan=plan)
    draft = found.basket if basket is None else basket
    if name is ListName.DISCOVER:
        lines = fitted.model.recommend(shop, name, 50, basket=draft, rules=rules)
        return [line.product_id for line in lines]
    _, shown = reorder_list(fitted, shop, 50, draft, fitted.fitted_at.date(), rules)
    return [line.product.product_id for line in shown]


def again(found: Situation, name: ListName, product: str, one: Counterfactual) -> list[str]:
    """The list on which a what-if gives a rank, made again."""
    model, shop = found.fitted.model, found.retailer.retailer_id
    match one.cause:
        case Cause.PURCHASE:
            return listed(found, name, model=model.without(shop, one.id))
        case Cause.OWN:
            return listed(found, ListName.DISCOVER, model=model.without(shop, product))
        case Cause.COMPONENT:
            weights = {**model.blend.weights[name], one.id: 0.0}
            other = replace(
                model, blend=Blend.of({**model.blend.weights, name: weights}),
                calibrated=model.calibrated or model.blend,
            )  # fmt: skip
            return listed(found, name, model=other)
        case Cause.WITH:
            return listed(found, name, basket=(*found.basket, one.id))
        case Cause.OFF:
            less = tuple(other for other in found.basket if other != one.id)
            return listed(found, name, basket=less)
        case Cause.RULES:
            return listed(found, name, drop=-1)
        case Cause.RULE:
            return listed(found, name, drop=int(one.id))


def check(found: Situation, name: ListName, product: str, changes: Changes) -> set[Cause]:
    for one in changes.found:
        there = again(found, name, product, one)
        if one.rank is None:
            assert product not in there, one
        elif one.rank <= len(there):
            assert there[one.rank - 1] == product, one
        else:
            assert product not in there, one
    return {one.cause for one in changes.found}


def test_every_what_if_holds_when_the_lists_are_made_again(ruled: Workspace, cast: Cast) -> None:
    draw = random.Random(8)  # noqa: S311 - which lines are looked at
    shops = [one.retailer_id for one in ruled.explaining.shops(cast.analyst)]
    asked = [str(cast.retailer.retailer_id), *draw.sample(shops, 1)]
    seen: set[Cause] = set()
    for shop in asked:
        found = read(ruled, shop)
        for name in PAGE:
            lines = [one for one in listed(found, name) if one not in found.basket]
            for product in draw.sample(lines[:20], 2):
                changes = ruled.explaining.changes(cast.analyst, shop, product, name, WORDS)
                assert changes.rank == listed(found, name).index(product) + 1
                seen |= check(found, name, product, changes)
    assert seen == set(Cause)


def test_components_and_addends_sum_to_the_score_that_the_shop_reads(
    ruled: Workspace, cast: Cast
) -> None:
    for shop in [one.retailer_id for one in ruled.explaining.shops(cast.analyst)][:2]:
        for name in PAGE:
            known = ruled.explaining.products(cast.analyst, shop, name)
            for product in (known[0].product_id, known[4].product_id, known[-1].product_id):
                found = ruled.explaining.breakdown(cast.analyst, shop, product, name)
                shown = ruled.lists.explain(cast.analyst, shop, product, name, WORDS)
                parts = [one.contribution for one in found.components]
                assert found.score == pytest.approx(fsum(parts), rel=1e-9)
                assert found.score == pytest.approx(shown.score, rel=1e-9)
                assert found.rank == shown.rank
                for one in found.components:
                    total = fsum(addend.contribution for addend in one.addends)
                    assert total == pytest.approx(one.contribution, rel=1e-9)


def test_products_to_choose_from_begin_with_the_list_of_the_page(
    ruled: Workspace, cast: Cast
) -> None:
    shop = str(cast.retailer.retailer_id)
    shown = ruled.lists.for_you(cast.retailer, shop)
    for name, lines in ((ListName.REORDER, shown.reorder), (ListName.DISCOVER, shown.discover)):
        known = ruled.explaining.products(cast.analyst, shop, name)
        first = [line.product.product_id for line in lines]
        assert [one.product_id for one in known[: len(first)]] == first
        assert [one.rank for one in known[: len(first)]] == list(range(1, len(first) + 1))
        active = ruled.models.current.catalogue.products["active"].sum()
        assert len({one.product_id for one in known}) == len(known) == active


def test_the_shop_that_orders_most_comes_first(shared_workspace: Workspace, cast: Cast) -> None:
    shops = shared_workspace.explaining.shops(cast.analyst)
    assert [one.lines for one in shops] == sorted((one.lines for one in shops), reverse=True)
    assert len(shops) == len(shared_workspace.models.current.catalogue.retailers)


def test_what_a_list_does_not_hold_says_why(ruled: Workspace, cast: Cast) -> None:
    shop, explaining = str(cast.retailer.retailer_id), ruled.explaining
    reorder, discover = (explaining.products(cast.analyst, shop, name)[0] for name in PAGE)
    found = explaining.breakdown(cast.analyst, shop, reorder.product_id, ListName.DISCOVER)
    assert (found.rank, found.absent) == (None, Absent.BOUGHT)
    found = explaining.breakdown(cast.analyst, shop, discover.product_id, ListName.REORDER)
    assert (found.rank, found.absent) == (None, Absent.NEW)
    catalogue = ruled.models.current.catalogue
    vendor = list(ruled.rules.choices(cast.analyst).vendors)[-1]
    bought = {one.product_id for one in ruled.lists.recommend(
        cast.analyst, shop, ListName.REORDER, 500)}  # fmt: skip
    left_out = catalogue.products[
        (catalogue.products["vendor_id"] == vendor) & catalogue.orderable
        & ~catalogue.products["product_id"].isin(bought)
    ]["product_id"].tolist()  # fmt: skip
    why = {
        explaining.breakdown(cast.analyst, shop, one, ListName.DISCOVER).absent for one in left_out
    }
    assert Absent.RULE in why
    assert why <= {Absent.RULE, Absent.BOUGHT, Absent.SILENT}


def test_a_product_the_shop_hid_says_so(workspace: Workspace, cast: Cast) -> None:
    shop = str(cast.retailer.retailer_id)
    product = workspace.explaining.products(cast.analyst, shop, ListName.DISCOVER)[0].product_id
    before = workspace.explaining.breakdown(cast.analyst, shop, product, ListName.DISCOVER)
    assert before.rank == 1
    workspace.store.write(
        lambda cursor: draft_store.dismiss(cursor, shop, product, workspace.core.now())
    )
    after = workspace.explaining.breakdown(cast.analyst, shop, product, ListName.DISCOVER)
    assert (after.rank, after.absent) == (None, Absent.HIDDEN)  # read anew, though kept
    assert after.score == before.score


def test_rules_that_moved_a_line_are_told(ruled: Workspace, cast: Cast) -> None:
    shop = str(cast.retailer.retailer_id)
    moved = [
        ruled.explaining.breakdown(cast.analyst, shop, one.product_id, ListName.DISCOVER)
        for one in ruled.explaining.products(cast.analyst, shop, ListName.DISCOVER)[:10]
    ]
    assert any(one.rank != one.by_score for one in moved)
    assert not any(one.due for one in moved)
    assert any(one.notes for one in moved)


def test_what_is_due_comes_before_what_scores_more(shared_workspace: Workspace, cast: Cast) -> None:
    shop, explaining = str(cast.retailer.retailer_id), shared_workspace.explaining
    due = shared_workspace.lists.for_you(cast.retailer, shop).due
    found = [
        explaining.breakdown(cast.analyst, shop, one.product_id, ListName.REORDER)
        for one in explaining.products(cast.analyst, shop, ListName.REORDER)[: len(due) + 3]
    ]
    assert [one.due for one in found] == [True] * len(due) + [False] * 3
    by_score = shared_workspace.models.current.model.recommend(shop, ListName.REORDER, 50)
    ids = [line.product_id for line in by_score]
    assert [ids[(one.by_score or 0) - 1] for one in found] == [
        one.product.product_id for one in found
    ]


def test_neighbours_are_named_to_an_analyst_and_to_nobody_else(
    shared_workspace: Workspace, cast: Cast
) -> None:
    shop, explaining = str(cast.retailer.retailer_id), shared_workspace.explaining
    product = explaining.products(cast.analyst, shop, ListName.DISCOVER)[0].product_id
    near = explaining.near(cast.analyst, shop, product, ListName.DISCOVER)
    assert all(one.retailer.name for one in near.shops)
    assert shop not in {one.retailer.retailer_id for one in near.shops}
    assert near.products
    for who in (cast.retailer, cast.vendor, cast.product_manager):
        with pytest.raises(NotAllowedError):
            explaining.near(who, shop, product, ListName.DISCOVER)


def test_unknown_ids_are_refused(shared_workspace: Workspace, cast: Cast) -> None:
    shop, explaining = str(cast.retailer.retailer_id), shared_workspace.explaining
    with pytest.raises(NotFoundError):
        explaining.products(cast.analyst, "nowhere", ListName.DISCOVER)
    with pytest.raises(NotFoundError):
        explaining.breakdown(cast.analyst, shop, "nothing", ListName.DISCOVER)
