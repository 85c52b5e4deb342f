"""A vendor's reach against a sheet of paper, and what it must not tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.vendors.partition import FEWEST
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.reach_reading import Universe, read_universe
from smartreco.workspace.vendor.reach_views import WhiteSpace
from smartreco.workspace.vendor.views import VendorFilter
from tests.conftest import Cast
from tests.drawing import drawn
from tests.workspace import reach_world, vendor_world

VIK = Principal("vik", "Vik", Role.VENDOR, vendor_id="v1")
METHODS = ("headline", "by_place", "by_product", "white_space", "overlap", "cohorts")
FILTERS = [
    VendorFilter(regions=regions, categories=categories)
    for regions, categories in product([(), ("North",), ("South",)], [(), ("tea",)])
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = reach_world.make(tmp_path_factory.mktemp("reach") / "store.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Three shops: too few to tell anything of those that do not buy."""
    opened = vendor_world.make(tmp_path_factory.mktemp("small") / "store.duckdb")
    yield opened
    opened.close()


TEA = VendorFilter(categories=("tea",))


def test_distribution_is_what_a_sheet_of_paper_says(world: Workspace) -> None:
    found = world.vendor_reach.headline(VIK, "v1", TEA)
    assert (found.universe, found.left_out, found.shops.now) == (15, 0, 5)
    assert found.numeric.now == pytest.approx(5 / 15)
    assert found.weighted.now == pytest.approx((2 * 14 + 3 * 46) / (70 + 280))
    assert found.velocity.now == found.velocity_pieces.now == 10.0
    assert found.numeric.before == found.numeric.now
    assert len(found.numeric.weeks) == len(found.starts) == 26
    assert found.weighted.weeks == pytest.approx([166 / 350] * 26)
    assert found.velocity.weeks == pytest.approx([10.0] * 26)


def test_places_are_whole_cells(world: Workspace) -> None:
    rows = world.vendor_reach.by_place(VIK, "v1", TEA).rows.set_index("region")
    north, south = rows.loc["North"], rows.loc["South"]
    assert (north["universe"], north["shops"]) == (5, 2)
    assert north["weighted"] == pytest.approx(28 / 70)
    assert south["weighted"] == pytest.approx(138 / 280)
    assert south["category_value"] == pytest.approx(280 * 26)
    assert south["share"] == pytest.approx(30 / 280)
    assert north["change"] == 0.0
    by_city = world.vendor_reach.by_place(VIK, "v1", TEA, by="city").rows
    assert set(by_city["city"]) == {"Delhi", "Pune"}
    by_kind = world.vendor_reach.by_place(VIK, "v1", TEA, by="segment").rows
    assert by_kind["universe"].sum() == 15


def test_a_filter_takes_whole_cells(world: Workspace) -> None:
    found = world.vendor_reach.headline(VIK, "v1", VendorFilter(regions=("North",)))
    assert (found.universe, found.shops.now) == (5, 2)
    assert world.vendor_reach.headline(VIK, "v1", VendorFilter(regions=("West",))).universe == 0
    assert world.vendor_reach.by_place(VIK, "v1", VendorFilter(regions=("West",))).rows.empty


def test_a_product_that_nobody_buys_is_in_no_shop(world: Workspace) -> None:
    rows = world.vendor_reach.by_product(VIK, "v1").rows.set_index("product_id")
    assert list(rows.index) == ["p1", "p3"]
    assert rows.loc["p1", "weighted"] == pytest.approx(166 / 350)
    assert rows.loc["p3", ["shops", "numeric"]].tolist() == [0, 0]
    assert np.isnan(rows.loc["p3", "weighted"])  # nobody bought soap at all


def test_overlap_counts_shops_in_pools_of_five(world: Workspace) -> None:
    found = world.vendor_reach.overlap(VIK, "v1", TEA)
    tea = found.buyers.set_index("category").loc["tea"]
    assert tea[["mine_only", "both", "others_only", "nobody"]].tolist() == [0, 5, 10, 0]
    assert found.buyers_counted == 5
    oil = found.categories.set_index("category").loc["oil"]
    assert (oil["shops"], oil["share"], oil["share_all"]) == (3, 0.6, 0.2)
    north = world.vendor_reach.overlap(VIK, "v1", VendorFilter(regions=("North",)))
    assert north.buyers.set_index("category").loc["tea", "left_out"] == 5
    assert north.categories.empty
    assert north.buyers_counted == 0
    assert world.vendor_reach.overlap(VIK, "v1", product_id="p1").buyers["category"][0] == "tea"
    with pytest.raises(NotFoundError, match="one of yours"):
        world.vendor_reach.overlap(VIK, "v1", product_id="p2")


def test_cohorts_are_of_own_buyers_by_name(small: Workspace) -> None:
    found = small.vendor_reach.cohorts(VIK, "v1")
    first = found.kept[found.kept["cohort"] == "2024 Q4"]
    assert first["shops"].unique().tolist() == [2]
    assert first["since_start"].all()
    assert found.quarters.set_index("quarter").loc["2026 Q1", "new"] == 1  # Bela
    shops = found.shops.set_index("retailer_id")
    assert shops.loc["r2", "won"] == "2026 Q1"
    assert found.quarter == "2026 Q2"
    assert shops["state"].to_dict() == {"r1": "kept", "r2": "kept", "r3": "lost"}
    assert shops.loc["r1", "value"] > shops.loc["r3", "value"] > 0
    one = small.vendor_reach.cohorts(VIK, "v1", VendorFilter(regions=("South",)))
    assert one.shops["retailer_id"].tolist() == ["r2"]


def test_three_shops_tell_nothing_of_what_others_sell(small: Workspace) -> None:
    found = small.vendor_reach.headline(VIK, "v1")
    assert (found.universe, found.weighted.now) == (3, None)
    assert small.vendor_reach.by_product(VIK, "v1").rows["weighted"].isna().all()
    overlap = small.vendor_reach.overlap(VIK, "v1")
    assert (overlap.buyers["universe"] == 0).all()
    assert overlap.categories.empty
    assert small.vendor_reach.by_place(VIK, "v1").rows["category_value"].sum() == 0


@pytest.mark.parametrize("vendor", ["v3", "v4"])
def test_a_vendor_with_nothing_gets_empty_tables(small: Workspace, vendor: str) -> None:
    reach = small.vendor_reach
    assert reach.headline(OPERATOR, vendor).empty
    assert reach.headline(OPERATOR, vendor).velocity.now is None
    assert reach.cohorts(OPERATOR, vendor).shops.empty
    assert reach.overlap(OPERATOR, vendor).together.empty
    assert (reach.by_place(OPERATOR, vendor).rows["shops"] == 0).all()


def told(workspace: Workspace, wanted: VendorFilter) -> list[object]:
    """All figures of a view that rest on other shops."""
    reach = workspace.vendor_reach
    headline = reach.headline(OPERATOR, "v1", wanted)
    found: list[object] = [
        (one.now, one.before, one.last_year, one.weeks) for one in headline.figures
    ]
    frames = [reach.by_place(OPERATOR, "v1", wanted, by=by).rows for by in ("region", "segment")]
    frames += [reach.by_product(OPERATOR, "v1", wanted).rows]
    overlap = reach.overlap(OPERATOR, "v1", wanted)
    frames += [overlap.buyers, overlap.categories]
    return found + [frame.round(6).to_csv() for frame in frames]


def test_no_filter_tells_what_one_shop_buys_from_others(world: Workspace, tmp_path: Path) -> None:
    """Two shops of a size group change what they buy from others; no figure moves at all."""
    moved = reach_world.usual()
    moved["s4", "p2"] -= 4
    moved["s5", "p2"] += 4
    moved["n3", "p2"] -= 9
    moved["n1", "p2"] += 9
    other = reach_world.make(tmp_path / "other.duckdb", moved)
    for wanted in FILTERS:
        assert told(world, wanted) == told(other, wanted)
    other.close()


def test_the_check_above_sees_a_change_of_a_whole_group(world: Workspace, tmp_path: Path) -> None:
    moved = reach_world.usual()
    moved["s4", "p2"] += 4
    other = reach_world.make(tmp_path / "other.duckdb", moved)
    assert told(world, TEA) != told(other, TEA)
    other.close()


@pytest.fixture(scope="module")
def facets(shared_workspace: Workspace) -> dict[str, list[str]]:
    with shared_workspace.store.cursor() as cursor:
        shops = cursor.execute("SELECT region, city, segment FROM retailers").df()
    return {name: sorted(shops[name].dropna().unique().tolist()) for name in shops}


@pytest.fixture(scope="module")
def universe(shared_workspace: Workspace) -> Universe:
    with shared_workspace.store.cursor() as cursor:
        return read_universe(cursor)


@drawn(60)
@given(data=st.data())
def test_two_filters_differ_by_no_shop_or_by_five(
    universe: Universe, facets: dict[str, list[str]], data: st.DataObject
) -> None:
    """What two views have in common can be taken off: what is left is never a single shop."""

    def shown() -> np.ndarray:
        some = {name: st.lists(st.sampled_from(facets[name]), max_size=3) for name in facets}
        drawn = {name: tuple(data.draw(values)) for name, values in some.items()}
        return universe.shown(
            VendorFilter(
                regions=drawn["region"], cities=drawn["city"], segments=drawn["segment"]
            )
        )  # fmt: skip

    one, other = shown(), shown()
    for left in (one & ~other, other & ~one, one & other):
        assert left.sum() == 0 or left.sum() >= FEWEST
        inside = np.bincount(universe.group[left], minlength=universe.groups)
        whole = np.bincount(universe.group, minlength=universe.groups)
        assert ((inside == 0) | (inside == whole)).all()  # no size group is split


@pytest.mark.parametrize("method", METHODS)
def test_another_vendor_is_refused_whether_it_exists_or_not(world: Workspace, method: str) -> None:
    words = []
    for other in ("v2", "nobody"):
        with pytest.raises(NotAllowedError) as caught:
            getattr(world.vendor_reach, method)(VIK, other)
        words.append(str(caught.value))
    assert words[0] == words[1]
    with pytest.raises(NotFoundError):
        getattr(world.vendor_reach, method)(OPERATOR, "nobody")


@pytest.mark.parametrize("method", METHODS)
def test_a_shop_sees_nothing_of_it(world: Workspace, cast: Cast, method: str) -> None:
    with pytest.raises(NotAllowedError):
        getattr(world.vendor_reach, method)(cast.retailer, "v1")


def test_a_place_that_is_none_is_refused(world: Workspace) -> None:
    with pytest.raises(InputError, match="region, city, segment"):
        world.vendor_reach.by_place(VIK, "v1", by="street")


def test_a_page_waits_for_no_model(world: Workspace) -> None:
    found = world.vendor_reach.white_space(VIK, "v1")
    assert isinstance(found, WhiteSpace)
    assert found.why is not None
    assert found.rows.empty
    assert found.cells.empty
    assert found.total.expected == 0


def test_new_orders_are_seen_at_once(tmp_path: Path) -> None:
    opened = reach_world.make(tmp_path / "store.duckdb")
    before = opened.vendor_reach.headline(VIK, "v1", TEA)
    assert opened.vendor_reach.headline(VIK, "v1", TEA) is before

    def cancel(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute("UPDATE orders SET status = 'cancelled' WHERE retailer_key = 1")
        cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")

    opened.store.write(cancel)
    after = opened.vendor_reach.headline(VIK, "v1", TEA)
    assert (before.shops.now, after.shops.now) == (5, 4)
    assert after.weighted.now == pytest.approx((1 * 10 + 3 * 46) / (50 + 280))  # n1 of 5 is gone
    opened.close()


def test_the_demos_tables_agree_with_its_headline(shared_workspace: Workspace, cast: Cast) -> None:
    vendor = cast.vendor.vendor_id
    assert vendor is not None
    reach = shared_workspace.vendor_reach
    headline = reach.headline(cast.vendor, vendor)
    for by in ("region", "city", "segment"):
        rows = reach.by_place(cast.vendor, vendor, by=by).rows
        assert rows["universe"].sum() == headline.universe
        assert rows["shops"].sum() == headline.shops.now
        assert rows["weighted"].dropna().between(0, 1).all()
    total = reach.by_place(cast.vendor, vendor).rows
    assert headline.weighted.now == pytest.approx(
        (total["weighted"] * total["category_value"]).sum() / total["category_value"].sum()
    )
    products = reach.by_product(cast.vendor, vendor).rows
    demand = shared_workspace.vendor_demand.products(cast.vendor, vendor).rows
    merged = products.merge(demand, on="product_id", suffixes=("", "_demand"))
    assert (merged["shops"] <= merged["shops_demand"]).all()  # shops that closed are not counted
    assert isinstance(merged, pd.DataFrame)
    assert len(merged)
