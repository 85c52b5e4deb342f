"""A shop's shelf: what it holds by the rule, what runs out first, and counts of its own."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from smartreco.entities import OPERATOR
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.language import Language
from smartreco.stock.counting import STALE
from smartreco.stock.sentences import say
from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor
from smartreco.store.shelf_counts import Entered
from smartreco.workspace import Workspace
from smartreco.workspace.shelf.stock_views import Known, ShelfRow, ShelfView, ShelfWish
from tests.conftest import Cast


def own(cast: Cast) -> str:
    assert cast.retailer.retailer_id is not None
    return cast.retailer.retailer_id


def shelf(workspace: Workspace, cast: Cast, wish: ShelfWish | None = None) -> ShelfView:
    return workspace.stock.shelf(cast.retailer, own(cast), wish)


def row(view: ShelfView, product_id: str) -> ShelfRow:
    found = view.row(product_id)
    assert found is not None
    return found


def without_levels(workspace: Workspace) -> None:
    """As data without stock, with a change that is noticed."""

    def work(cursor: object) -> None:
        cursor.execute("DELETE FROM stock_levels")  # type: ignore[attr-defined]
        cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")  # type: ignore[attr-defined]

    workspace.store.write(work)


def test_what_runs_out_first_is_on_top_and_unknown_stock_below(
    shared_workspace: Workspace, cast: Cast
) -> None:
    view = shelf(shared_workspace, cast)
    known = [one for one in view.rows if one.known is not Known.UNKNOWN]
    assert view.rows[: len(known)] == tuple(known)
    assert 0 < view.stock_known == len(known)
    days = [one.runs_out_on or date.max for one in known]
    assert days == sorted(days)


def test_figures_of_a_row_agree_with_each_other_and_with_the_sums(
    shared_workspace: Workspace, cast: Cast
) -> None:
    view = shelf(shared_workspace, cast)
    for one in view.rows:
        assert one.weekly_low <= one.weekly_high
        if one.on_hand is None or one.on_order is None or one.position is None:
            assert (one.needed, one.pieces, one.tied_up, one.runs_out_on) == (None,) * 4
            continue
        assert one.position == pytest.approx(one.on_hand + one.on_order)
        assert one.needed == pytest.approx(max(one.level - one.position, 0.0), abs=1e-6)
        assert (one.pieces or 0) % one.step == 0
        if one.weekly > 0:
            assert one.days_of_cover == pytest.approx(7 * one.on_hand / one.weekly, rel=0.5)
        if one.why is not None:
            assert say(one.why, Language("en_IN", "INR"))
    assert any(one.pieces and one.why for one in view.rows)
    assert view.tied_up == pytest.approx(sum(one.tied_up or 0 for one in view.rows))
    soon = [
        one.product.product_id for one in view.rows
        if one.runs_out_on and (one.runs_out_on - view.today).days <= np.ceil(one.lead_days)
    ]  # fmt: skip
    assert soon == [one.product.product_id for one in view.rows if one.late]
    assert view.running_out == len(soon)
    assert view.to_order == sum(bool(one.pieces) for one in view.rows)


def test_a_surer_shop_keeps_more_and_its_choice_stays(workspace: Workspace, cast: Cast) -> None:
    few, many = (shelf(workspace, cast, ShelfWish(service=one)) for one in (0.8, 0.98))
    for one in few.rows:
        assert row(many, one.product.product_id).level >= one.level
    kept = workspace.stock.keep_wish(cast.retailer, own(cast), ShelfWish(0.8, None))
    assert kept == ShelfWish(0.8, 7)
    assert shelf(workspace, cast) == few
    later = workspace.stock.keep_wish(cast.retailer, own(cast), ShelfWish(review_days=14))
    assert later == ShelfWish(0.8, 14)
    assert shelf(workspace, cast).review_days == 14
    assert workspace.stock.suggest_order(cast.retailer, own(cast)).lines


@pytest.mark.parametrize(
    "wish", [ShelfWish(1.0), ShelfWish(0.0), ShelfWish(0.9, 0), ShelfWish(0.9, 99)]
)
def test_a_wish_that_cannot_be_is_refused(
    shared_workspace: Workspace, cast: Cast, wish: ShelfWish
) -> None:
    with pytest.raises(InputError):
        shelf(shared_workspace, cast, wish)
    with pytest.raises(InputError):
        shared_workspace.stock.keep_wish(cast.retailer, own(cast), wish)


def test_where_no_stock_is_known_counts_make_it_known(workspace: Workspace, cast: Cast) -> None:
    without_levels(workspace)
    empty = shelf(workspace, cast)
    assert empty.stock_known == 0
    assert {one.known for one in empty.rows} == {Known.UNKNOWN}
    assert (empty.tied_up, empty.to_order, empty.running_out) == (0.0, 0, 0)
    busiest = max(empty.rows, key=lambda one: one.weekly)
    name = busiest.product.product_id
    entered = workspace.stock.set_counts(cast.retailer, own(cast), {name: 5})
    assert entered.product_ids == (name,)
    view = shelf(workspace, cast)
    assert view.stock_known == 1
    assert view.rows[0].product.product_id == name
    assert (row(view, name).known, row(view, name).on_hand) == (Known.COUNTED, 5.0)
    assert workspace.stock.uncount(cast.retailer, own(cast), entered) == 1
    assert shelf(workspace, cast).stock_known == 0
    assert workspace.stock.uncount(cast.retailer, own(cast), entered) == 0


def test_an_earlier_count_is_carried_to_today(workspace: Workspace, cast: Cast) -> None:
    without_levels(workspace)
    quiet = [one for one in shelf(workspace, cast).rows if one.weekly > 0.5][-1]
    name, today = quiet.product.product_id, shelf(workspace, cast).today
    day = today - timedelta(days=1)
    workspace.stock.set_counts(cast.retailer, own(cast), {name: 1000}, day)
    found = row(shelf(workspace, cast), name)
    assert (found.known, found.counted, found.counted_on) == (Known.CARRIED, 1000, day)
    assert found.on_hand is not None
    assert found.on_hand >= 1000 - quiet.weekly / 7 - 1e-6
    workspace.stock.set_counts(cast.retailer, own(cast), {name: 700}, today)
    assert row(shelf(workspace, cast), name).on_hand == 700.0  # the later count wins


def test_a_count_goes_before_what_the_data_say(workspace: Workspace, cast: Cast) -> None:
    known = next(one for one in shelf(workspace, cast).rows if one.known is not Known.UNKNOWN)
    name = known.product.product_id
    entered = workspace.stock.set_counts(cast.retailer, own(cast), {name: 4321})
    assert row(shelf(workspace, cast), name).on_hand == 4321.0
    workspace.stock.uncount(cast.retailer, own(cast), entered)
    assert row(shelf(workspace, cast), name) == known


@pytest.mark.parametrize("pieces", [None, -1, 10**9])
def test_counts_that_cannot_be_are_refused(
    workspace: Workspace, cast: Cast, pieces: int | None
) -> None:
    product = workspace.models.current.catalogue.products["product_id"].iloc[0]
    with pytest.raises(InputError):
        workspace.stock.set_counts(
            cast.retailer, own(cast), {} if pieces is None else {product: pieces}
        )


def test_all_lines_are_read_once_for_every_lead_time_and_review(
    workspace: Workspace, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    sample = shelf_store.sample

    def counted(cursor: Cursor, most: int, fewest: int) -> pd.DataFrame:
        read.append(most)
        return sample(cursor, most, fewest)

    monkeypatch.setattr(shelf_store, "sample", counted)
    for days in (7, 14, 28):
        shelf(workspace, cast, ShelfWish(review_days=days))
    assert len(read) == 1


def test_days_and_products_that_cannot_be_are_refused(workspace: Workspace, cast: Cast) -> None:
    product = workspace.models.current.catalogue.products["product_id"].iloc[0]
    today = shelf(workspace, cast).today
    for day in (today + timedelta(days=1), today - timedelta(days=STALE + 1)):
        with pytest.raises(InputError, match=str(day)):
            workspace.stock.set_counts(cast.retailer, own(cast), {product: 1}, day)
    with pytest.raises(NotFoundError):
        workspace.stock.set_counts(cast.retailer, own(cast), {"no such": 1})


def test_a_shop_sees_and_counts_its_own_shelf_only(workspace: Workspace, cast: Cast) -> None:
    other = cast.other.retailer_id
    assert other is not None
    stock = workspace.stock
    for attempt in (
        lambda: stock.shelf(cast.retailer, other),
        lambda: stock.course(cast.retailer, other, "x"),
        lambda: stock.set_counts(cast.retailer, other, {"x": 1}),
        lambda: stock.uncount(cast.retailer, other, Entered((), date.today(), datetime.min, ())),
        lambda: stock.read_counts(cast.retailer, other, "x 1"),
        lambda: stock.template(cast.retailer, other),
        lambda: stock.keep_wish(cast.retailer, other, ShelfWish(0.9)),
    ):
        with pytest.raises(NotAllowedError, match="own shop"):
            attempt()
    with pytest.raises(NotFoundError):
        stock.shelf(OPERATOR, "no such shop")


def test_the_sheet_filled_in_and_read_again_is_what_was_counted(
    shared_workspace: Workspace, cast: Cast
) -> None:
    sheet = shared_workspace.stock.template(cast.retailer, own(cast))
    frame = pd.read_csv(io.BytesIO(sheet), dtype=str)
    assert list(frame.columns) == ["product_id", "name", "pieces"]
    ids = {one.product.product_id for one in shelf(shared_workspace, cast).rows}
    assert set(frame["product_id"]) == ids
    filled = frame.assign(pieces=[str(at) for at in range(len(frame))])
    book = io.BytesIO()
    filled.to_excel(book, index=False)
    forms: list[tuple[str | bytes, str]] = [
        (filled.to_csv(index=False), ""), (filled.to_csv(index=False, sep=";").encode(), "a.csv"),
        (book.getvalue(), "a.xlsx"),
    ]  # fmt: skip
    for content, name in forms:
        found = shared_workspace.stock.read_counts(cast.retailer, own(cast), content, name)
        assert not found.bad
        assert found.counts == dict(zip(filled["product_id"], range(len(filled)), strict=True))


def test_rows_that_say_nothing_are_named_with_their_reason(
    shared_workspace: Workspace, cast: Cast
) -> None:
    one, two = (line.product for line in shelf(shared_workspace, cast).rows[:2])
    text = f"{one.product_id} 3\n{one.product_id}\t5\n\n{two.name}; 0\nnonsense 7\n{two.product_id}"
    found = shared_workspace.stock.read_counts(cast.retailer, own(cast), text)
    assert found.counts == {one.product_id: 5, two.product_id: 0}
    words = Language()
    said = {line.row: words.text(line.problem or "", **(line.values or {})) for line in found.bad}
    assert set(said) >= {1, 5, 6}
    assert said[1] == "Counted again in row 2"
    assert "nonsense" in said[5]


def test_a_course_joins_what_was_used_to_what_may_be(
    shared_workspace: Workspace, cast: Cast
) -> None:
    view = shelf(shared_workspace, cast)
    known = next(one for one in view.rows if one.on_hand and one.weekly > 0)
    course = shared_workspace.stock.course(cast.retailer, own(cast), known.product.product_id)
    assert course is not None
    past, ahead = ([one for one in course.weeks if one.ahead is flag] for flag in (False, True))
    assert past[-1].begins + timedelta(days=7) == ahead[0].begins == view.today + timedelta(days=1)
    assert {one.used for one in ahead} == {known.weekly}
    for one in ahead:
        assert one.stock_low is not None
        assert one.stock is not None
        assert one.stock_high is not None
        assert one.stock_low <= one.stock <= one.stock_high
    assert shared_workspace.stock.course(cast.retailer, own(cast), "no such") is None


def kept(workspace: Workspace, shop: str) -> list[tuple[object, ...]]:
    """All that the store holds of a shop's counts."""
    with workspace.store.cursor() as cursor:
        return cursor.execute(
            "SELECT * FROM shelf_counts WHERE retailer_id = ? ORDER BY ALL", [shop]
        ).fetchall()


def test_taking_counts_back_leaves_all_that_was_known_before(
    workspace: Workspace, cast: Cast
) -> None:
    stock, who, shop = workspace.stock, cast.retailer, own(cast)
    view = shelf(workspace, cast)
    one, two = (line.product.product_id for line in view.rows[:2])
    stock.set_counts(who, shop, {one: 10}, view.today - timedelta(days=10))
    stock.set_counts(who, shop, {one: 8}, view.today - timedelta(days=5))
    stock.set_counts(who, shop, {one: 7})
    before, known = kept(workspace, shop), shelf(workspace, cast)
    last = stock.set_counts(who, shop, {one: 3, two: 4})
    assert row(shelf(workspace, cast), one).on_hand == 3.0
    assert stock.uncount(who, shop, last) == 2
    assert kept(workspace, shop) == before
    assert shelf(workspace, cast) == known
    assert stock.uncount(who, shop, last) == 0  # a second click changes nothing
    assert kept(workspace, shop) == before


def test_what_was_counted_again_since_is_not_taken_back(workspace: Workspace, cast: Cast) -> None:
    stock, who, shop = workspace.stock, cast.retailer, own(cast)
    one, two = (line.product.product_id for line in shelf(workspace, cast).rows[:2])
    stock.set_counts(who, shop, {one: 9})
    first = stock.set_counts(who, shop, {one: 3, two: 4})
    stock.set_counts(who, shop, {two: 6})
    assert shelf(workspace, cast).stock_known
    assert stock.uncount(who, shop, first) == 1
    found = shelf(workspace, cast)
    assert (row(found, one).on_hand, row(found, two).on_hand) == (9.0, 6.0)


def test_only_the_shop_itself_writes_down_what_it_holds(workspace: Workspace, cast: Cast) -> None:
    stock, shop = workspace.stock, own(cast)
    product = shelf(workspace, cast).rows[0].product.product_id
    mine = stock.set_counts(cast.retailer, shop, {product: 1})
    for attempt in (
        lambda: stock.set_counts(cast.admin, shop, {product: 2}),
        lambda: stock.uncount(cast.admin, shop, mine),
        lambda: stock.keep_wish(cast.admin, shop, ShelfWish(0.9)),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert row(shelf(workspace, cast), product).on_hand == 1.0


def test_counts_and_choices_are_in_the_audit_log(workspace: Workspace, cast: Cast) -> None:
    product = shelf(workspace, cast).rows[0].product.product_id
    entered = workspace.stock.set_counts(cast.retailer, own(cast), {product: 1})
    workspace.stock.keep_wish(cast.retailer, own(cast), ShelfWish(0.9))
    workspace.stock.uncount(cast.retailer, own(cast), entered)
    with workspace.store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT action FROM audit_log WHERE action LIKE 'shelf.%' ORDER BY happened_at"
        ).fetchall()
    assert [action for (action,) in rows] == ["shelf.counted", "shelf.settings", "shelf.uncounted"]


def test_an_order_placed_is_on_its_way_at_once_and_off_again_when_cancelled(
    workspace: Workspace, cast: Cast
) -> None:
    counted = [one for one in shelf(workspace, cast).rows if one.known is not Known.UNKNOWN]
    known = max(counted, key=lambda one: (one.product.on_hand or 0) / one.product.case_size)
    name, pieces = known.product.product_id, 40 * known.product.case_size
    workspace.drafts.add(cast.retailer, own(cast), name, pieces)
    assert workspace.orders.check(cast.retailer, own(cast)).can_place
    placed = workspace.orders.place(cast.retailer, own(cast))
    coming = row(shelf(workspace, cast), name)
    assert known.on_order is not None
    assert coming.on_order == known.on_order + pieces
    assert coming.on_hand == known.on_hand
    workspace.orders.cancel(cast.retailer, own(cast), placed.summary.order_id)
    assert row(shelf(workspace, cast), name).on_order == known.on_order
