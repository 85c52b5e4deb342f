"""Moving one lever moves what it touches and leaves every other draw as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco import columns as c
from smartreco.dataset.synthetic import (
    INTERVENTIONS,
    DemandShock,
    Exit,
    FestivalShift,
    InStock,
    Intervention,
    Launch,
    NewRetailers,
    OutOfStock,
    PriceChange,
    Promotion,
    SyntheticData,
    generate,
)
from smartreco.dataset.world.shelves import CATEGORIES
from smartreco.errors import InputError
from tests.dataset.worlds import SMALL, small_world

FROM, TO = date(2026, 5, 4), date(2026, 7, 26)
KEY = [c.ORDER_ID, c.LINE_ID]


def changed(*interventions: Intervention) -> SyntheticData:
    return generate(SMALL, interventions)


def differing(other: SyntheticData) -> pd.DataFrame:
    """Lines that are not in both worlds, or not the same in both."""
    both = pd.concat([small_world().clean.orders, other.clean.orders])
    return both.drop_duplicates(keep=False)


def category_of(lines: pd.DataFrame, world: SyntheticData) -> pd.Series:
    return lines[c.PRODUCT_ID].map(world.clean.products.set_index(c.PRODUCT_ID)[c.CATEGORY])


def test_no_intervention_is_the_same_data() -> None:
    pd.testing.assert_frame_equal(changed().clean.orders, small_world().clean.orders)


@settings(max_examples=6, deadline=None)
@given(
    category=st.sampled_from(CATEGORIES),
    factor=st.floats(0.5, 2.0).filter(lambda value: abs(value - 1) > 0.05),
    start=st.integers(0, 20),
)
def test_a_price_moves_only_its_products_and_only_in_its_weeks(
    category: str, factor: float, start: int
) -> None:
    first = date(2026, 2, 2) + pd.Timedelta(weeks=start)
    last = first + pd.Timedelta(days=8 * 7 - 1)
    other = changed(PriceChange(category=category, factor=factor, starts=first, ends=last))
    moved = differing(other)
    assert set(category_of(moved, other)) <= {category}
    assert moved[c.ORDERED_AT].dt.date.between(first, last).all()
    assert not small_world().clean.orders.equals(other.clean.orders)


def test_a_price_moves_expected_demand_by_its_elasticity_exactly() -> None:
    other = changed(PriceChange(factor=1.2, starts=FROM, ends=TO))
    weeks = np.flatnonzero(other.truth.timeline.covering(FROM, TO))
    before = small_world().truth.expected_demand(weeks=weeks, over="retailers")
    after = other.truth.expected_demand(weeks=weeks, over="retailers")
    sold = before > 0
    expected = np.broadcast_to(1.2 ** other.truth.elasticities.to_numpy()[:, None], before.shape)
    np.testing.assert_allclose(after[sold] / before[sold], expected[sold], rtol=1e-4)


def test_a_dearer_product_sells_less_and_at_the_higher_price() -> None:
    other = changed(PriceChange(factor=1.5, starts=FROM, ends=TO))
    when = (pd.Timestamp(FROM), pd.Timestamp(TO))
    here, there = (
        world.clean.orders[world.clean.orders[c.ORDERED_AT].between(*when)]
        for world in (small_world(), other)
    )
    assert there[c.QUANTITY].sum() < 0.8 * here[c.QUANTITY].sum()
    assert set(there[c.ORDER_ID]) <= set(here[c.ORDER_ID])
    same = here.merge(there, on=KEY)
    ratio = same["unit_price_y"] / same["unit_price_x"]
    assert ratio.median() == pytest.approx(1.5, rel=0.02)


def test_a_promotion_is_in_the_list_of_promotions_and_sells_more() -> None:
    other = changed(Promotion(depth=0.4, starts=FROM, ends=TO, category="FMCG"))
    listed = other.clean.promotions
    assert listed is not None
    deep = listed[listed[c.DEPTH] == 0.4]
    ours = other.clean.products[c.CATEGORY] == "FMCG"
    assert set(deep[c.PRODUCT_ID]) == set(other.clean.products.loc[ours, c.PRODUCT_ID])
    assert (deep[c.STARTS_ON].dt.date == FROM).all()
    assert (deep[c.ENDS_ON].dt.date == TO).all()
    extra = other.clean.orders[c.QUANTITY].sum() - small_world().clean.orders[c.QUANTITY].sum()
    assert extra > 0


def test_out_of_stock_censors_orders_but_not_the_expected_demand() -> None:
    vendor = small_world().clean.vendors[c.VENDOR_ID].iloc[0]
    other = changed(OutOfStock(vendor=vendor, starts=FROM, ends=TO))
    its = other.clean.products.loc[other.clean.products["vendor_id"] == vendor, c.PRODUCT_ID]
    inside = other.clean.orders[c.ORDERED_AT].between(pd.Timestamp(FROM), pd.Timestamp(TO))
    assert not other.clean.orders[inside & other.clean.orders[c.PRODUCT_ID].isin(its)].size
    assert set(differing(other)[c.PRODUCT_ID]) <= set(its)
    here, there = small_world().truth, other.truth
    np.testing.assert_array_equal(
        here.expected_demand(over="retailers"), there.expected_demand(over="retailers")
    )
    assert there.expected_demand(censored=True).sum() < here.expected_demand(censored=True).sum()


def test_with_vendors_always_in_stock_nothing_is_censored() -> None:
    other = changed(InStock(starts=date(2025, 1, 1), ends=date(2027, 6, 1)))
    assert not other.truth.stock_outs.any()
    here = small_world().clean.orders
    assert here.merge(other.clean.orders, on=list(here.columns)).shape[0] == len(here)
    assert len(other.clean.orders) > len(here)


def test_a_product_taken_off_is_ordered_no_more_and_inactive() -> None:
    sales = small_world().clean.orders[c.PRODUCT_ID].value_counts()
    product = str(sales.index[0])
    other = changed(Exit(products=(product,), on=FROM))
    late = other.clean.orders[other.clean.orders[c.ORDERED_AT] >= pd.Timestamp(FROM)]
    assert product not in set(late[c.PRODUCT_ID])
    assert set(differing(other)[c.PRODUCT_ID]) == {product}
    assert not other.clean.products.set_index(c.PRODUCT_ID)[c.ACTIVE][product]


def test_a_launch_adds_one_product_and_takes_nothing_from_the_others() -> None:
    launch = Launch(
        subcategory="Tea & coffee", on=FROM, name="Chaikhana Masala Tea, 250 g", appeal=2.0,
        list_price=99.0, case_size=24,
    )  # fmt: skip
    other = changed(launch)
    new = other.clean.products.iloc[-1]
    assert (new[c.NAME], new[c.CASE_SIZE], new[c.CATEGORY]) == (launch.name, 24, "FMCG")
    moved = differing(other)
    assert set(moved[c.PRODUCT_ID]) == {new[c.PRODUCT_ID]}
    assert moved[c.ORDERED_AT].min() >= pd.Timestamp(FROM)


def test_new_shops_come_to_their_region_and_leave_the_others_alone() -> None:
    other = changed(NewRetailers(count=5, region="East", on=FROM, segment="Pharmacy"))
    new = other.clean.retailers.iloc[-5:]
    assert set(new[c.REGION]) == {"East"}
    assert set(new[c.SEGMENT]) == {"Pharmacy"}
    moved = differing(other)
    assert set(moved[c.RETAILER_ID]) <= set(new[c.RETAILER_ID])
    assert moved[c.ORDERED_AT].min() >= pd.Timestamp(FROM)
    assert len(moved)


def test_a_festival_on_another_day_takes_its_demand_along() -> None:
    other = changed(FestivalShift(festival="Holi", days=28, year=2026))
    calendar = other.clean.calendar
    assert calendar is not None
    assert date(2026, 4, 1) in calendar.loc[calendar[c.FESTIVAL] == "Holi", c.DAY].dt.date.tolist()
    here, there = (
        world.truth.expected_demand(over="products").sum(axis=0) for world in (small_world(), other)
    )
    march, late = (
        small_world().truth.timeline.week_of(date(2026, m, d)) for m, d in ((2, 18), (3, 20))
    )
    assert there[march] < here[march]
    assert there[late] > here[late]
    assert (other.truth.list_price == small_world().truth.list_price).all()


def test_a_shock_scales_one_region_and_category() -> None:
    other = changed(DemandShock(factor=2.0, region="South", category="FMCG", starts=FROM, ends=TO))
    moved = differing(other)
    region = moved[c.RETAILER_ID].map(other.clean.retailers.set_index(c.RETAILER_ID)[c.REGION])
    assert set(region) == {"South"}
    assert set(category_of(moved, other)) == {"FMCG"}


def test_a_larger_world_begins_with_the_smaller_one() -> None:
    more_shops = generate(replace(SMALL, retailers=55)).clean
    here = small_world().clean
    pd.testing.assert_frame_equal(more_shops.retailers.iloc[:40], here.retailers)
    pd.testing.assert_frame_equal(more_shops.products, here.products)
    old = more_shops.orders[more_shops.orders[c.RETAILER_ID].isin(here.retailers[c.RETAILER_ID])]
    pd.testing.assert_frame_equal(old.reset_index(drop=True), here.orders)
    more_products = generate(replace(SMALL, products=110)).clean
    pd.testing.assert_frame_equal(more_products.products.iloc[:80], here.products)
    pd.testing.assert_frame_equal(more_products.retailers, here.retailers)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (PriceChange(factor=2.0, starts=FROM, products=("P9999",)), "P9999"),
        (PriceChange(factor=0.0, starts=FROM), "above 0"),
        (Promotion(depth=1.5, starts=FROM, ends=TO), "between 0 and 1"),
        (Launch(subcategory="Cars", on=FROM), "Cars"),
        (NewRetailers(count=2, region="Atlantis", on=FROM), "Atlantis"),
        (NewRetailers(count=0, region="East", on=FROM), "above 0"),
        (NewRetailers(count=1, region="East", on=FROM, segment="Zoo"), "Zoo"),
        (FestivalShift(festival="Easter", days=1), "Easter"),
        (DemandShock(factor=2.0, starts=FROM, region="Mars"), "Mars"),
        (Exit(vendor="V99", on=FROM), "V99"),
        (OutOfStock(category="Cars", starts=FROM, ends=TO), "Cars"),
    ],
)
def test_what_does_not_exist_is_refused_in_one_sentence(wrong: Intervention, words: str) -> None:
    with pytest.raises(InputError, match=words):
        changed(wrong)


def test_every_kind_of_intervention_is_registered() -> None:
    kinds = {
        PriceChange, Promotion, OutOfStock, InStock, Exit, Launch, NewRetailers, FestivalShift,
        DemandShock,
    }  # fmt: skip
    assert set(INTERVENTIONS.values()) == kinds
