"""Single series through the workspace: they agree with the forecasts, and stay their owner's."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from smartreco.errors import NotAllowedError, NotEnoughDataError, NotFoundError
from smartreco.forecast.panel import Level
from smartreco.forecast.parts import PARTS
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.series_lines import AHEAD_WEEKS
from tests.conftest import Cast


def shop_of(cast: Cast) -> str:
    assert cast.retailer.retailer_id is not None
    return cast.retailer.retailer_id


def test_a_shops_products_and_categories_add_up_to_the_shop(
    shared_workspace: Workspace, cast: Cast
) -> None:
    series, shop = shared_workspace.series, shop_of(cast)
    whole = series.shop_line(cast.retailer, shop)
    past = shared_workspace.forecasts.past(cast.retailer, Level.RETAILER_PRODUCT)
    names = shared_workspace.models.current.catalogue.products.set_index("product_id")["category"]
    categories = sorted({names[one.split("/")[1]] for one in past["id"]})
    lines = [series.shop_line(cast.retailer, shop, category=one) for one in categories]
    for column, part in (("sold", "past"), ("forecast", "ahead")):
        added = sum(getattr(line, part)[column].to_numpy() for line in lines)
        np.testing.assert_allclose(added, getattr(whole, part)[column].to_numpy(), atol=1e-6)
    one = past["id"].iloc[0].split("/")[1]
    line = series.shop_line(cast.retailer, shop, product_id=one)
    own = past[past["id"] == f"{shop}/{one}"]["sold"].to_numpy()
    np.testing.assert_array_equal(line.past["sold"].to_numpy(), own)


def test_parts_add_up_to_the_forecast(shared_workspace: Workspace, cast: Cast) -> None:
    line = shared_workspace.series.shop_line(cast.retailer, shop_of(cast)).weeks(4)
    sums = line.sums()
    assert len(line.ahead) == 4
    assert sum(sums[name] for name in PARTS) == pytest.approx(sums["forecast"])
    assert sums["forecast"] == pytest.approx(line.ahead["forecast"].sum())


def test_a_line_is_the_forecast_that_everybody_sees(
    shared_workspace: Workspace, cast: Cast
) -> None:
    series, forecasts = shared_workspace.series, shared_workspace.forecasts
    for level in (Level.TOTAL, Level.CATEGORY, Level.PRODUCT):
        one = series.choices(cast.analyst, level)[0]
        line = series.line(cast.analyst, level, one.id)
        made = forecasts.forecast(cast.analyst, level, [one.id], horizon=AHEAD_WEEKS)
        np.testing.assert_allclose(line.ahead["forecast"], made.mean[0])
        assert line.past["sold"].sum() == pytest.approx(one.pieces)
        assert line.median == (level is Level.PRODUCT)
        assert len(line.festivals)


def test_choices_begin_with_the_largest_and_have_names(
    shared_workspace: Workspace, cast: Cast
) -> None:
    for level in (Level.PRODUCT, Level.RETAILER, Level.VENDOR, Level.REGION):
        found = shared_workspace.series.choices(cast.analyst, level)
        pieces = [one.pieces for one in found]
        assert pieces == sorted(pieces, reverse=True)
        assert all(one.name for one in found)
    with pytest.raises(NotFoundError):
        shared_workspace.series.choices(cast.analyst, Level.RETAILER_PRODUCT)


def test_anothers_series_are_refused(shared_workspace: Workspace, cast: Cast) -> None:
    series, theirs = shared_workspace.series, cast.other.retailer_id
    assert theirs is not None
    product = series.choices(cast.analyst, Level.PRODUCT)[0].id
    attempts = [
        lambda: series.shop_line(cast.retailer, theirs),
        lambda: series.line(cast.retailer, Level.RETAILER, theirs),
        lambda: series.line(cast.retailer, Level.RETAILER_PRODUCT, f"{theirs}/{product}"),
        lambda: series.line(cast.retailer, Level.PRODUCT, product),
        lambda: series.line(cast.vendor, Level.RETAILER, theirs),
    ]
    series.shop_line(cast.other, theirs)  # what is kept for its owner is not given to others
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()


def test_a_shop_sees_nothing_that_it_never_ordered(shared_workspace: Workspace, cast: Cast) -> None:
    for scope in ({"category": "no such"}, {"product_id": "no such"}):
        with pytest.raises(NotFoundError, match="has ordered"):
            shared_workspace.series.shop_line(cast.retailer, shop_of(cast), **scope)


def test_a_study_holds_weeks_out_and_is_made_once(workspace: Workspace, cast: Cast) -> None:
    told: list[float] = []
    found = workspace.series.study(cast.analyst, Level.TOTAL, "total", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert found.study.held_out
    assert found.study.origins[-1] == len(found.weeks) - 8
    told.clear()
    again = workspace.series.study(cast.product_manager, Level.TOTAL, "total", told.append)
    assert again is found
    assert told == []


def test_a_shop_does_not_wait_for_a_study(workspace: Workspace, cast: Cast) -> None:
    inside, go = threading.Event(), threading.Event()

    def tell(share: float) -> None:
        inside.set()
        go.wait(60)

    with ThreadPoolExecutor(2) as pool:
        study = pool.submit(workspace.series.study, cast.analyst, Level.TOTAL, "total", tell)
        try:
            assert inside.wait(60)
            line = pool.submit(workspace.series.shop_line, cast.retailer, shop_of(cast))
            assert len(line.result(30).past)
            assert not study.done()
        finally:
            go.set()
        assert study.result(60).study.held_out


def test_a_study_of_nearly_nothing_says_so(shared_workspace: Workspace, cast: Cast) -> None:
    thin = shared_workspace.series.choices(cast.analyst, Level.PRODUCT)[-1]
    with pytest.raises(NotEnoughDataError, match="with sales"):
        shared_workspace.series.study(cast.analyst, Level.PRODUCT, thin.id)


def test_a_stock_out_of_the_vendor_is_marked_and_filled(workspace: Workspace, cast: Cast) -> None:
    shop, series = shop_of(cast), workspace.series
    whole = workspace.forecasts.past(cast.retailer, Level.RETAILER_PRODUCT)
    sold = whole.groupby("id")["sold"].sum().sort_values()
    product = sold.index[-1].split("/")[1]
    week = whole["period_start"].sort_values().unique()[-3]

    def put(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute(
            'INSERT INTO stock_levels (holder_kind, holder_key, product_key, "at", on_hand, '
            "on_order) SELECT 'vendor', vendor_key, product_key, ?, 0, 0 FROM products "
            "WHERE product_id = ?",
            [week.date(), product],
        )

    workspace.store.write(put)
    line = series.shop_line(cast.retailer, shop, product_id=product)
    marked = line.past[line.past["missing"]]
    assert week in set(marked["period_start"])
    assert (line.past["demand"] >= line.past["sold"]).all()


def test_a_line_is_not_made_anew_for_an_order_of_the_running_week(
    workspace: Workspace, cast: Cast
) -> None:
    series, shop = workspace.series, shop_of(cast)
    made = series.shop_line(cast.retailer, shop)
    with workspace.store.cursor() as cursor:
        last = cursor.execute("SELECT max(ordered_on) FROM order_lines").fetchone()
    assert last is not None
    assert last[0].weekday() not in (5, 6)  # a day later is still of the same week

    def a_day_later(cursor: Cursor) -> None:
        cursor.execute(
            "UPDATE order_lines SET ordered_on = ordered_on + 1 WHERE ordered_on = ?", [last[0]]
        )

    workspace.store.write(a_day_later)
    assert series.shop_line(cast.retailer, shop) is made
