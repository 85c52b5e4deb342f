from datetime import date, timedelta

import pandas as pd
import pytest

from smartreco.entities import Principal, Product, Role
from smartreco.errors import InputError
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace, clock
from smartreco.workspace.order.sheets import Sheet
from smartreco.workspace.product_views import Wanted
from smartreco.workspace.promoted_prices import with_promotions
from tests.pages.conftest import signed_in

DEPTH = 0.2


def test_a_promotion_is_taken_off_the_price_and_the_regular_one_is_kept() -> None:
    goods = pd.DataFrame({"product_id": ["a", "b", "c"], "unit_price": [10.0, 8.75, None]})
    running = pd.DataFrame(
        {"product_id": ["c", "b"], "depth": [0.5, 0.12],
         "ends_on": pd.to_datetime(["2026-01-02", "2026-01-09"])}
    )  # fmt: skip
    found = with_promotions(goods, running).set_index("product_id")
    assert found["unit_price"].tolist()[:2] == [10.0, 7.7]
    assert found["regular_price"].dropna().to_dict() == {"b": 8.75}
    assert found["reduced_until"].dropna().to_dict() == {"b": pd.Timestamp("2026-01-09")}
    assert pd.isna(found.loc["c", "unit_price"])


@pytest.fixture
def shop(workspace: Workspace) -> Principal:
    return signed_in(workspace, Role.RETAILER)


def today(workspace: Workspace) -> date:
    with workspace.store.cursor() as cursor:
        return clock.today(cursor, workspace.core.now())


def promote(workspace: Workspace, shop: Principal, first: int, last: int) -> Product:
    """Reduce a product of the catalogue from one day to another, counted from today."""
    found = workspace.products.search(shop, str(shop.retailer_id), Wanted(limit=40)).found
    product = next(one.product for one in found if not one.product.reduction and one.product.active)
    day = today(workspace)

    def work(cursor: Cursor) -> None:
        cursor.execute(
            "INSERT INTO promotions SELECT product_key, ?, ?, ? FROM products WHERE product_id = ?",
            [day + timedelta(first), day + timedelta(last), DEPTH, product.product_id],
        )

    workspace.store.write(work)
    workspace.models.reread()
    return product


def test_the_price_that_is_shown_is_the_one_that_is_checked_written_out_and_charged(
    workspace: Workspace, shop: Principal
) -> None:
    product, who = promote(workspace, shop, -1, 3), str(shop.retailer_id)
    assert product.unit_price is not None
    reduced = round(product.unit_price * (1 - DEPTH), 2)
    view = workspace.products.product(shop, who, product.product_id)
    assert (view.product.unit_price, view.product.regular_price) == (reduced, product.unit_price)
    assert view.product.reduced_until == today(workspace) + timedelta(3)
    (card,) = workspace.products.search(shop, who, Wanted(text=product.product_id, limit=1)).found
    assert card.product.unit_price == reduced
    pieces = 50 * product.case_size
    draft = workspace.drafts.add(shop, who, product.product_id, pieces)
    assert draft.total == pytest.approx(pieces * reduced)
    assert workspace.orders.check(shop, who).total == pytest.approx(pieces * reduced)
    sheet = workspace.orders.sheet(shop, who, Sheet.CSV).decode()
    assert f"{reduced:g}" in sheet


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (1, 9)])
def test_a_promotion_that_is_over_or_planned_takes_nothing_off(
    workspace: Workspace, shop: Principal, first: int, last: int
) -> None:
    product = promote(workspace, shop, first, last)
    view = workspace.products.product(shop, str(shop.retailer_id), product.product_id)
    assert view.product.unit_price == product.unit_price
    assert not view.product.reduction


def test_an_order_is_not_placed_at_another_price_than_its_reader_saw(
    workspace: Workspace, shop: Principal
) -> None:
    product, who = promote(workspace, shop, 1, 3), str(shop.retailer_id)
    seen = workspace.drafts.add(shop, who, product.product_id, product.case_size)
    day = today(workspace)
    workspace.store.write(
        lambda cursor: cursor.execute("UPDATE promotions SET starts_on = ? WHERE starts_on > ?",
                                      [day, day])
    )  # fmt: skip
    workspace.models.reread()
    with pytest.raises(InputError, match="prices"):
        workspace.orders.place(shop, who, total=seen.total)
    assert workspace.drafts.read(shop, who).lines


def test_a_new_day_reads_prices_again(
    workspace: Workspace, shop: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, later = workspace.models.current, workspace.core.now() + timedelta(days=1)
    assert workspace.models.current is before
    monkeypatch.setattr(type(workspace.core), "now", staticmethod(lambda: later))
    after = workspace.models.current
    assert after.reading == before.reading + 1
    assert after.model is before.model
    assert workspace.models.current is after
