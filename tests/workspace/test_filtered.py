"""A filtered view forecasts its own series, within what the account may see."""

from __future__ import annotations

import pytest

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotEnoughDataError
from smartreco.forecast.panel import Level
from smartreco.workspace import Workspace
from smartreco.workspace.filtered import DemandFilter
from tests.conftest import Cast

HORIZON = 3


def test_without_filters_it_is_all_that_was_sold_and_says_it_agrees_with_nothing(
    shared_workspace: Workspace, cast: Cast
) -> None:
    view = shared_workspace.forecasts.filtered(cast.analyst, horizon=HORIZON)
    total = shared_workspace.forecasts.past(cast.analyst, Level.TOTAL)
    assert view.past["sold"].to_numpy() == pytest.approx(total["sold"].to_numpy())
    assert (view.past["demand"] >= view.past["sold"] - 1e-9).all()
    assert view.forecast.mean.shape == (1, HORIZON)
    assert not view.forecast.reconciled
    assert view.forecast.parts.total() == pytest.approx(view.forecast.mean)


def test_all_levels_lack_the_same_where_a_vendor_had_none(workspace: Workspace, cast: Cast) -> None:
    def empty(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute(
            "INSERT INTO stock_levels SELECT 'vendor', 1, product_key, week, 0, 0 FROM ("
            " SELECT product_key, max(week) - 14 AS week FROM weekly_sales GROUP BY ALL LIMIT 9)"
            " ON CONFLICT DO NOTHING"
        )

    workspace.store.write(empty)
    past = {
        level: workspace.forecasts.past(cast.analyst, level).groupby("period_start")["demand"].sum()
        for level in Level
        if level is not Level.RETAILER_PRODUCT
    }
    sold = workspace.forecasts.past(cast.analyst, Level.TOTAL)["sold"].to_numpy()
    assert (past[Level.TOTAL].to_numpy() > sold + 0.5).any()
    for demand in past.values():
        assert demand.to_numpy() == pytest.approx(past[Level.TOTAL].to_numpy())


def test_filters_on_shops_and_products_hold_together(
    shared_workspace: Workspace, cast: Cast
) -> None:
    ask = shared_workspace.forecasts
    with shared_workspace.store.cursor() as cursor:
        region, category, pieces = cursor.execute(
            "SELECT r.region, p.category, sum(w.quantity) FROM weekly_sales w"
            " JOIN retailers r USING (retailer_key) JOIN products p USING (product_key)"
            " GROUP BY ALL ORDER BY 3 DESC LIMIT 1"
        ).fetchall()[0]
    view = ask.filtered(
        cast.admin, DemandFilter(regions=(region,), categories=(category,)), horizon=HORIZON
    )
    whole = ask.filtered(cast.admin, DemandFilter(regions=(region,)), horizon=HORIZON)
    assert 0.7 * float(pieces) <= view.past["sold"].sum() <= float(pieces)
    assert view.past["sold"].sum() < whole.past["sold"].sum()
    assert view.products < whole.products
    with pytest.raises(NotEnoughDataError, match="filters"):
        ask.filtered(cast.admin, DemandFilter(cities=("nowhere",)), horizon=HORIZON)


def test_a_shop_sees_itself_only(shared_workspace: Workspace, cast: Cast) -> None:
    ask = shared_workspace.forecasts
    own = ask.past(cast.retailer, Level.RETAILER)["sold"].to_numpy()
    shop = cast.retailer.retailer_id
    assert shop is not None
    for wanted in (None, DemandFilter(retailers=(shop,))):
        view = ask.filtered(cast.retailer, wanted, horizon=HORIZON)
        assert view.past["sold"].to_numpy() == pytest.approx(own)
    assert cast.other.retailer_id is not None
    for wanted in (
        DemandFilter(retailers=(cast.other.retailer_id,)),
        DemandFilter(retailers=(shop, cast.other.retailer_id)),
        DemandFilter(regions=("North",)), DemandFilter(segments=("x",)),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            ask.filtered(cast.retailer, wanted, horizon=HORIZON)


def test_a_vendor_sees_his_products_by_region_at_the_finest(
    shared_workspace: Workspace, cast: Cast
) -> None:
    ask = shared_workspace.forecasts
    own = ask.past(cast.vendor, Level.VENDOR)["sold"].to_numpy()
    view = ask.filtered(cast.vendor, horizon=HORIZON)
    assert view.past["sold"].to_numpy() == pytest.approx(own)
    alien = ask.forecast(cast.analyst, Level.PRODUCT, horizon=HORIZON).ids
    mine = set(ask.forecast(cast.vendor, Level.PRODUCT, horizon=HORIZON).ids)
    other = next(one for one in alien if one not in mine)
    with pytest.raises(NotEnoughDataError):
        ask.filtered(cast.vendor, DemandFilter(products=(str(other),)), horizon=HORIZON)
    for wanted in (
        DemandFilter(vendors=("another",)), DemandFilter(cities=("x",)),
        DemandFilter(segments=("x",)), DemandFilter(retailers=("x",)),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            ask.filtered(cast.vendor, wanted, horizon=HORIZON)


def test_a_region_of_few_shops_is_not_shown_to_a_vendor(workspace: Workspace, cast: Cast) -> None:
    def thin(cursor) -> None:  # type: ignore[no-untyped-def]
        some = "(SELECT retailer_key FROM retailers ORDER BY retailer_key LIMIT 4)"
        cursor.execute(f"UPDATE retailers SET region = 'Thin' WHERE retailer_key IN {some}")

    workspace.store.write(thin)
    wanted = DemandFilter(regions=("Thin",))
    with pytest.raises(NotAllowedError, match="5 shops"):
        workspace.forecasts.filtered(cast.vendor, wanted, horizon=HORIZON)
    assert workspace.forecasts.filtered(cast.analyst, wanted, horizon=HORIZON).products


def test_wrong_questions_are_refused(shared_workspace: Workspace, cast: Cast) -> None:
    with pytest.raises(InputError, match="1 to 104"):
        shared_workspace.forecasts.filtered(cast.analyst, horizon=0)
    with pytest.raises(InputError, match="at most"):
        DemandFilter(products=("x",) * 10_001)
    nobody = Principal("eve", "Eve", Role.VENDOR, vendor_id="nobody")
    with pytest.raises(NotEnoughDataError):
        shared_workspace.forecasts.filtered(nobody, horizon=HORIZON)
