"""The page "Stock and forecast": the answer, the order, the kept wish, counts where none are."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pages.components import stock_cards
from pages.retailer.stock.desk import StockState
from pages.retailer.stock.spans import SPANS, span_of, spans
from smartreco.entities import Principal, Role
from smartreco.language import Language
from smartreco.store import dataset as dataset_store
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.shelf.stock_views import ShelfView
from tests.pages.conftest import Tab, keys, seen, signed_in


def reader(workspace: Workspace) -> Principal:
    """The demo retailer as the workspace knows it."""
    return signed_in(workspace, Role.RETAILER)


def shelf(workspace: Workspace) -> ShelfView:
    who = reader(workspace)
    return workspace.stock.shelf(who, str(who.retailer_id))


def without_stock(workspace: Workspace) -> None:
    """As data without stock levels are."""

    def work(cursor: Cursor) -> None:
        cursor.execute("DELETE FROM stock_levels WHERE holder_kind = 'retailer'")
        dataset_store.changed(cursor)

    workspace.store.write(work)


def test_the_answer_comes_first_and_is_the_shelf(tab: Tab, shared_workspace: Workspace) -> None:
    at = tab("stock", Role.RETAILER)
    assert not at.exception
    view = shelf(shared_workspace)
    n = re.match(r"(\d+) products? runs? out before", at.title[0].value)
    assert (int(n[1]) if n else 0) == view.running_out
    text = seen(at)
    first = next(row for row in view.rows if row.on_hand is not None)
    assert first.product.name.lower() in text.lower()
    assert "until the next delivery" in text
    assert "= forecast" in text


def test_all_that_is_needed_is_added_at_once_and_one_undo_takes_it_back(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = own_tab("stock", Role.RETAILER)
    wanted = {
        row.product.product_id: row.pieces
        for row in shelf(workspace).rows
        if row.pieces and row.product.active
    }
    assert wanted
    at.button(key="add-needed").click().run()
    assert not at.exception
    who = reader(workspace)
    draft = workspace.drafts.read(who, str(who.retailer_id))
    assert {line.product.product_id: line.quantity for line in draft.lines} == wanted
    assert "add-needed" not in keys(at)
    at.button(key="stock-undo").click().run()
    assert workspace.drafts.read(who, str(who.retailer_id)).lines == ()
    assert "add-needed" in keys(at)


def test_one_product_is_added_by_its_line(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("stock", Role.RETAILER)
    row = next(row for row in shelf(workspace).rows if row.pieces)
    at.button(key=f"add-{row.product.product_id}").click().run()
    who = reader(workspace)
    draft = workspace.drafts.read(who, str(who.retailer_id))
    assert draft.quantity(row.product.product_id) == row.pieces
    assert at.button(key=f"add-{row.product.product_id}").disabled


def test_how_sure_to_be_is_kept_for_the_shop(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("stock", Role.RETAILER)
    before = shelf(workspace)
    at.button_group(key="stock-service").set_value(0.98).run()
    at.button_group(key="stock-review").set_value(28).run()
    assert not at.exception
    after = shelf(workspace)
    assert (after.service, after.review_days) == (0.98, 28)
    assert sum(row.level for row in after.rows) > sum(row.level for row in before.rows)
    again = own_tab("stock", Role.RETAILER)
    assert again.button_group(key="stock-service").value == 0.98
    assert "98% sure" in seen(again)


def test_a_category_narrows_lines_and_forecast(tab: Tab, shared_workspace: Workspace) -> None:
    at = tab("stock", Role.RETAILER)
    view = shelf(shared_workspace)
    category = view.rows[0].product.category
    at.selectbox(key="stock-category").set_value(category).run()
    assert not at.exception
    others = [row for row in view.rows if row.product.category != category]
    assert not {f"add-{row.product.product_id}" for row in others} & keys(at)
    assert f"{category}: about" in seen(at)


def test_a_bar_that_is_picked_filters_the_lines(tab: Tab, shared_workspace: Workspace) -> None:
    view = shelf(shared_workspace)
    row = next(row for row in view.rows if row.on_hand is not None)
    key = span_of(row, view)
    at = tab("stock", Role.RETAILER)
    at.session_state["stock-spans-0"] = {"selection": {"pick": [{"span": key}]}}
    at.run()
    assert not at.exception
    here = {f"add-{one.product.product_id}" for one in view.rows if span_of(one, view) == key}
    assert {one for one in keys(at) if one.startswith("add-")} - {"add-needed"} <= here
    at.button(key="stock-unpick").click().run()
    assert at.session_state[StockState.__dict__["chart"].key] == 1
    assert "stock-unpick" not in keys(at)


def test_a_product_has_its_own_forecast_and_horizon(tab: Tab, shared_workspace: Workspace) -> None:
    at = tab("stock", Role.RETAILER)
    row = shelf(shared_workspace).rows[0]
    at.selectbox(key="stock-product").set_value(row.product.product_id)
    at.button_group(key="stock-weeks").set_value(13).run()
    assert not at.exception
    assert "in the next 13 weeks" in seen(at)
    assert "What the forecast of 13 weeks is made of" in seen(at)


def test_an_opened_line_shows_how_stock_runs_down(tab: Tab, shared_workspace: Workspace) -> None:
    at = tab("stock", Role.RETAILER)
    row = next(row for row in shelf(shared_workspace).rows if row.on_hand)
    at.session_state[StockState.__dict__["length"].key] = 500
    at.session_state[f"look-{row.product.product_id}"] = True
    at.run()
    assert not at.exception
    assert "in 80 of 100 weeks" in seen(at)


def test_spans_hold_every_counted_product_once(shared_workspace: Workspace) -> None:
    view = shelf(shared_workspace)
    found = spans(view.rows, view, Language())
    assert [one.key for one in found] == [key for key, _, _ in SPANS]
    assert sum(one.products for one in found) == view.stock_known
    assert all(one.late <= one.products for one in found)


def test_headline_lines_and_chart_name_the_same_products(workspace: Workspace) -> None:
    who = reader(workspace)

    def empty_the_shelf(cursor: Cursor) -> None:
        cursor.execute(
            "UPDATE stock_levels SET on_hand = 0, on_order = 40 WHERE holder_kind = 'retailer' "
            "AND holder_key = (SELECT retailer_key FROM retailers WHERE retailer_id = ?)",
            [who.retailer_id],
        )
        dataset_store.changed(cursor)

    for change in (None, empty_the_shelf):
        if change is not None:
            workspace.store.write(change)
        view = shelf(workspace)
        lines = [str(stock_cards.shelf_line(row, view, Language())) for row in view.rows]
        warm = [line for line in lines if "chip warm" in line]
        assert view.running_out == len(warm) == sum(
            one.late for one in spans(view.rows, view, Language())
        )  # fmt: skip
    at, coming = next(
        (at, row) for at, row in enumerate(view.rows) if row.on_hand == 0 and row.on_order
    )
    assert coming.late
    assert f"empty, {round(coming.on_order or 0)} on the way" in lines[at]


@pytest.fixture
def bare(workspace: Workspace) -> Workspace:
    """A workspace whose data hold no stock of shops."""
    without_stock(workspace)
    return workspace


def test_without_stock_the_page_says_so_and_offers_to_count(bare: Workspace, own_tab: Tab) -> None:
    at = own_tab("stock", Role.RETAILER)
    assert not at.exception
    assert at.title[0].value == "Count your shelf to see what runs out first"
    assert "hold no stock" in seen(at)
    assert "What runs out first" not in seen(at)
    assert at.button(key="counts-keep-typed").disabled
    assert "= forecast" in seen(at)


def test_a_pasted_list_names_its_problems_is_kept_and_taken_back(
    bare: Workspace, own_tab: Tab
) -> None:
    at = own_tab("stock", Role.RETAILER)
    product = shelf(bare).rows[0].product
    at.session_state["counts-way"] = "Paste or upload"
    at.run()
    at.text_area(key="counts-text").set_value(f"{product.product_id}, 7\nnonsense, 3").run()
    assert not at.exception
    assert "1 line cannot be taken" in seen(at)
    assert "nonsense" in seen(at)
    at.button(key="counts-keep-given").click().run()
    assert not at.exception
    row = shelf(bare).row(product.product_id)
    assert row is not None
    assert row.counted == 7
    assert "Count your shelf to see" not in at.title[0].value
    at.button(key="counts-undo").click().run()
    assert shelf(bare).stock_known == 0


def test_headline_and_button_follow_the_category(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("stock", Role.RETAILER)
    view = shelf(workspace)
    category = next(row for row in view.rows if row.pieces).product.category
    at.selectbox(key="stock-category").set_value(category).run()
    here = [row for row in view.rows if row.product.category == category]
    late = sum(row.late for row in here)
    assert at.title[0].value.startswith(f"{late} product" if late else "Nothing of")
    assert category in at.title[0].value
    at.button(key="add-needed").click().run()
    who = reader(workspace)
    draft = workspace.drafts.read(who, str(who.retailer_id))
    wanted = {row.product.product_id for row in here if row.pieces and row.product.active}
    assert {line.product.product_id for line in draft.lines} == wanted


@pytest.mark.parametrize(
    ("typed", "said"),
    [(-3.0, "cannot be below 0, -3 is not kept"), (2.5, "whole pieces, 2.5 is not kept"),
     (1e9, "a count is at most")],
)  # fmt: skip
def test_a_typed_count_that_cannot_be_is_refused_and_the_others_are_kept(
    own_tab: Tab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, typed: float, said: str
) -> None:
    without_stock(workspace)

    def edited(frame: pd.DataFrame, **_: object) -> pd.DataFrame:
        counts = [typed, 7.0, *[None] * (len(frame) - 2)]
        return frame.assign(pieces=pd.array(counts, dtype="Float64"))

    monkeypatch.setattr("streamlit.data_editor", edited)
    at = own_tab("stock", Role.RETAILER)
    assert said in seen(at)
    at.button(key="counts-keep-typed").click().run()
    assert not at.exception
    assert [row.counted for row in shelf(workspace).rows if row.counted is not None] == [7]
