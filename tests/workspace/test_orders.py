"""A draft becomes one order, once, with all that hangs on it; and can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartreco.config import Settings
from smartreco.entities import ListName, Principal, Product, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.forecast.panel import Level
from smartreco.store import audit, dataset, free_stock, placing, series
from smartreco.store import shelf as shelf_store
from smartreco.workspace import Workspace
from smartreco.workspace.order.book_views import Blocker, DraftCheck
from tests.conftest import Cast, opened, opened_copy
from tests.drawing import drawn
from tests.homes import copy_folder


@dataclass(frozen=True)
class Shop:
    """A workspace in which a shop may order what it likes."""

    workspace: Workspace
    who: Principal
    id: str
    goods: tuple[Product, ...]

    def draft(self, *pieces: int) -> None:
        wanted = {one.product_id: n for one, n in zip(self.goods, pieces, strict=False) if n}
        self.workspace.drafts.clear(self.who, self.id)
        self.workspace.drafts.set_many(self.who, self.id, wanted)

    def check(self) -> DraftCheck:
        return self.workspace.orders.check(self.who, self.id)

    def run(self, sql: str, *values: object) -> None:
        self.workspace.store.write(lambda cursor: cursor.execute(sql, list(values)))

    def blockers(self) -> list[Blocker]:
        return [one.blocker for one in self.check().problems if one.blocking]


def _shop(workspace: Workspace, cast: Cast) -> Shop:
    assert cast.retailer.retailer_id is not None
    catalogue = workspace.models.current.catalogue
    known = [catalogue.product(one) for one in catalogue.products["product_id"]]
    goods = tuple(one for one in known if one.active and (one.on_hand or 0) >= 60)[:3]
    assert len(goods) == 3
    shop = Shop(workspace, cast.retailer, cast.retailer.retailer_id, goods)
    shop.run("UPDATE vendors SET min_order_value = NULL")
    shop.run("UPDATE retailers SET credit_limit = NULL")
    return shop


@pytest.fixture
def shop(workspace: Workspace, cast: Cast) -> Shop:
    return _shop(workspace, cast)


@pytest.fixture(scope="module")
def lasting(
    small_store: Path, tmp_path_factory: pytest.TempPathFactory, cast: Cast
) -> Iterator[Shop]:
    workspace = opened_copy(small_store, tmp_path_factory.mktemp("lasting"))
    yield _shop(workspace, cast)
    workspace.close()


def test_a_placed_draft_is_an_order_and_the_draft_is_empty(shop: Shop) -> None:
    drafts, orders = shop.workspace.drafts, shop.workspace.orders
    drafts.clear(shop.who, shop.id)
    drafts.add(shop.who, shop.id, shop.goods[0].product_id, 12, ListName.DISCOVER)
    drafts.add(shop.who, shop.id, shop.goods[1].product_id, 6)
    total = drafts.read(shop.who, shop.id).total
    placed = orders.place(shop.who, shop.id, "  ring twice\x07 ")
    assert placed.summary.order_id == "SR-000001"
    assert (placed.summary.status, placed.summary.note) == ("placed", "ring twice")
    assert {line.product.product_id: line.quantity for line in placed.lines} == {
        shop.goods[0].product_id: 12, shop.goods[1].product_id: 6,
    }  # fmt: skip
    assert placed.summary.value == pytest.approx(total)
    assert orders.read(shop.who, shop.id, "SR-000001") == placed
    newest, many = orders.history(shop.who, shop.id)
    assert (newest[0], many > 1) == (placed.summary, True)
    after = drafts.undo(shop.who, shop.id)  # must not bring back what is ordered
    assert (after.lines, after.can_undo) == ((), False)
    with shop.workspace.store.cursor() as cursor:
        events = cursor.execute(
            "SELECT product_id, list FROM events WHERE kind = 'ordered' ORDER BY list NULLS LAST"
        ).fetchall()
        told = audit.latest(cursor, 1)[0]
    assert events == [(shop.goods[0].product_id, "discover"), (shop.goods[1].product_id, None)]
    assert (told.action, told.subject, told.username) == ("order.placed", "SR-000001", "asha")


def test_a_product_that_is_ordered_after_all_is_no_longer_hidden(shop: Shop) -> None:
    drafts, first, second = shop.workspace.drafts, shop.goods[0], shop.goods[1]
    for one in (first, second):
        drafts.dismiss(shop.who, shop.id, one.product_id)
    shop.draft(5)
    shop.workspace.orders.place(shop.who, shop.id)
    page = shop.workspace.lists.for_you(shop.who, shop.id)
    assert [one.product_id for one in page.dismissed] == [second.product_id]


def test_two_clicks_at_once_place_one_order(shop: Shop) -> None:
    shop.draft(12, 6)

    def click(_: int) -> str:
        try:
            return shop.workspace.orders.place(shop.who, shop.id).summary.order_id
        except InputError as error:
            return error.rule

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(click, range(4)))
    assert answers == ["SR-000001", *["an order has at least one line"] * 3]
    with shop.workspace.store.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM placements").fetchone() == (1,)


def test_a_draft_that_changed_in_another_tab_is_not_placed(shop: Shop) -> None:
    shop.draft(12, 6)
    seen = ((shop.goods[1].product_id, 6), (shop.goods[0].product_id, 12))
    shop.draft(12, 7)
    with pytest.raises(InputError, match="changed meanwhile"):
        shop.workspace.orders.place(shop.who, shop.id, seen=seen)
    assert len(shop.workspace.drafts.read(shop.who, shop.id).lines) == 2
    shop.draft(12, 6)
    assert shop.workspace.orders.place(shop.who, shop.id, seen=seen).summary.lines == 2


def test_what_stands_in_the_way_is_said_and_nothing_is_written(shop: Shop) -> None:
    shop.draft()
    assert shop.blockers() == [Blocker.EMPTY]
    shop.draft(2)
    vendor = shop.goods[0].vendor_id
    shop.run("UPDATE vendors SET min_order_value = 1e6 WHERE vendor_id = ?", vendor)
    shop.run("UPDATE retailers SET credit_limit = 0")
    shop.run("UPDATE stock_levels SET on_hand = 1 WHERE holder_kind = 'vendor'")
    check = shop.check()
    assert set(shop.blockers()) == {Blocker.MINIMUM, Blocker.CREDIT, Blocker.STOCK}
    assert not check.can_place
    assert check.parts[0].missing == pytest.approx(1e6 - check.total)
    assert [one.room for one in check.of_product(shop.goods[0].product_id)] == [1]
    with shop.workspace.store.cursor() as cursor:
        version = dataset.data_version(cursor)
    with pytest.raises(InputError, match=r"takes orders from|free credit"):
        shop.workspace.orders.place(shop.who, shop.id)
    with shop.workspace.store.cursor() as cursor:
        assert dataset.data_version(cursor) == version
        assert cursor.execute("SELECT count(*) FROM placements").fetchone() == (0,)
    assert shop.workspace.drafts.read(shop.who, shop.id).pieces == 2


def test_an_order_uses_credit_and_stock_up(shop: Shop) -> None:
    first = shop.goods[0]
    shop.draft(10)
    value = shop.check().total
    with shop.workspace.store.cursor() as cursor:
        owed = shelf_store.credit(cursor, shop.id).used
    shop.run("UPDATE retailers SET credit_limit = ?", owed + 1.5 * value)
    before = dict(shop.check().available)[first.product_id]
    shop.workspace.orders.place(shop.who, shop.id)
    shop.draft(10)
    check = shop.check()
    assert dict(check.available)[first.product_id] == before - 10
    assert check.credit_free == pytest.approx(0.5 * value)
    assert shop.blockers() == [Blocker.CREDIT]


def test_a_part_of_a_case_is_a_hint_only(shop: Shop) -> None:
    cased = next(at for at, one in enumerate(shop.goods) if one.case_size > 1)
    size = shop.goods[cased].case_size
    pieces = [0] * len(shop.goods)
    pieces[cased] = size + 1
    shop.draft(*pieces)
    (hint,) = shop.check().problems
    assert (hint.blocker, hint.blocking, shop.check().can_place) == (Blocker.CASE, False, True)
    pieces[cased] = size
    shop.draft(*pieces)
    assert shop.check().problems == ()


def test_the_clock_stands_where_the_data_end_in_the_past(shop: Shop) -> None:
    shop.draft(2)
    check = shop.check()
    with shop.workspace.store.cursor() as cursor:
        last = shelf_store.known_until(cursor)
    assert check.dated == (last if check.stands_still else date.today())
    placed = shop.workspace.orders.place(shop.who, shop.id)
    assert placed.summary.ordered_at.date() == check.dated


@drawn(12)
@given(pieces=st.lists(st.integers(0, 20), min_size=3, max_size=3).filter(any))
def test_placing_and_cancelling_leaves_everything_as_it_was(
    lasting: Shop, pieces: list[int]
) -> None:
    def state() -> list[object]:
        with lasting.workspace.store.cursor() as cursor:
            known = series.span(cursor)
            assert known is not None
            weeks = series.weekly(cursor, Level.RETAILER_PRODUCT, known)
            days = series.daily(cursor, Level.PRODUCT, known.first, known.until)
            free = free_stock.free(cursor, [one.product_id for one in lasting.goods])
            lines = shelf_store.lines(cursor, lasting.id)
            credit = shelf_store.credit(cursor, lasting.id)
        frames = [frame.to_csv() for frame in (weeks, days, lines)]
        return [known, free, round(credit.used, 6), *frames]

    before = state()
    lasting.draft(*pieces)
    placed = lasting.workspace.orders.place(lasting.who, lasting.id)
    assert state() != before
    gone = lasting.workspace.orders.cancel(lasting.who, lasting.id, placed.summary.order_id)
    assert (gone.summary.status, gone.lines) == ("cancelled", placed.lines)
    assert state() == before


def test_an_order_is_cancelled_once_and_only_while_nobody_confirmed_it(shop: Shop) -> None:
    orders = shop.workspace.orders
    shop.draft(5)
    first = orders.place(shop.who, shop.id).summary
    assert first.can_cancel
    orders.cancel(shop.who, shop.id, first.order_id)
    with pytest.raises(InputError, match="until it is confirmed"):
        orders.cancel(shop.who, shop.id, first.order_id)
    shop.draft(5)
    second = orders.place(shop.who, shop.id).summary.order_id
    shop.run("UPDATE orders SET status = 'confirmed' WHERE order_id = ?", second)
    with pytest.raises(InputError, match="confirmed"):
        orders.cancel(shop.who, shop.id, second)
    shop.run("UPDATE orders SET status = 'placed'")
    came, _ = orders.history(shop.who, shop.id, limit=50)
    theirs = next(one for one in came if not one.placed_here)
    with pytest.raises(InputError, match="came with the data"):
        orders.cancel(shop.who, shop.id, theirs.order_id)
    with shop.workspace.store.cursor() as cursor:
        assert audit.latest(cursor, 9)[1].action == "order.cancelled"


def test_another_shops_order_is_refused_in_the_words_for_one_that_is_not_there(
    shop: Shop, cast: Cast
) -> None:
    orders, other = shop.workspace.orders, cast.other
    assert other.retailer_id is not None
    theirs = orders.history(other, other.retailer_id)[0][0].order_id
    for act in (orders.read, orders.cancel, orders.repeat):
        words = []
        for order_id in (theirs, "no such order"):
            with pytest.raises(NotFoundError) as caught:
                act(shop.who, shop.id, order_id)
            words.append(str(caught.value).replace(order_id, ""))
        assert words[0] == words[1]
    with pytest.raises(NotFoundError):
        orders.sheet(shop.who, shop.id, "csv", theirs)


def test_a_placed_order_is_there_after_a_restart(shop: Shop) -> None:
    shop.draft(5, 6)
    placed = shop.workspace.orders.place(shop.who, shop.id)
    folder = shop.workspace.settings.db.parent
    shop.workspace.close()
    again = opened(folder)
    try:
        assert again.orders.read(shop.who, shop.id, "SR-000001").summary == placed.summary
        shown = again.models.current.catalogue.product(shop.goods[0].product_id).on_hand
        assert shown == (shop.goods[0].on_hand or 0) - 5
    finally:
        again.close()


def test_repeating_puts_the_last_order_on_the_draft_once(shop: Shop) -> None:
    orders, drafts = shop.workspace.orders, shop.workspace.drafts
    shop.draft(5, 6)
    orders.place(shop.who, shop.id)
    drafts.set_quantity(shop.who, shop.id, shop.goods[0].product_id, 9)
    repeated = orders.repeat(shop.who, shop.id)
    assert (repeated.added, repeated.gone) == (1, ())
    assert [repeated.draft.quantity(one.product_id) for one in shop.goods] == [9, 6, 0]
    assert orders.repeat(shop.who, shop.id).draft == repeated.draft
    assert drafts.undo(shop.who, shop.id).pieces == 9


def test_repeating_names_what_is_no_longer_sold(shop: Shop) -> None:
    shop.draft(5, 6)
    placed = shop.workspace.orders.place(shop.who, shop.id).summary.order_id
    shop.run("UPDATE products SET active = false WHERE product_id = ?", shop.goods[1].product_id)
    shop.workspace.models.refit()
    repeated = shop.workspace.orders.repeat(shop.who, shop.id, placed)
    assert (repeated.added, repeated.gone) == (1, (shop.goods[1].name,))


def test_the_history_is_paged_and_asks_for_a_status_that_is_one(shop: Shop) -> None:
    orders = shop.workspace.orders
    everything, many = orders.history(shop.who, shop.id, limit=200)
    assert len(everything) == min(many, 200)
    days = [one.ordered_at.date() for one in everything]
    assert days == sorted(days, reverse=True)
    pages = [orders.history(shop.who, shop.id, limit=3, offset=at)[0] for at in (0, 3)]
    assert (*pages[0], *pages[1]) == everything[:6]
    for wrong in ({"status": "lost"}, {"limit": 0}, {"limit": 1000}, {"offset": -1}):
        with pytest.raises(InputError):
            orders.history(shop.who, shop.id, **wrong)  # type: ignore[arg-type]


def test_lists_learn_of_an_order_in_the_background(
    small_store: Path, tmp_path: Path, cast: Cast
) -> None:
    copy_folder(small_store, tmp_path)
    workspace = Workspace.open(Settings(db=tmp_path / "store.duckdb", refit_after=0.01))
    try:
        workspace.prepare()
        shop, models = _shop(workspace, cast), workspace.models
        before = models.current
        models._current = replace(before, seconds=0.0)  # nothing to wait for
        shop.draft(5, 6)
        workspace.orders.place(shop.who, shop.id)
        with workspace.store.cursor() as cursor:
            assert len(placing.ordered_since(cursor, shop.id, before.data_version)) == 2
        models._later.join()
        with workspace.store.cursor() as cursor:
            assert models.current.data_version == dataset.data_version(cursor)
            assert placing.ordered_since(cursor, shop.id, models.current.data_version) == []
        assert models.current.version == before.version + 1
    finally:
        workspace.close()


def test_too_long_a_note_is_refused(shop: Shop) -> None:
    shop.draft(5)
    with pytest.raises(InputError, match="note"):
        shop.workspace.orders.place(shop.who, shop.id, "x" * 501)


def test_a_forecast_is_not_made_anew_for_an_order_of_the_running_week(shop: Shop) -> None:
    forecasts, staff = shop.workspace.forecasts, Principal("ana", "Ana", Role.ANALYST)
    last = pd.Timestamp(shop.check().dated)
    made = forecasts.forecast(staff, Level.CATEGORY, horizon=2)
    kept = next(iter(forecasts._made.held.values()))
    shop.draft(20)
    order_id = shop.workspace.orders.place(shop.who, shop.id).summary.order_id
    again = forecasts.forecast(staff, Level.CATEGORY, horizon=2)
    assert last.weekday() < 6  # the order lies in a week that is not full
    assert next(reversed(forecasts._made.held.values())) is kept
    pd.testing.assert_frame_equal(made.frame(), again.frame())
    earlier = last - pd.Timedelta(days=14)
    shop.run("UPDATE orders SET ordered_at = ? WHERE order_id = ?", earlier, order_id)
    forecasts.forecast(staff, Level.CATEGORY, horizon=2)
    assert next(reversed(forecasts._made.held.values())) is not kept


@pytest.mark.parametrize("late", ["undo", "set_quantity"])
def test_an_act_that_meets_an_order_being_placed_does_not_bring_the_draft_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    """The late act has begun, and gets to write only when the order is placed."""
    drafts, store = shop.workspace.drafts, shop.workspace.store
    shop.draft(5)
    drafts.set_quantity(shop.who, shop.id, shop.goods[0].product_id, 7)
    began, placed = threading.Event(), threading.Event()
    write = store.write

    def waiting(*args: object) -> object:
        if threading.current_thread().name == late:
            began.set()
            assert placed.wait(20)
        return write(*args)  # type: ignore[arg-type]

    def act() -> None:
        if late == "undo":
            drafts.undo(shop.who, shop.id)
        else:
            drafts.set_quantity(shop.who, shop.id, shop.goods[1].product_id, 2)

    monkeypatch.setattr(store, "write", waiting)
    thread = threading.Thread(target=act, name=late)
    thread.start()
    assert began.wait(20)
    shop.workspace.orders.place(shop.who, shop.id)
    placed.set()
    thread.join()
    while drafts.read(shop.who, shop.id).can_undo:
        drafts.undo(shop.who, shop.id)
    assert drafts.read(shop.who, shop.id).lines == ()


def test_what_is_no_longer_sold_is_found_before_lists_have_learned_of_it(shop: Shop) -> None:
    shop.draft(2, 3)
    first = shop.goods[0].product_id
    shop.run("UPDATE products SET active = false WHERE product_id = ?", first)
    assert shop.blockers() == [Blocker.INACTIVE]
    with pytest.raises(InputError, match="still sold"):
        shop.workspace.orders.place(shop.who, shop.id)
    shop.run("UPDATE products SET active = true")
    shop.run("UPDATE retailers SET active = false WHERE retailer_id = ?", shop.id)
    assert shop.blockers() == [Blocker.CLOSED]
    with pytest.raises(InputError, match="trades"):
        shop.workspace.orders.place(shop.who, shop.id)


def test_an_order_is_confirmed_and_delivered(shop: Shop, cast: Cast) -> None:
    orders, first = shop.workspace.orders, shop.goods[0].product_id
    today = shop.check().dated

    def state() -> tuple[int, float]:
        with shop.workspace.store.cursor() as cursor:
            free = free_stock.free(cursor, [first])[first]
            return free, round(shelf_store.credit(cursor, shop.id).used, 2)

    def shelf() -> tuple[float, float]:
        row = shop.workspace.stock.shelf(shop.who, shop.id).row(first)
        assert row is not None
        return row.on_hand or 0.0, row.on_order or 0.0

    yesterday = today - timedelta(days=1)
    shop.workspace.stock.set_counts(shop.who, shop.id, {first: 10}, yesterday)
    free, owed = state()
    counted, coming = shelf()
    shop.draft(40)
    placed = orders.place(shop.who, shop.id).summary
    assert orders.placed_here(cast.admin)["order_id"].tolist() == [placed.order_id]
    assert shelf() == (counted, coming + 40)
    orders.settle(cast.admin, placed.order_id, "confirmed")
    assert state() == (free - 40, pytest.approx(owed + placed.value, abs=0.02))
    assert not orders.read(shop.who, shop.id, placed.order_id).summary.can_cancel
    orders.settle(cast.admin, placed.order_id, "delivered")
    seen = orders.read(shop.who, shop.id, placed.order_id).summary
    assert (seen.status, seen.delivered_on) == ("delivered", today)
    assert state() == (free - 40, owed)
    on_hand, on_order = shelf()
    assert on_hand > counted + 30  # less what is used up in a day
    assert on_order == coming
    assert orders.placed_here(cast.admin).empty
    with shop.workspace.store.cursor() as cursor:
        told = audit.latest(cursor, 2)
    assert [(one.action, one.username) for one in told] == [
        ("order.delivered", "adi"), ("order.confirmed", "adi"),
    ]  # fmt: skip


def test_staff_call_an_order_off_until_it_is_delivered(shop: Shop, cast: Cast) -> None:
    orders, first = shop.workspace.orders, shop.goods[0].product_id
    for steps in ((), ("confirmed",)):
        shop.draft(5)
        with shop.workspace.store.cursor() as cursor:
            free = free_stock.free(cursor, [first])
        order_id = orders.place(shop.who, shop.id).summary.order_id
        for one in (*steps, "cancelled"):
            orders.settle(cast.admin, order_id, one)
        assert orders.read(shop.who, shop.id, order_id).summary.status == "cancelled"
        with shop.workspace.store.cursor() as cursor:
            assert free_stock.free(cursor, [first]) == free
    everything = orders.placed_here(cast.admin, ("cancelled",))
    assert everything["pieces"].tolist() == [5, 5]


def test_an_order_is_settled_step_by_step_and_on_a_day_that_can_be(shop: Shop, cast: Cast) -> None:
    orders, today = shop.workspace.orders, shop.check().dated
    theirs = next(
        one for one in orders.history(shop.who, shop.id, limit=50)[0] if not one.placed_here
    )
    shop.draft(5)
    mine = orders.place(shop.who, shop.id).summary.order_id
    wrong: list[tuple[str, str, date | None, str]] = [
        ("no such", "confirmed", None, "by its number"),
        (theirs.order_id, "confirmed", None, "next import"),
        (mine, "delivered", None, "confirmed or cancelled next"),
        (mine, "lost", None, "a status is one of"),
        (mine, "confirmed", today, "only a delivery"),
    ]
    for order_id, status, day, words in wrong:
        with pytest.raises((InputError, NotFoundError), match=words):
            orders.settle(cast.admin, order_id, status, day)
    orders.settle(cast.admin, mine, "confirmed")
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(InputError, match="a delivery is from"):
            orders.settle(cast.admin, mine, "delivered", day)
    orders.settle(cast.admin, mine, "delivered", today)
    for status in ("cancelled", "placed"):
        with pytest.raises(InputError, match="stays so"):
            orders.settle(cast.admin, mine, status)
