"""The draft order: every act is kept at once, undone step by step, and recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartreco.dataset.cleaning import CleaningOptions
from smartreco.entities import ListName
from smartreco.errors import InputError, NotFoundError
from smartreco.workspace import Workspace
from smartreco.workspace.shelf.stock_views import ShelfWish
from smartreco.workspace.views import Draft
from tests.conftest import Cast, opened


@pytest.fixture
def shop(cast: Cast) -> str:
    assert cast.retailer.retailer_id is not None
    return cast.retailer.retailer_id


@pytest.fixture
def products(workspace: Workspace) -> list[str]:
    frame = workspace.models.current.catalogue.products
    return list(frame.loc[frame["active"], "product_id"][:3])


def test_a_product_added_twice_is_one_line_with_both_quantities(
    workspace: Workspace, cast: Cast, shop: str, products: list[str]
) -> None:
    workspace.drafts.add(cast.retailer, shop, products[0], 12, ListName.DISCOVER)
    draft = workspace.drafts.add(cast.retailer, shop, products[0], 6, ListName.DISCOVER)
    assert [(line.product.product_id, line.quantity) for line in draft.lines] == [(products[0], 18)]
    assert draft.pieces == 18
    assert draft.total == pytest.approx(18 * (draft.lines[0].product.unit_price or 0))


def test_undo_takes_back_one_act_at_a_time(
    workspace: Workspace, cast: Cast, shop: str, products: list[str]
) -> None:
    drafts = workspace.drafts
    drafts.add_many(cast.retailer, shop, [(one, 6, ListName.REORDER) for one in products])
    drafts.set_quantity(cast.retailer, shop, products[0], 24)
    drafts.remove(cast.retailer, shop, products[1])
    assert len(drafts.undo(cast.retailer, shop).lines) == 3
    assert drafts.undo(cast.retailer, shop).quantity(products[0]) == 6
    empty = drafts.undo(cast.retailer, shop)
    assert (empty.lines, empty.can_undo) == ((), False)
    assert drafts.undo(cast.retailer, shop) == empty


def test_several_lines_change_in_one_act_and_zero_takes_one_off(
    workspace: Workspace, cast: Cast, shop: str, products: list[str]
) -> None:
    drafts, (first, second, third) = workspace.drafts, products
    drafts.add_many(cast.retailer, shop, [(first, 6, None), (second, 6, None)])
    draft = drafts.set_many(cast.retailer, shop, {first: 12, second: 0, third: 3})
    assert {line.product.product_id: line.quantity for line in draft.lines} == {first: 12, third: 3}
    before = drafts.undo(cast.retailer, shop)
    assert {line.product.product_id: line.quantity for line in before.lines} == {
        first: 6, second: 6,
    }  # fmt: skip


def test_a_draft_survives_a_restart(
    workspace: Workspace, cast: Cast, shop: str, products: list[str]
) -> None:
    workspace.drafts.add(cast.retailer, shop, products[0], 12)
    folder = workspace.settings.db.parent
    workspace.close()
    again = opened(folder)
    try:
        assert again.drafts.read(cast.retailer, shop).quantity(products[0]) == 12
    finally:
        again.close()


@pytest.mark.parametrize("quantity", [0, -3, 10_000_000])
def test_an_impossible_quantity_changes_nothing(
    workspace: Workspace, cast: Cast, shop: str, products: list[str], quantity: int
) -> None:
    with pytest.raises(InputError, match="pieces"):
        workspace.drafts.add(cast.retailer, shop, products[0], quantity)
    assert workspace.drafts.read(cast.retailer, shop).lines == ()


def test_an_unknown_product_changes_nothing(workspace: Workspace, cast: Cast, shop: str) -> None:
    for act in (workspace.drafts.add, workspace.drafts.set_quantity):
        with pytest.raises(NotFoundError):
            act(cast.retailer, shop, "no such product", 1)


def test_what_is_not_for_me_leaves_both_lists_until_it_is_brought_back(
    workspace: Workspace, cast: Cast, shop: str
) -> None:
    def listed(name: ListName) -> list[str]:
        lines = workspace.lists.recommend(cast.retailer, shop, name, k=5)
        return [line.product_id for line in lines]

    first = listed(ListName.DISCOVER)[0]
    workspace.drafts.dismiss(cast.retailer, shop, first, ListName.DISCOVER)
    assert first not in listed(ListName.DISCOVER)
    assert [p.product_id for p in workspace.lists.for_you(cast.retailer, shop).dismissed] == [first]
    workspace.drafts.restore(cast.retailer, shop, first)
    assert listed(ListName.DISCOVER)[0] == first


def test_acts_are_recorded_with_list_and_version(
    workspace: Workspace, cast: Cast, shop: str, products: list[str]
) -> None:
    workspace.drafts.add(cast.retailer, shop, products[0], 12, ListName.DISCOVER)
    workspace.drafts.remove(cast.retailer, shop, products[0])
    page = workspace.lists.for_you(cast.retailer, shop)
    workspace.lists.seen(
        cast.retailer, shop, page.discover[:2], page.model_version, page.blend_version
    )
    with workspace.store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT kind, list, rank, model_version, blend_version FROM events "
            "ORDER BY happened_at, rank"
        ).fetchall()
    version = workspace.models.current.version
    assert rows == [
        ("added", "discover", None, version, 1),
        ("removed", "discover", None, version, 1),
        ("shown", "discover", 1, version, 1),
        ("shown", "discover", 2, version, 1),
    ]


def test_a_product_that_is_named_twice_in_one_act_is_added_up(
    workspace: Workspace, cast: Cast, shop: str, products: list[str]
) -> None:
    first, second, _ = products
    items = [(first, 2, ListName.REORDER), (second, 5, None), (first, 3, None)]
    draft = workspace.drafts.add_many(cast.retailer, shop, items)
    assert (draft.quantity(first), draft.quantity(second)) == (5, 5)
    assert workspace.drafts.undo(cast.retailer, shop).lines == ()


def test_other_data_in_their_place_inherit_nothing_from_a_shop(
    workspace: Workspace, cast: Cast, shop: str, products: list[str], tmp_path: Path
) -> None:
    drafts, stock = workspace.drafts, workspace.stock
    drafts.add(cast.retailer, shop, products[0], 12)
    drafts.dismiss(cast.retailer, shop, products[1])
    stock.set_counts(cast.retailer, shop, {products[0]: 4})
    stock.keep_wish(cast.retailer, shop, ShelfWish(0.8, 14))
    path = tmp_path / "orders.csv"
    rows = [f"o{n},{shop},{products[n % 3]},2026-05-0{n + 1},6,2.5" for n in range(6)]
    head = "order_id,retailer_id,product_id,ordered_at,quantity,unit_price"
    path.write_text("\n".join([head, *rows]))
    workspace.data.import_files(cast.admin, {"orders": path}, CleaningOptions(), replace=True)
    workspace.models.refresh()
    assert drafts.read(cast.retailer, shop) == Draft((), can_undo=False)
    assert drafts.undo(cast.retailer, shop).lines == ()
    tables = ("order_drafts", "dismissals", "shelf_counts", "shop_settings")
    with workspace.store.cursor() as cursor:
        left = [cursor.execute(f"SELECT count(*) FROM {one}").fetchone() for one in tables]
    assert left == [(0,)] * len(tables)


def test_a_change_that_fails_leaves_no_step(
    workspace: Workspace, cast: Cast, shop: str, products: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    drafts = workspace.drafts
    drafts.add(cast.retailer, shop, products[0], 12)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("smartreco.store.drafts.put", broken)
        for act in (
            lambda: drafts.set_quantity(cast.retailer, shop, products[0], 6),
            lambda: drafts.undo(cast.retailer, shop),
        ):
            with pytest.raises(OSError, match="disk full"):
                act()
    assert drafts.read(cast.retailer, shop).quantity(products[0]) == 12
    assert drafts.undo(cast.retailer, shop).lines == ()
