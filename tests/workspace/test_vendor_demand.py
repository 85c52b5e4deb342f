"""A vendor's demand against sums made by hand, and what he must not see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import fsum
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotEnoughDataError, NotFoundError
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.demand import LEVELS
from smartreco.workspace.vendor.demand_views import NOTHING_SOLD, TOO_FEW_WEEKS
from smartreco.workspace.vendor.views import VendorFilter
from tests.conftest import Cast
from tests.workspace.vendor_world import make, monday

WEEKS = 80
VIK = Principal("vik", "Vik", Role.VENDOR, vendor_id="v1")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = make(tmp_path_factory.mktemp("vendor") / "store.duckdb", WEEKS)
    yield opened
    opened.close()


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Workspace]:
    """Three weeks of data."""
    opened = make(tmp_path / "short.duckdb", 3)
    yield opened
    opened.close()


def test_the_headline_is_what_a_sheet_of_paper_says(world: Workspace) -> None:
    found = world.vendor_demand.headline(VIK, "v1")
    assert found.periods.now.first == monday(WEEKS - 26)
    assert (found.value.now, found.value.before) == (25 * 25.0 + 26 * 20.0, 26 * 20.0 + 26 * 8.0)
    assert (found.pieces.now, found.pieces.before) == (250 + 130, 260 + 104)
    assert (found.orders.now, found.orders.before) == (51, 52)
    assert (found.shops.now, found.shops.before, found.shops.last_year) == (2, 2, 2)
    assert found.price.now == pytest.approx(1145 / 380)
    assert found.value.change == pytest.approx(1145 / 728 - 1)
    assert len(found.value.weeks) == len(found.starts) == 26
    assert found.shops.weeks[-3:] == (1, 2, 2)
    assert found.orders.weeks[-3:] == (1, 2, 2)
    assert found.value.weeks[-3:] == (20.0, 45.0, 45.0)  # the cancelled hundred does not count
    assert not found.empty


def test_the_change_is_told_by_its_parts(world: Workspace) -> None:
    found = world.vendor_demand.movers(VIK, "v1")
    assert found.whole is not None
    assert dict(found.whole.parts) == {
        "volume": -10 * 2.0, "price": 250 * 0.5, "won": 0.0, "lost": -208.0,
        "launched": 520.0, "ended": 0.0,  # nobody ever bought p2 before
    }  # fmt: skip
    assert found.whole.change == fsum(found.whole.parts.values()) == 1145 - 728
    assert [(one.id, one.reason, one.change) for one in found.up] == [("p2", "launched", 520.0)]
    assert [(one.id, one.reason, one.change) for one in found.down] == [("p1", "lost", -103.0)]
    assert found.labels["p2"] == "Product 2"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("base", ["before", "last_year"])
def test_movers_of_the_demo_sum_to_the_change(
    shared_workspace: Workspace, cast: Cast, level: str, base: str
) -> None:
    demand, vendor = shared_workspace.vendor_demand, cast.vendor.vendor_id
    assert vendor is not None
    wanted = VendorFilter(since=shared_workspace.info().as_of - timedelta(weeks=8))  # type: ignore[union-attr,operator]
    found = demand.movers(cast.vendor, vendor, wanted, level, base, most=1000)
    if base == "last_year":  # nine months of data
        assert found.whole is None
        assert (found.up, found.down) == ((), ())
        return
    assert found.whole is not None
    moved = [*found.up, *found.down]
    assert moved
    assert fsum(one.change for one in moved) == pytest.approx(found.whole.change, abs=1e-6)
    for one in [found.whole, *moved]:
        assert fsum(one.parts.values()) == one.change
        assert one.change == pytest.approx(one.value - one.value_before, abs=1e-6)


def test_places_and_shops_sum_to_the_headline(world: Workspace) -> None:
    demand = world.vendor_demand
    found = demand.heat(VIK, "v1").rows.set_index(["region", "category"])
    assert found["value"].to_dict() == {
        ("North", "tea"): 625.0, ("South", "tin"): 520.0, ("unknown", "tea"): 0.0,
    }  # fmt: skip
    assert found.loc[("North", "tea"), "change"] == 105.0
    assert np.isnan(found.loc[("South", "tin"), "change_share"])  # of nothing
    goods = demand.heat_of_products(VIK, "v1").rows
    assert goods.set_index(["region", "product_id"])["value"].loc[("North", "p1")] == 625.0
    assert set(goods["name"]) == {"Product 1", "Product 2"}
    regions = demand.regions(VIK, "v1").rows
    assert regions["region"].tolist() == ["North", "South", "unknown"]
    assert regions["value_before"].tolist() == [520.0, 0.0, 208.0]
    cities = demand.cities(VIK, "v1").rows
    assert cities["city"].tolist() == ["Delhi", "Pune", "unknown"]
    assert cities["lat"].tolist() == [20.5] * 3
    shops = demand.shops(VIK, "v1").rows
    assert shops["name"].tolist() == ["Asha", "Bela", "Chand"]
    assert shops["buying"].tolist() == ["kept", "won", "lost"]
    assert demand.products(VIK, "v1").rows["shops"].tolist() == [1.0, 1.0]


def test_a_filter_leaves_what_it_names(world: Workspace) -> None:
    demand = world.vendor_demand

    def value(**wanted: object) -> float | None:
        return demand.headline(VIK, "v1", VendorFilter(**wanted)).value.now  # type: ignore[arg-type]

    assert (
        value(regions=("North",)) == value(cities=("Delhi",)) == value(segments=("kirana",)) == 625
    )
    assert value(regions=("North", "South")) == 1145
    assert value(categories=("tin",)) == value(products=("p2",)) == 520
    assert value(price_high=3.5) == 625  # list price 3.0
    assert value(price_low=3.5) == 520  # no list price: what was paid, 4.0
    assert value(regions=("unknown",)) == 0
    assert value(since=monday(WEEKS - 1)) == 25 + 20
    assert value(products=("p3",)) == 0  # another vendor's


def test_the_assortment_is_classed_and_losses_are_estimated(world: Workspace) -> None:
    found = world.vendor_demand.assortment(VIK, "v1")
    rows = found.rows.set_index("product_id")
    assert rows["abc"].to_dict() == {"p1": "A", "p2": "A"}  # p2 crosses the border
    assert rows["xyz"].tolist() == ["X", "X"]
    one = rows.loc["p1"]
    assert (one["out_weeks"], one["lost_pieces"], one["lost_value"]) == (1, 10.0, 25.0)
    assert one["cover_weeks"] == 6.0
    assert one["sell_through"] == pytest.approx(250 / 310)
    assert rows.loc["p2", ["on_hand", "lost_pieces", "cover_weeks"]].isna().all()
    assert found.stock_known
    assert found.history_known
    north = world.vendor_demand.assortment(VIK, "v1", VendorFilter(regions=("South",))).rows
    assert north.set_index("product_id").loc["p1", "cover_weeks"] == 6.0  # stock serves all shops


def test_a_view_is_forecast_and_its_weeks_are_all_there(world: Workspace) -> None:
    whole = world.vendor_demand.over_time(VIK, "v1")
    assert whole.line.reconciled
    assert len(whole.values) == WEEKS
    part = world.vendor_demand.over_time(VIK, "v1", VendorFilter(regions=("North",)))
    assert part.why is None
    assert not part.line.reconciled
    assert part.line.ahead["forecast"].to_numpy() == pytest.approx(10.0, rel=0.15)
    assert (part.line.ahead["q10"] <= part.line.ahead["q90"]).all()
    assert part.values["quantity"].sum() == 10 * (WEEKS - 1)
    empty = world.vendor_demand.over_time(VIK, "v1", VendorFilter(regions=("West",)))
    assert empty.why == (NOTHING_SOLD, {})
    assert empty.line.ahead.empty


def test_one_product_is_a_whole_assortment(world: Workspace) -> None:
    demand = world.vendor_demand
    assert demand.headline(OPERATOR, "v2").value.now == 3 * 6.0
    assert demand.headline(OPERATOR, "v2").value.change is None
    rows = demand.assortment(OPERATOR, "v2").rows
    assert rows["abc"].tolist() == ["A"]
    assert rows["xyz"].isna().all()  # three weeks are too few
    assert not demand.over_time(OPERATOR, "v2").line.ahead.empty


@pytest.mark.parametrize("vendor", ["v3", "v4"])
def test_a_vendor_with_nothing_gets_empty_tables(world: Workspace, vendor: str) -> None:
    demand = world.vendor_demand
    found = demand.headline(OPERATOR, vendor)
    assert found.empty
    assert (found.value.now, found.shops.now, found.price.now) == (0, 0, None)
    for table in (
        demand.heat, demand.heat_of_products, demand.regions, demand.cities, demand.shops,
        demand.products,
    ):  # fmt: skip
        assert table(OPERATOR, vendor).rows.empty
    assert demand.movers(OPERATOR, vendor).up == ()
    assert demand.over_time(OPERATOR, vendor).why == (NOTHING_SOLD, {})
    assert len(demand.assortment(OPERATOR, vendor).rows) == (vendor == "v3")
    assert demand.facets(OPERATOR, vendor).empty == (vendor == "v4")


def test_three_weeks_are_shown_and_neither_compared_nor_forecast(short: Workspace) -> None:
    demand = short.vendor_demand
    found = demand.headline(VIK, "v1")
    assert found.periods.before is None
    assert (found.value.change, found.shops.before) == (None, None)
    assert found.value.now == 2 * 25.0 + 3 * 20.0
    assert demand.movers(VIK, "v1").whole is None
    assert demand.shops(VIK, "v1").rows["buying"].isna().all()
    assert demand.over_time(VIK, "v1").why == (TOO_FEW_WEEKS, {"needed": 12, "weeks": 3})
    assert demand.assortment(VIK, "v1").rows["xyz"].isna().all()


def test_a_time_without_data_is_said_to_be_one(world: Workspace) -> None:
    with pytest.raises(NotEnoughDataError, match="known from"):
        world.vendor_demand.headline(VIK, "v1", VendorFilter(since=monday(WEEKS + 5)))


def test_facets_name_own_products_and_own_buyers_only(world: Workspace) -> None:
    found = world.vendor_demand.facets(VIK, "v1")
    assert [one.value for one in found.products] == ["p1", "p2"]
    assert {one.value: one.count for one in found.regions} == {"North": 1, "South": 1, "unknown": 1}
    assert (found.cities[0].value, found.cities[0].within) == ("Delhi", "North")
    assert (found.price_low, found.price_high) == (3.0, 4.0)
    assert found.last_week == monday(WEEKS - 1)
    assert [one.value for one in world.vendor_demand.facets(OPERATOR, "v2").cities] == ["Delhi"]


METHODS = ("facets", "headline", "heat", "heat_of_products", "regions", "cities", "shops",
           "products", "movers", "assortment", "over_time")  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_another_vendor_is_refused_whether_it_exists_or_not(world: Workspace, method: str) -> None:
    words = set()
    for vendor in ("v2", "no such vendor"):
        with pytest.raises(NotAllowedError) as caught:
            getattr(world.vendor_demand, method)(VIK, vendor)
        words.add(str(caught.value))
    assert len(words) == 1
    with pytest.raises(NotFoundError):
        getattr(world.vendor_demand, method)(OPERATOR, "no such vendor")


@pytest.mark.parametrize("method", METHODS)
def test_a_shop_sees_nothing_of_it(world: Workspace, cast: Cast, method: str) -> None:
    with pytest.raises(NotAllowedError, match="is for"):
        getattr(world.vendor_demand, method)(cast.retailer, "v1")


def test_new_orders_are_seen_at_once(tmp_path: Path) -> None:
    world = make(tmp_path / "own.duckdb", WEEKS)
    before = world.vendor_demand.headline(VIK, "v1").value.now
    assert before is not None

    def more(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute("UPDATE weekly_sales SET value = value + 1 WHERE product_key = 2")
        cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")

    world.store.write(more)
    assert world.vendor_demand.headline(VIK, "v1").value.now == before + 26
    world.close()


def test_a_level_or_base_that_is_none_is_refused(world: Workspace) -> None:
    with pytest.raises(InputError, match="movers are by"):
        world.vendor_demand.movers(VIK, "v1", level="planet")
    with pytest.raises(InputError, match="a change is since"):
        world.vendor_demand.movers(VIK, "v1", base="ever")


def test_the_demos_tables_agree_with_its_headline(shared_workspace: Workspace, cast: Cast) -> None:
    demand, vendor = shared_workspace.vendor_demand, cast.vendor.vendor_id
    assert vendor is not None
    wanted = VendorFilter(since=shared_workspace.info().as_of - timedelta(weeks=10))  # type: ignore[union-attr,operator]
    found = demand.headline(cast.vendor, vendor, wanted)
    for table in (
        demand.heat, demand.heat_of_products, demand.regions, demand.cities, demand.shops,
        demand.products,
    ):  # fmt: skip
        rows = table(cast.vendor, vendor, wanted).rows
        for time, total in (("", found.value.now), ("_before", found.value.before)):
            assert rows[f"value{time}"].sum() == pytest.approx(total)
    course = demand.over_time(cast.vendor, vendor, wanted).values
    assert isinstance(course, pd.DataFrame)
    assert course["value"].tail(found.periods.now.weeks).sum() == pytest.approx(found.value.now)
