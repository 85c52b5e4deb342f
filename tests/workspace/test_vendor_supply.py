"""A vendor's stock and service against sums made by hand, and what he may do with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError, SmartRecoError
from smartreco.forecast.panel import Level
from smartreco.language import Language
from smartreco.store import audit, order_book, order_parts, placing
from smartreco.store import shelf as shelf_store
from smartreco.store.placing import PlacedLine, Placement
from smartreco.workspace import Workspace
from smartreco.workspace.order.settling import settle_order
from smartreco.workspace.shelf.reading import read_shelf
from smartreco.workspace.vendor.desk_views import PromotionKey, PromotionState
from smartreco.workspace.vendor.supply_views import SupplyWish
from smartreco.workspace.vendor.views import VendorFilter
from tests.conftest import Cast
from tests.workspace.vendor_world import make, monday

WEEKS = 80
VIK = Principal("vik", "Vik", Role.VENDOR, vendor_id="v1")
TWO = Principal("two", "Two", Role.VENDOR, vendor_id="v2")
PM = Principal("mira", "Mira", Role.PRODUCT_MANAGER)
TODAY = monday(WEEKS) - timedelta(days=1)  # the data end in the past, and so does their clock


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = make(tmp_path_factory.mktemp("supply") / "store.duckdb", WEEKS)
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    """A world to change."""
    opened = make(tmp_path / "desk.duckdb", WEEKS)
    yield opened
    opened.close()


def order(world: Workspace, *lines: tuple[str, int, float]) -> str:
    """An order of the first shop, placed here."""
    chosen = [PlacedLine(*line) for line in lines or (("p1", 20, 2.5), ("p3", 6, 1.0))]
    at = datetime.combine(TODAY, datetime.min.time())
    placement = Placement("r1", chosen, at, world.core.now(), "asha", "", 1)
    return world.store.write(lambda cursor: placing.place(cursor, placement))


def refuse(world: Workspace) -> Callable[[Principal, str, str], object]:
    """The act with a reason in it."""
    return lambda who, vendor, one: world.vendor_supply.refuse(who, vendor, one, "No van")


def row_of(world: Workspace, product_id: str, who: Principal = VIK):  # type: ignore[no-untyped-def]
    vendor_id = who.vendor_id or ""
    found = world.vendor_supply.outlook(who, vendor_id).row(product_id)
    assert found is not None
    return found


# --- service


def test_service_is_what_a_sheet_of_paper_says(world: Workspace) -> None:
    found = world.vendor_supply.service(VIK, "v1")
    # p1 was out in the third last week: ten less at 2.5 apiece; nobody counted p2
    assert found.level.now == pytest.approx(250 / 260)
    assert (found.lost_pieces.now, found.lost_value.now, found.out_weeks.now) == (10.0, 25.0, 1.0)
    assert found.level.before is None  # no stock was written down then
    assert found.points is None
    assert found.lost_pieces.weeks[-3] == 10.0
    assert found.level.weeks[-3:] == (0.0, 1.0, 1.0)
    assert (found.tracked, found.goods, found.known) == (1, 2, True)
    assert found.regions[["region", "lost_pieces"]].to_numpy().tolist() == [["North", 10.0]]
    rows = found.products.set_index("product_id")
    assert rows.loc["p1", "lost_value"] == 25.0
    assert rows.loc["p2", ["wanted", "level"]].isna().all()


def test_lost_sales_are_the_ones_of_the_assortment(world: Workspace) -> None:
    service = world.vendor_supply.service(VIK, "v1")
    table = world.vendor_demand.assortment(VIK, "v1").rows
    assert table["lost_value"].sum() == service.lost_value.now
    south = VendorFilter(regions=("South",))
    assert world.vendor_supply.service(VIK, "v1", south).lost_pieces.now == 0.0


def test_a_vendor_whose_stock_nobody_wrote_down_is_told_so(world: Workspace) -> None:
    for vendor_id in ("v3", "v4"):
        service = world.vendor_supply.service(OPERATOR, vendor_id)
        assert service.level.now is None or service.level.now != service.level.now
        outlook = world.vendor_supply.outlook(OPERATOR, vendor_id)
        assert (outlook.stock_known, outlook.to_order) == (0, 0)
        said = " ".join(Language().say(message, values) for message, values in outlook.said)
        assert "hold no stock of yours" in said
    assert world.vendor_supply.outlook(OPERATOR, "v4").rows == ()


# --- outlook


def test_stock_is_set_against_what_is_to_come(world: Workspace) -> None:
    found = world.vendor_supply.outlook(VIK, "v1")
    assert (found.today, found.lead_days, found.lead_known) == (TODAY, 7, False)
    row = row_of(world, "p1")
    assert (row.counted, row.on_hand, row.reserved, row.free) == (60, 60, 0, 60)
    ahead = world.forecasts.forecast(VIK, Level.PRODUCT, ["p1"], horizon=13)
    assert row.weekly == pytest.approx(ahead.mean[0, 0])  # as every other page says
    assert row.days_of_cover is not None
    assert row.need is not None
    assert row.need == pytest.approx(ahead.mean[0, :2].sum(), rel=0.3)
    assert row.need_low <= row.need <= row.need_high <= row.level * 1.2
    assert row.runs_out_early is not None
    assert row.runs_out_on is None or row.runs_out_early <= row.runs_out_on
    assert row.pieces == 0
    unknown = row_of(world, "p2")
    assert (unknown.free, unknown.pieces, unknown.runs_out_on) == (None, None, None)
    assert unknown.weekly is not None
    assert unknown.why


def test_more_service_more_time_more_stock(world: Workspace) -> None:
    def level(wish: SupplyWish) -> float:
        row = world.vendor_supply.outlook(VIK, "v1", None, wish).row("p1")
        assert row is not None
        assert row.level is not None
        return row.level

    usual = level(SupplyWish(0.8, 7, 7))
    assert level(SupplyWish(0.99, 7, 7)) >= usual
    assert level(SupplyWish(0.8, 14, 14)) > usual
    for wrong in (SupplyWish(1.0), SupplyWish(review_days=99), SupplyWish(lead_days=99)):
        with pytest.raises(InputError):
            world.vendor_supply.outlook(VIK, "v1", None, wrong)


def test_what_runs_short_is_brought_in_by_cases_in_time(desk: Workspace) -> None:
    desk.vendor_supply.change_product(VIK, "v1", "p1", {"case_size": 12, "unit_cost": 1.5})
    desk.vendor_supply.take_stock(VIK, "v1", {"p1": 1})
    row = row_of(desk, "p1")
    assert row.typed
    assert row.pieces is not None
    assert row.pieces > 0
    assert (row.pieces % 12, row.cases) == (0, row.pieces // 12)
    assert row.value == row.pieces * 1.5
    assert row.order_by == TODAY  # one lasts a day or two, and a week is what it takes
    assert row.there_on == TODAY + timedelta(days=7)
    assert "certainty" in Language().say(*row.why[0])
    first = desk.vendor_supply.outlook(VIK, "v1")
    assert first.rows[0].product_id == "p1"
    assert (first.to_order, first.order_value) == (1, row.value)
    with_coming = desk.vendor_supply.take_stock(VIK, "v1", {"p1": 1}, {"p1": 60})
    assert row_of(desk, "p1").pieces == 0
    assert row_of(desk, "p1").coming == 60
    desk.vendor_supply.undo_stock(VIK, "v1", with_coming)
    assert row_of(desk, "p1").pieces == row.pieces


def test_a_course_runs_from_the_past_through_today(desk: Workspace) -> None:
    supply = desk.vendor_supply
    supply.take_stock(VIK, "v1", {"p1": 30}, {"p1": 24})
    supply.add_promotion(
        VIK, "v1", PromotionKey("p1", TODAY + timedelta(days=8), TODAY + timedelta(days=9), 0.3)
    )
    weeks = supply.course(VIK, "v1", "p1").weeks
    past, ahead = [one for one in weeks if not one.ahead], [one for one in weeks if one.ahead]
    assert len(past) == 26
    out = [one for one in past if one.out]
    assert [(one.begins, one.sold, one.wanted) for one in out] == [(monday(WEEKS - 3), 0.0, 10.0)]
    assert ahead[0].begins == TODAY + timedelta(days=1)
    assert sum(one.arrives for one in ahead) == 24
    assert [one.depth for one in ahead[:3]] == [0.0, 0.3, 0.0]
    stock = [one.stock for one in ahead]
    assert stock[0] is not None
    assert stock[-1] == 0.0
    for one in ahead:
        assert one.low <= one.forecast + 1e-9
        assert one.stock_low <= one.stock <= one.stock_high
    assert next(one.stock for one in supply.course(VIK, "v1", "p2").weeks if one.ahead) is None


def test_a_wish_is_kept_and_a_part_of_it_leaves_the_rest(desk: Workspace) -> None:
    supply = desk.vendor_supply
    assert supply.wish(VIK, "v1") == SupplyWish(0.95, 7, 7)
    supply.keep_wish(VIK, "v1", SupplyWish(0.9, 14, 21))
    supply.keep_wish(VIK, "v1", SupplyWish(service=0.8))
    assert supply.wish(VIK, "v1") == SupplyWish(0.8, 14, 21)
    assert supply.outlook(VIK, "v1").lead_known
    with pytest.raises(InputError):
        supply.keep_wish(VIK, "v1", SupplyWish(1.5))
    assert supply.wish(TWO, "v2").service == 0.95


# --- counts


def test_a_count_is_undone_to_what_was_there(desk: Workspace) -> None:
    supply = desk.vendor_supply
    first = supply.take_stock(VIK, "v1", {"p1": 7, "p2": 3})
    second = supply.take_stock(VIK, "v1", {"p1": 9})
    assert supply.undo_stock(VIK, "v1", first) == 1  # p1 was counted again
    assert (row_of(desk, "p1").on_hand, row_of(desk, "p2").on_hand) == (9, None)
    assert supply.undo_stock(VIK, "v1", second) == 1
    assert row_of(desk, "p1").on_hand == 7
    assert supply.undo_stock(VIK, "v1", second) == 0
    assert supply.undo_stock(VIK, "v1", first) == 1
    assert row_of(desk, "p1").on_hand == 60
    with desk.store.cursor() as cursor:
        actions = [one.action for one in audit.latest(cursor, 10)]
    assert actions.count("vendor.counted") == 2
    assert actions.count("vendor.uncounted") == 3


@pytest.mark.parametrize("counts", [{}, {"p1": -1}, {"p1": 1.5}, {"p1": True}, {"p1": 10**9}])
def test_a_count_that_cannot_be_changes_nothing(desk: Workspace, counts: dict[str, int]) -> None:
    with pytest.raises(InputError):
        desk.vendor_supply.take_stock(VIK, "v1", counts)
    assert row_of(desk, "p1").on_hand == 60


def test_a_count_is_of_what_lies_there_orders_among_it(desk: Workspace) -> None:
    supply = desk.vendor_supply
    early, late = order(desk, ("p1", 20, 2.5)), order(desk, ("p1", 5, 2.5))
    for one in (early, late):
        supply.confirm(VIK, "v1", one)
    supply.deliver(VIK, "v1", early)
    assert (row_of(desk, "p1").on_hand, row_of(desk, "p1").free) == (40, 35)
    supply.take_stock(VIK, "v1", {"p1": 41})  # one more than thought, the five still there
    row = row_of(desk, "p1")
    assert (row.on_hand, row.reserved, row.free) == (41, 5, 36)
    supply.deliver(VIK, "v1", late)
    row = row_of(desk, "p1")
    assert (row.on_hand, row.reserved, row.free) == (36, 0, 36)


# --- orders


def test_a_vendor_settles_his_part_and_sees_no_other(desk: Workspace) -> None:
    supply, order_id = desk.vendor_supply, order(desk)
    mine = supply.order(VIK, "v1", order_id)
    assert [(one.product_id, one.quantity) for one in mine.lines] == [("p1", 20)]
    assert (mine.summary.retailer, mine.summary.value, mine.summary.moves) == (
        "Asha", 50.0, ("confirm", "refuse"),
    )  # fmt: skip
    assert supply.confirm(VIK, "v1", order_id).summary.status == "confirmed"
    assert supply.order(TWO, "v2", order_id).summary.status == "placed"
    assert supply.deliver(VIK, "v1", order_id).summary.delivered_on == TODAY
    assert row_of(desk, "p1").on_hand == 40
    with desk.store.cursor() as cursor:
        credit = shelf_store.credit(cursor, "r1").used
    supply.refuse(TWO, "v2", order_id, "  Not enough\nin stock ")
    with desk.store.cursor() as cursor:
        assert shelf_store.credit(cursor, "r1").used == credit - 6.0
        whole = cursor.execute("SELECT status FROM orders WHERE order_id = ?", [order_id])
        assert whole.fetchone() == ("delivered",)  # of what is left of it, all is
    refused = supply.order(TWO, "v2", order_id)
    assert (refused.summary.status, refused.summary.moves, len(refused.lines)) == (
        "cancelled", (), 1,
    )  # fmt: skip
    assert refused.summary.reason == "Not enough in stock"


@pytest.mark.parametrize("ago", [0, 1])
def test_what_a_vendor_delivers_lies_on_the_shops_shelf(desk: Workspace, ago: int) -> None:
    day = TODAY - timedelta(days=ago)
    desk.store.write(lambda cursor: cursor.execute(
        "INSERT INTO shelf_counts VALUES ('r1', 'p1', ?, 5, 'asha', ?)", [day, TODAY]
    ))  # fmt: skip

    def there() -> tuple[float, float]:
        with desk.store.cursor() as cursor:
            shelf = read_shelf(cursor, "r1", TODAY)
        row = int(shelf.rows_of(["p1"])[0])
        return float(shelf.now.on_hand[row]), float(shelf.now.on_order[row])

    before, order_id = there(), order(desk)
    assert there() == (before[0], before[1] + 20.0)
    desk.vendor_supply.confirm(VIK, "v1", order_id)
    desk.vendor_supply.deliver(VIK, "v1", order_id)
    # what came may be used on the day that it came
    assert before[0] + 20.0 - 2.0 <= there()[0] <= before[0] + 20.0
    assert there()[1] == before[1]


def test_the_reason_of_a_refusal_reaches_the_shop_and_the_audit_log(desk: Workspace) -> None:
    supply, order_id = desk.vendor_supply, order(desk)
    for wrong in ("", " \n ", "x" * 201):
        with pytest.raises(InputError, match="says why"):
            supply.refuse(VIK, "v1", order_id, wrong)
    assert supply.order(VIK, "v1", order_id).summary.status == "placed"
    supply.refuse(VIK, "v1", order_id, "Van broke down")

    def said() -> list[tuple[str, str]]:
        with desk.store.cursor() as cursor:
            row = order_book.find(cursor, "r1", order_id)
            assert row is not None
            parts = order_parts.of_order(cursor, row.order_key)
        return [(part.status, part.reason) for part in parts]

    assert said() == [("cancelled", "Van broke down"), ("placed", "")]
    with desk.store.cursor() as cursor:
        entry = audit.latest(cursor, 1)[0]
    assert (entry.action, entry.detail["reason"]) == ("order.part_cancelled", "Van broke down")
    desk.store.write(lambda cursor: settle_order(
        cursor, OPERATOR, order_id, "cancelled", None, desk.core.now()
    ))  # fmt: skip  # what is left of it; his words stay
    assert said() == [("cancelled", "Van broke down"), ("cancelled", "")]


def test_what_cannot_follow_is_refused_politely(desk: Workspace) -> None:
    supply, order_id = desk.vendor_supply, order(desk)
    with pytest.raises(InputError, match="placed"):
        supply.deliver(VIK, "v1", order_id)
    supply.confirm(VIK, "v1", order_id)
    with pytest.raises(InputError, match="your part of this order is confirmed"):
        supply.confirm(VIK, "v1", order_id)
    with pytest.raises(InputError, match="a delivery is from"):
        supply.deliver(VIK, "v1", order_id, TODAY + timedelta(days=1))
    supply.deliver(VIK, "v1", order_id)
    for act in (supply.confirm, supply.deliver, refuse(desk)):
        with pytest.raises(InputError, match="stays so"):
            act(VIK, "v1", order_id)
    imported = supply.orders(VIK, "v1", ()).rows[-1]
    assert imported.moves == ()
    with pytest.raises(InputError, match="came with the data"):
        supply.refuse(VIK, "v1", imported.order_id, "No van")


def test_of_two_who_confirm_at_once_one_is_told(desk: Workspace) -> None:
    order_id = order(desk)
    outcomes: list[str] = []
    both = threading.Barrier(2)

    def confirm() -> None:
        both.wait()
        try:
            outcomes.append(desk.vendor_supply.confirm(VIK, "v1", order_id).summary.status)
        except SmartRecoError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == ["InputError", "confirmed"]
    with desk.store.cursor() as cursor:
        told = [one for one in audit.latest(cursor, 10) if one.action == "order.part_confirmed"]
    assert len(told) == 1


def test_a_delivery_that_fails_half_way_leaves_nothing(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    supply, order_id = desk.vendor_supply, order(desk)
    supply.confirm(VIK, "v1", order_id)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        supply.deliver(VIK, "v1", order_id)
    with pytest.raises(RuntimeError):
        supply.refuse(VIK, "v1", order_id, "No van")
    assert supply.order(VIK, "v1", order_id).summary.status == "confirmed"
    assert (row_of(desk, "p1").on_hand, row_of(desk, "p1").reserved) == (60, 20)


def test_orders_come_in_pages_by_state(desk: Workspace) -> None:
    supply, order_id = desk.vendor_supply, order(desk)
    found = supply.orders(VIK, "v1", limit=5)
    assert found.rows[0].order_id == order_id  # what he can settle stands first
    assert found.total == dict(found.counts)["placed"] == 27
    assert len(found.rows) == 5
    assert supply.orders(VIK, "v1", ("delivered",)).total == dict(found.counts)["delivered"]
    whole = supply.orders(VIK, "v1", (), limit=200)
    assert whole.total == len(whole.rows) > 60  # over more than a year
    pages = [supply.orders(VIK, "v1", (), 7, at).rows for at in range(0, whole.total, 7)]
    assert tuple(one for rows in pages for one in rows) == whole.rows
    assert supply.orders(TWO, "v2").rows[0].pieces == 6
    assert supply.orders(OPERATOR, "v4").rows == ()
    with pytest.raises(InputError):
        supply.orders(VIK, "v1", ("lost",))


# --- promotions


def days(first: int, last: int) -> tuple[date, date]:
    return TODAY + timedelta(days=first), TODAY + timedelta(days=last)


def test_promotions_are_planned_changed_ended_and_undone(desk: Workspace) -> None:
    supply = desk.vendor_supply
    wanted = PromotionKey("p1", *days(3, 9), 0.2)
    added = supply.add_promotion(VIK, "v1", wanted)
    running = supply.add_promotion(VIK, "v1", PromotionKey("p2", *days(0, 5), 0.1)).after
    assert running is not None
    rows = supply.promotions(VIK, "v1").rows
    assert [(one.key.product_id, one.state, one.typed) for one in rows] == [
        ("p2", PromotionState.RUNNING, True), ("p1", PromotionState.PLANNED, True),
    ]  # fmt: skip
    deeper = replace(wanted, depth=0.5)
    changed = supply.change_promotion(VIK, "v1", wanted, deeper)
    with pytest.raises(InputError, match="changed since"):
        supply.undo_promotion(VIK, "v1", added)
    supply.undo_promotion(VIK, "v1", changed)
    assert supply.promotions(VIK, "v1").of("p1")[0].key == wanted
    off = supply.end_promotion(VIK, "v1", wanted)
    assert supply.promotions(VIK, "v1").of("p1") == ()
    supply.undo_promotion(VIK, "v1", off)
    supply.undo_promotion(VIK, "v1", added)
    assert supply.promotions(VIK, "v1").of("p1") == ()
    ended = supply.end_promotion(VIK, "v1", running)
    assert ended.after is not None
    assert ended.after.ends_on == TODAY
    with pytest.raises(InputError, match="nothing to do"):
        supply.end_promotion(VIK, "v1", ended.after)


@pytest.mark.parametrize(
    ("first", "last", "depth"),
    [(-1, 3, 0.2), (5, 4, 0.2), (1, 999, 0.2), (1, 2, 0.0), (1, 2, 0.91)],
)
def test_a_promotion_that_cannot_be_is_refused(
    desk: Workspace, first: int, last: int, depth: float
) -> None:
    with pytest.raises(InputError):
        desk.vendor_supply.add_promotion(VIK, "v1", PromotionKey("p1", *days(first, last), depth))


def test_a_product_has_one_promotion_at_a_time(desk: Workspace) -> None:
    supply = desk.vendor_supply
    supply.add_promotion(VIK, "v1", PromotionKey("p1", *days(3, 9), 0.2))
    with pytest.raises(InputError, match="one promotion at a time"):
        supply.add_promotion(VIK, "v1", PromotionKey("p1", *days(9, 12), 0.1))
    supply.add_promotion(VIK, "v1", PromotionKey("p1", *days(10, 12), 0.1))
    supply.add_promotion(VIK, "v1", PromotionKey("p2", *days(3, 9), 0.2))


def test_what_has_begun_keeps_its_start_and_depth(desk: Workspace) -> None:
    supply = desk.vendor_supply
    key = PromotionKey("p1", *days(0, 5), 0.2)
    supply.add_promotion(VIK, "v1", key)
    for other in (replace(key, depth=0.3), replace(key, starts_on=TODAY + timedelta(days=1))):
        with pytest.raises(InputError, match="only the end"):
            supply.change_promotion(VIK, "v1", key, other)
    supply.change_promotion(VIK, "v1", key, replace(key, ends_on=TODAY + timedelta(days=2)))


# --- product data


def test_product_data_are_changed_told_and_undone(desk: Workspace) -> None:
    supply = desk.vendor_supply
    edited = supply.change_product(
        VIK, "v1", "p1", {"name": " Fine  tea ", "list_price": 3.2, "active": False, "case_size": 1}
    )
    assert {one.field: (one.old, one.new) for one in edited.changes} == {
        "name": ("Product 1", "Fine tea"), "list_price": (3.0, 3.2), "active": (True, False),
    }  # fmt: skip
    found = supply.product(VIK, "v1", "p1")
    assert (found.name, found.list_price, found.active) == ("Fine tea", 3.2, False)
    assert {one.field for one in found.edits} == {"name", "list_price", "active"}
    assert row_of(desk, "p1").pieces is None  # nothing to bring in of what is not on offer
    supply.change_product(VIK, "v1", "p1", {"list_price": 3.4})
    assert supply.undo_product(VIK, "v1", edited) == 2  # the price was changed again
    found = supply.product(VIK, "v1", "p1")
    assert (found.name, found.list_price, found.active) == ("Product 1", 3.4, True)
    terms = supply.change_terms(VIK, "v1", {"lead_time_days": 4, "min_order_value": 100})
    assert supply.terms(VIK, "v1").lead_time_days == 4
    assert supply.outlook(VIK, "v1").lead_days == 4
    assert supply.undo_product(VIK, "v1", terms) == 2
    assert supply.terms(VIK, "v1").lead_time_days is None


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "}, {"name": "x" * 201}, {"list_price": -1}, {"list_price": float("nan")},
        {"case_size": 0}, {"case_size": 2.5}, {"case_size": None}, {"active": "no"},
        {"unit_cost": True}, {"category": "tin"}, {"product_id": "p9"},
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_changes_nothing(
    desk: Workspace, changes: dict[str, object]
) -> None:
    before = desk.vendor_supply.product(VIK, "v1", "p1")
    with pytest.raises(InputError):
        desk.vendor_supply.change_product(VIK, "v1", "p1", changes)
    assert desk.vendor_supply.product(VIK, "v1", "p1") == before


# --- who may


def attempts(world: Workspace, who: Principal, vendor_id: str, product: str) -> list[
    Callable[[], object]
]:  # fmt: skip
    """Everything that changes something, on a product and an order that are not his."""
    supply = world.vendor_supply
    key = PromotionKey(product, *days(1, 2), 0.2)
    return [
        lambda: supply.take_stock(who, vendor_id, {product: 1}),
        lambda: supply.add_promotion(who, vendor_id, key),
        lambda: supply.change_promotion(who, vendor_id, key, key),
        lambda: supply.end_promotion(who, vendor_id, key),
        lambda: supply.change_product(who, vendor_id, product, {"name": "x"}),
    ]


def test_another_vendors_product_is_none_of_his(world: Workspace) -> None:
    for attempt in attempts(world, VIK, "v1", "p3"):
        with pytest.raises(NotFoundError):
            attempt()
    for read in (world.vendor_supply.course, world.vendor_supply.product):
        words = set()
        for product in ("p3", "no such"):
            with pytest.raises(NotFoundError) as caught:
                read(VIK, "v1", product)
            words.add(str(caught.value).replace(product, "…"))
        assert len(words) == 1


def test_another_vendor_is_refused_and_staff_only_read(world: Workspace) -> None:
    for attempt in (*attempts(world, VIK, "v2", "p3"), *attempts(world, PM, "v1", "p1")):
        with pytest.raises(NotAllowedError):
            attempt()
    for name in (
        "service",
        "outlook",
        "wish",
        "goods",
        "terms",
        "promotions",
        "orders",
        "template",
    ):
        with pytest.raises(NotAllowedError):
            getattr(world.vendor_supply, name)(VIK, "v2")
        getattr(world.vendor_supply, name)(PM, "v1")


def test_another_vendors_orders_are_not_found(desk: Workspace) -> None:
    order_id = order(desk, ("p3", 6, 1.0))
    supply = desk.vendor_supply
    for act in (supply.order, supply.confirm, supply.deliver, refuse(desk)):
        words = set()
        for number in (order_id, "SR-999999"):
            with pytest.raises(NotFoundError) as caught:
                act(VIK, "v1", number)
            words.add(str(caught.value).replace(number, "…"))
        assert len(words) == 1
        with pytest.raises(NotAllowedError):
            act(VIK, "v2", order_id)


# --- with a model


def test_counts_are_read_from_text_and_only_of_own_products(
    shared_workspace: Workspace, cast: Cast
) -> None:
    vendor_id = cast.vendor.vendor_id or ""
    goods = shared_workspace.models.current.catalogue.products
    mine = goods.loc[goods["vendor_id"] == vendor_id, "product_id"].iloc[0]
    other = goods.loc[goods["vendor_id"] != vendor_id, "product_id"].iloc[0]
    supply = shared_workspace.vendor_supply
    found = supply.read_counts(cast.vendor, vendor_id, f"{mine},12\n{other},3\nnothing,1")
    assert found.counts == {mine: 12}
    assert [line.product for line in found.bad] == [None, None]
    sheet = supply.template(cast.vendor, vendor_id)
    filled = sheet.decode("utf-8-sig").replace('""', "").strip() + "7"
    assert len(supply.read_counts(cast.vendor, vendor_id, filled.encode(), "count.csv").good) == 1


def test_what_shops_see_follows_at_once(workspace: Workspace, cast: Cast) -> None:
    vendor_id = cast.vendor.vendor_id or ""
    goods = workspace.models.current.catalogue.products
    plans = workspace.vendor_supply.promotions(cast.vendor, vendor_id).rows
    running = [one.key.product_id for one in plans if one.state is PromotionState.RUNNING]
    mine = goods[(goods["vendor_id"] == vendor_id) & goods["active"]]
    product = mine.loc[~mine["product_id"].isin(running), "product_id"].iloc[0]
    workspace.vendor_supply.change_product(
        cast.vendor, vendor_id, product, {"list_price": 77.0, "name": "New name"}
    )
    workspace.vendor_supply.take_stock(cast.vendor, vendor_id, {product: 0})
    card = workspace.models.current.catalogue.product(product)
    assert (card.unit_price, card.name, card.on_hand) == (77.0, "New name", 0)
    today = workspace.vendor_supply.promotions(cast.vendor, vendor_id).today
    half = PromotionKey(product, today, today, 0.5)
    change = workspace.vendor_supply.add_promotion(cast.vendor, vendor_id, half)
    assert workspace.models.current.catalogue.product(product).unit_price == 38.5
    workspace.vendor_supply.undo_promotion(cast.vendor, vendor_id, change)
    assert workspace.models.current.catalogue.product(product).unit_price == 77.0
