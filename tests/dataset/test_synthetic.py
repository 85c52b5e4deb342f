"""Made-up data holds to the rules of clean data and looks like real wholesale."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from smartreco import columns as c
from smartreco.dataset.likeness import likeness
from smartreco.dataset.synthetic import SyntheticSettings, generate
from smartreco.dataset.world.places import REGIONS, cities
from smartreco.dataset.world.shelves import CATEGORIES
from smartreco.entities import Provenance
from smartreco.errors import InputError
from tests.dataset.worlds import SMALL, default_world, iowa_orders, small_world

FRAMES = ("orders", "products", "retailers", "vendors", "stock", "promotions", "calendar")


def test_the_same_seed_gives_the_same_data_and_another_seed_another() -> None:
    again, other = generate(SMALL), generate(SMALL, seed=99)
    for kind in FRAMES:
        pd.testing.assert_frame_equal(
            getattr(again.clean, kind), getattr(small_world().clean, kind), check_exact=True
        )
    assert not again.clean.orders.equals(other.clean.orders)
    assert again.clean.products[c.NAME].tolist() != other.clean.products[c.NAME].tolist()


def test_orders_hold_to_the_rules_of_clean_data() -> None:
    clean = default_world().clean
    orders = clean.orders
    assert orders.columns.tolist() == [
        c.ORDER_ID, c.LINE_ID, c.RETAILER_ID, c.PRODUCT_ID, c.ORDERED_AT, c.QUANTITY,
        c.UNIT_PRICE, c.STATUS,
    ]  # fmt: skip
    assert orders[c.ORDERED_AT].dtype == "datetime64[us]"
    assert orders[c.QUANTITY].dtype == "int64"
    assert (orders[c.QUANTITY] > 0).all()
    assert (orders[c.UNIT_PRICE] > 0).all()
    assert not orders.duplicated([c.ORDER_ID, c.LINE_ID]).any()
    assert orders.groupby(c.ORDER_ID)[c.RETAILER_ID].nunique().max() == 1
    assert orders[c.PRODUCT_ID].isin(clean.products[c.PRODUCT_ID]).all()
    assert orders[c.RETAILER_ID].isin(clean.retailers[c.RETAILER_ID]).all()
    assert clean.products["vendor_id"].isin(clean.vendors[c.VENDOR_ID]).all()
    assert not orders.isna().any(axis=None)


def test_the_default_is_three_hundred_shops_and_about_two_hundred_thousand_lines() -> None:
    clean = default_world().clean
    assert (len(clean.retailers), len(clean.products), len(clean.vendors)) == (300, 600, 24)
    assert 180_000 < len(clean.orders) < 220_000
    assert clean.info.lines == len(clean.orders)
    assert clean.info.provenance is Provenance.DEMO
    assert (clean.info.currency, clean.info.locale) == ("INR", "en_IN")


def test_orders_lie_between_the_start_and_the_first_unknown_day() -> None:
    moments = default_world().clean.orders[c.ORDERED_AT]
    assert moments.max() < pd.Timestamp(2026, 10, 12)
    assert moments.min() >= pd.Timestamp(2024, 10, 14)
    # The end lies shortly before Diwali, which the calendar knows.
    calendar = default_world().clean.calendar
    assert calendar is not None
    diwali = calendar.loc[calendar[c.FESTIVAL] == "Diwali", c.DAY].dt.date.tolist()
    assert diwali == [date(2024, 10, 31), date(2025, 10, 20), date(2026, 11, 8), date(2027, 10, 29)]


def test_it_looks_like_the_real_sample_within_a_fifth() -> None:
    ratios = likeness(default_world().clean.orders).ratios(likeness(iowa_orders()))
    assert set(ratios) == {"basket_mean", "basket_median", "repeat_share", "concentration"}
    for name, ratio in ratios.items():
        assert 0.8 <= ratio <= 1.2, (name, ratio)


def test_the_five_categories_hold_several_subcategories_each() -> None:
    products = default_world().clean.products
    assert set(products[c.CATEGORY]) == set(CATEGORIES)
    assert products.groupby(c.CATEGORY)[c.SUBCATEGORY].nunique().min() >= 9


def test_names_are_told_apart_and_free_of_gaps() -> None:
    clean = default_world().clean
    for frame in (clean.products, clean.retailers, clean.vendors):
        assert frame[c.NAME].is_unique
        assert not frame[c.NAME].str.contains(r"  |\{|\}|^ | $", regex=True).any()
    assert all(re.fullmatch(r".+, \S.*", name) for name in clean.products[c.NAME])


def test_shops_lie_in_their_city_and_cities_in_india() -> None:
    known = cities()
    assert set(known[c.REGION]) == set(REGIONS)
    assert known[c.LAT].between(8, 35).all()
    assert known[c.LON].between(68, 97.5).all()
    placed = default_world().clean.retailers.merge(known, on=c.CITY, suffixes=("", "_city"))
    assert len(placed) == 300
    assert (placed[c.REGION] == placed["region_city"]).all()
    away = np.hypot(placed[c.LAT] - placed["lat_city"], placed[c.LON] - placed["lon_city"])
    assert away.max() < 0.05


def test_prices_leave_a_margin_and_orders_follow_them() -> None:
    clean = default_world().clean
    products = clean.products.set_index(c.PRODUCT_ID)
    assert (products[c.UNIT_COST] < products[c.LIST_PRICE]).all()
    listed = clean.orders[c.PRODUCT_ID].map(products[c.LIST_PRICE])
    ratio = clean.orders[c.UNIT_PRICE] / listed
    assert ratio.median() == pytest.approx(1, abs=0.05)
    assert ratio.between(0.4, 1.7).all()


def test_quantities_are_mostly_whole_cases_and_large_ones_cheaper() -> None:
    world = default_world()
    case = world.clean.products.set_index(c.PRODUCT_ID)[c.CASE_SIZE]
    cases = world.clean.orders[c.QUANTITY] / world.clean.orders[c.PRODUCT_ID].map(case)
    assert 0.6 < (cases % 1 == 0).mean() < 0.95
    orders = world.clean.orders.assign(large=cases >= 10, week=_weeks(world.clean.orders))
    per = orders.pivot_table(c.UNIT_PRICE, [c.PRODUCT_ID, "week"], "large").dropna()
    assert (per[True] < per[False]).all()


def _weeks(orders: pd.DataFrame) -> pd.Series:
    return (orders[c.ORDERED_AT] - pd.Timestamp(2024, 10, 14)).dt.days // 7


def test_each_shop_keeps_its_weekday_and_its_rhythm() -> None:
    world = default_world()
    orders = world.clean.orders.drop_duplicates(c.ORDER_ID)
    usual = world.truth.retailers.set_index(c.RETAILER_ID)
    day = orders[c.ORDERED_AT].dt.day_of_week
    assert (day == orders[c.RETAILER_ID].map(usual["weekday"])).mean() > 0.9
    counts = orders.groupby(c.RETAILER_ID).size()
    always = usual[(usual["join_week"] < 0) & (usual["exit_week"] > 104)]
    weekly = counts[always.index[always["interval"] == 1]].median()
    monthly = counts[always.index[always["interval"] == 4]].median()
    assert weekly > 85
    assert 20 < monthly < 32


def test_only_the_last_days_are_on_their_way() -> None:
    orders = default_world().clean.orders
    age = (pd.Timestamp(2026, 10, 12) - orders[c.ORDERED_AT].dt.normalize()).dt.days
    assert set(orders.loc[age > 5, c.STATUS]) == {"delivered"}
    assert set(orders.loc[age <= 5, c.STATUS]) == {"confirmed", "placed"}


def test_what_a_shop_holds_it_has_bought_and_what_is_on_order_it_has_ordered() -> None:
    clean = default_world().clean
    assert clean.stock is not None
    keys = [c.RETAILER_ID, c.PRODUCT_ID]
    arrived = clean.orders[c.STATUS] == "delivered"
    came = clean.orders[arrived].groupby(keys)[c.QUANTITY].sum()
    coming = clean.orders[~arrived].groupby(keys)[c.QUANTITY].sum()
    held = clean.stock[clean.stock[c.HOLDER_KIND] == "retailer"]
    held = held.set_index(pd.MultiIndex.from_frame(held[[c.HOLDER_ID, c.PRODUCT_ID]], names=keys))
    assert len(held) > 5000
    assert (held[c.ON_HAND] <= came.reindex(held.index)).all()
    assert (held[c.ON_ORDER] == coming.reindex(held.index).fillna(0)).all()


def test_a_vendor_holds_nothing_exactly_of_what_is_out_of_stock_or_off_the_market() -> None:
    world = default_world()
    stock = world.clean.stock
    assert stock is not None
    latest = (stock[c.HOLDER_KIND] == "vendor") & (stock[c.AT] == stock[c.AT].max())
    held = stock[latest].set_index(c.PRODUCT_ID)[c.ON_HAND]
    last = world.truth.timeline.weeks - 1
    there = world.truth.in_stock[:, last] & (world.truth.on_sale[:, last] > 0)
    assert ((held.loc[world.truth.products[c.PRODUCT_ID]] > 0).to_numpy() == there).all()
    assert 0 < (held == 0).sum() < 60


def test_every_past_stock_out_of_a_vendor_is_written_down_and_nothing_else() -> None:
    world = default_world()
    stock, truth = world.clean.stock, world.truth
    assert stock is not None
    past = stock[stock[c.AT] < stock[c.AT].max()]
    assert set(past[c.HOLDER_KIND]) == {"vendor"}
    assert (past[[c.ON_HAND, c.ON_ORDER]] == 0).all(axis=None)
    week = (past[c.AT] - pd.Timestamp(truth.timeline.start)).dt.days // 7
    product = pd.Index(truth.products[c.PRODUCT_ID]).get_indexer(past[c.PRODUCT_ID])
    written = np.zeros_like(truth.stock_outs)
    written[product, week] = True
    assert (written[:, : truth.timeline.weeks - 1]
            == truth.stock_outs[:, : truth.timeline.weeks - 1]).all()  # fmt: skip
    assert written.sum() == len(past) > 500


def test_products_are_launched_and_shops_join_within_the_window() -> None:
    world = default_world()
    first = world.clean.orders.groupby(c.PRODUCT_ID)[c.ORDERED_AT].min()
    launched = world.clean.products.set_index(c.PRODUCT_ID)[c.LAUNCHED_ON].loc[first.index]
    assert (first >= launched).all()
    assert (launched > pd.Timestamp(2024, 10, 14)).sum() > 20
    joined = world.clean.orders.groupby(c.RETAILER_ID)[c.ORDERED_AT].min()
    assert (joined > pd.Timestamp(2025, 1, 31)).sum() > 15
    assert not world.clean.products[c.ACTIVE].all()


@pytest.mark.parametrize(
    "settings",
    [
        SyntheticSettings(retailers=5, products=8, vendors=3, months=2),
        SyntheticSettings(retailers=1, products=1, vendors=1, months=1),
        SyntheticSettings(retailers=9, products=12, vendors=60, months=3, end=date(2025, 3, 6)),
    ],
)
def test_small_worlds_work_too(settings: SyntheticSettings) -> None:
    data = generate(settings)
    assert len(data.clean.products) == settings.products
    assert len(data.clean.retailers) == settings.retailers
    assert data.clean.stock is not None
    assert data.clean.orders[c.ORDERED_AT].dtype == "datetime64[us]"
    if len(data.clean.orders):
        assert data.clean.orders[c.ORDERED_AT].max() < pd.Timestamp(settings.end)


def test_a_catalogue_beyond_all_combinations_still_tells_products_apart() -> None:
    from smartreco.dataset.world.plan import Plan
    from smartreco.dataset.world.products import make_products

    names = make_products(Plan.of(SyntheticSettings(products=12_000), 1))[c.NAME]
    assert names.is_unique


def test_progress_rises_to_one_and_says_what_it_does() -> None:
    told: list[tuple[float, str]] = []
    tiny = SyntheticSettings(retailers=5, products=8, vendors=3, months=2)
    generate(tiny, progress=lambda fraction, doing: told.append((fraction, doing)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert all(doing for _, doing in told)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"retailers": 0}, "retailers is at least 1"),
        ({"months": 200}, "between 2019 and 2029"),
        ({"end": date(2035, 1, 1)}, "between 2019 and 2029"),
        ({"horizon_weeks": -1}, "horizon_weeks is at least 0"),
    ],
)
def test_impossible_settings_are_refused_in_one_sentence(
    wrong: dict[str, object], rule: str
) -> None:
    with pytest.raises(InputError, match=rule):
        SyntheticSettings(**wrong)  # type: ignore[arg-type]
