"""Prices and orders through the workspace: who may ask, and what the answer keeps to."""

from __future__ import annotations

import pytest

from smartreco.entities import ListName, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.forecast.elasticity import COLUMNS
from smartreco.forecast.panel import Level
from smartreco.forecast.price_trial import NO_PRICES
from smartreco.language import Language
from smartreco.stock.limits import CREDIT, VENDOR, Limit
from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.core import permitted_roles
from smartreco.workspace.on_draft import OnDraft
from smartreco.workspace.order.views import ORDER_COLUMNS, Aim, OrderWish
from tests.conftest import Cast


def test_every_sold_product_has_an_elasticity(shared_workspace: Workspace, cast: Cast) -> None:
    found = shared_workspace.pricing.elasticity(cast.analyst)
    assert tuple(found.columns) == COLUMNS
    assert found["product_id"].is_unique
    assert not found.isna().any().any()
    assert (found["low"] <= found["high"]).all()
    some = found["product_id"].iloc[[3, 0]].tolist()
    picked = shared_workspace.pricing.elasticity(cast.product_manager, some)
    assert picked["product_id"].tolist() == some
    with pytest.raises(NotFoundError, match="no such"):
        shared_workspace.pricing.elasticity(cast.admin, ["no such"])


def test_forecasts_say_whether_they_know_prices(shared_workspace: Workspace, cast: Cast) -> None:
    verdict = shared_workspace.forecasts.prices_used(cast.vendor)
    parts = shared_workspace.forecasts.explain(cast.analyst, Level.PRODUCT, horizon=4)
    assert verdict.used == bool(parts["price"].abs().max() > 0)
    assert verdict.used == (verdict.why == "")


def test_prices_that_the_data_do_not_hold_are_not_used(workspace: Workspace, cast: Cast) -> None:
    def free(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute("UPDATE order_lines SET unit_price = 0")

    workspace.store.write(free)
    verdict = workspace.forecasts.prices_used(cast.analyst)
    assert (verdict.used, verdict.why) == (False, NO_PRICES)
    parts = workspace.forecasts.explain(cast.analyst, Level.PRODUCT, horizon=4)
    assert not parts["price"].any()


def test_only_those_who_set_prices_see_elasticities(
    shared_workspace: Workspace, cast: Cast
) -> None:
    for who in (cast.retailer, cast.vendor):
        with pytest.raises(NotAllowedError):
            shared_workspace.pricing.elasticity(who)
    assert Role.VENDOR not in permitted_roles(shared_workspace.stock.suggest_order)


def test_an_order_keeps_to_budget_cases_and_minimums(
    shared_workspace: Workspace, cast: Cast
) -> None:
    shop = cast.retailer.retailer_id
    assert shop is not None
    free = shared_workspace.stock.suggest_order(cast.retailer, shop)
    assert free.lines
    budget = 0.4 * free.value
    order = shared_workspace.stock.suggest_order(cast.retailer, shop, OrderWish(budget=budget))
    assert 0 < order.value <= budget
    spent: dict[str | None, float] = {}
    for line in order.lines:
        assert line.quantity == pytest.approx(line.cases * line.product.case_size, rel=0.01)
        assert line.product.on_hand is None or line.quantity <= line.product.on_hand
        spent[line.product.vendor_id] = spent.get(line.product.vendor_id, 0.0) + line.value
    with shared_workspace.store.cursor() as cursor:
        least = dict(cursor.execute("SELECT vendor_id, min_order_value FROM vendors").fetchall())
    for vendor, value in spent.items():
        assert value >= (least.get(vendor) or 0.0) - 0.01
    new = sum(line.value for line in order.lines if line.source is ListName.DISCOVER)
    assert new <= 0.1 * order.value + 0.01
    frame = order.frame(Language("en_IN", "INR"))
    assert tuple(frame.columns) == ORDER_COLUMNS
    assert frame["reason"].str.len().min() > 10
    assert not frame["reason"].str.contains(r"[{}]|nan", regex=True).any()


def test_a_shop_orders_for_itself_and_never_by_what_vendors_pay(
    shared_workspace: Workspace, cast: Cast
) -> None:
    shop, other = cast.retailer.retailer_id, cast.other.retailer_id
    assert shop is not None
    assert other is not None
    with pytest.raises(NotAllowedError, match="own shop"):
        shared_workspace.stock.suggest_order(cast.retailer, other)
    with pytest.raises(NotAllowedError, match="vendors pay"):
        shared_workspace.stock.suggest_order(cast.retailer, shop, OrderWish(aim=Aim.MARGIN))
    with pytest.raises(NotAllowedError):
        shared_workspace.stock.suggest_order(cast.vendor, shop)
    assert shared_workspace.stock.suggest_order(cast.analyst, shop, OrderWish(aim=Aim.MARGIN)).lines


@pytest.mark.parametrize(
    "wish", [OrderWish(service=1.0), OrderWish(review_days=0), OrderWish(budget=-5.0)]
)
def test_a_wish_that_cannot_be_is_refused(
    shared_workspace: Workspace, cast: Cast, wish: OrderWish
) -> None:
    assert cast.retailer.retailer_id is not None
    with pytest.raises(InputError):
        shared_workspace.stock.suggest_order(cast.retailer, cast.retailer.retailer_id, wish)


def test_without_stock_levels_habits_stand_for_the_shelf(workspace: Workspace, cast: Cast) -> None:
    shop = cast.retailer.retailer_id
    assert shop is not None
    workspace.store.write(lambda cursor: cursor.execute("DELETE FROM stock_levels"))
    order = workspace.stock.suggest_order(cast.retailer, shop)
    assert order.stock_known == 0
    templates = {line.why[0].template for line in order.lines}
    assert templates <= {"need.habit", "need.discover"}


def test_what_was_just_ordered_is_not_suggested_again(workspace: Workspace, cast: Cast) -> None:
    shop = str(cast.retailer.retailer_id)
    lines = workspace.stock.suggest_order(cast.retailer, shop).lines
    items = [(line.product.product_id, line.quantity, line.source) for line in lines]
    workspace.drafts.add_many(cast.retailer, shop, items)
    workspace.orders.place(cast.retailer, shop)
    again = workspace.stock.suggest_order(cast.retailer, shop).lines
    assert not {line.product.product_id for line in again} & {one for one, _, _ in items}


def test_a_suggestion_fits_beside_what_is_on_the_draft(workspace: Workspace, cast: Cast) -> None:
    shop = str(cast.retailer.retailer_id)
    stock, drafts = workspace.stock, workspace.drafts
    workspace.store.write(lambda c: c.execute("UPDATE retailers SET credit_limit = NULL"))
    lines = stock.suggest_order(cast.retailer, shop).lines
    half = lines[: len(lines) // 2]
    drafts.add_many(
        cast.retailer, shop, [(line.product.product_id, line.quantity, None) for line in half]
    )
    on_draft = drafts.read(cast.retailer, shop)

    def limited(cursor: Cursor) -> float:
        free = on_draft.total + 0.3 * sum(line.value for line in lines[len(half) :])
        owed = shelf_store.credit(cursor, shop).used
        cursor.execute("UPDATE retailers SET credit_limit = ?", [owed + free])
        return free

    free = workspace.store.write(limited)
    more = stock.suggest_order(cast.retailer, shop)
    assert more.lines
    assert more.value + on_draft.total <= free + 0.01
    assert not {one.product.product_id for one in more.lines} & {
        one.product.product_id for one in half
    }
    (credit,) = [limit for limit, _ in more.limits if limit.name == CREDIT]
    assert credit.bound == pytest.approx(free)
    items = [(one.product.product_id, one.quantity, one.source) for one in more.lines]
    drafts.add_many(cast.retailer, shop, items)
    assert not [one for one in workspace.orders.check(cast.retailer, shop).problems if one.blocking]


def test_what_is_on_the_draft_counts_towards_a_vendors_minimum() -> None:
    there = OnDraft(("tea",), 700.0, {"V1": 600.0, "V2": 100.0})
    assert there.minimums_left({"V1": 500.0, "V2": 500.0, "V3": 50.0}) == {"V2": 400.0, "V3": 50.0}
    assert (there.credit_left(1000.0), there.credit_left(100.0), there.credit_left(None)) == (
        300.0, 0.0, None,
    )  # fmt: skip
    told = there.whole(Limit(VENDOR, 400.0, 410.0, 0.1, "V2"))
    assert (told.bound, told.used) == (500.0, 510.0)
