"""Forecasts through the workspace: who sees what, and that all levels say the same."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotEnoughDataError, NotFoundError
from smartreco.forecast.panel import Level
from smartreco.workspace import Workspace
from smartreco.workspace.made_forecasts import KEPT, Freq
from tests.conftest import Cast

HORIZON = 3
TOGETHER = [level for level in Level if level is not Level.RETAILER_PRODUCT]


@pytest.mark.parametrize("freq", Freq)
def test_every_level_says_the_same(shared_workspace: Workspace, cast: Cast, freq: Freq) -> None:
    forecasts = shared_workspace.forecasts
    total = forecasts.forecast(cast.analyst, Level.TOTAL, horizon=HORIZON, freq=freq).mean[0]
    for level in Level:
        found = forecasts.forecast(cast.analyst, level, horizon=HORIZON, freq=freq)
        assert found.reconciled
        assert np.abs(found.mean.sum(axis=0) - total).max() < 1e-6
        assert (found.quantiles >= 0).all()
        assert (np.diff(found.quantiles, axis=2) >= 0).all()


def test_a_shops_products_sum_to_the_shop(shared_workspace: Workspace, cast: Cast) -> None:
    forecasts = shared_workspace.forecasts
    shop = forecasts.forecast(cast.retailer, Level.RETAILER, horizon=HORIZON)
    pairs = forecasts.forecast(cast.retailer, Level.RETAILER_PRODUCT, horizon=HORIZON)
    assert shop.ids.tolist() == [cast.retailer.retailer_id]
    assert all(one.startswith(f"{cast.retailer.retailer_id}/") for one in pairs.ids)
    assert np.abs(pairs.mean.sum(axis=0) - shop.mean[0]).max() < 1e-6


def test_a_vendor_sees_himself_and_his_products(shared_workspace: Workspace, cast: Cast) -> None:
    forecasts = shared_workspace.forecasts
    himself = forecasts.forecast(cast.vendor, Level.VENDOR, horizon=HORIZON)
    products = forecasts.forecast(cast.vendor, Level.PRODUCT, horizon=HORIZON)
    assert himself.ids.tolist() == [cast.vendor.vendor_id]
    assert np.abs(products.mean.sum(axis=0) - himself.mean[0]).max() < 1e-6
    catalogue = shared_workspace.models.current.catalogue.products.set_index("product_id")
    assert set(catalogue.loc[products.ids, "vendor_id"]) == {cast.vendor.vendor_id}


@pytest.mark.parametrize("role", [Role.RETAILER, Role.VENDOR])
def test_other_levels_are_refused(shared_workspace: Workspace, cast: Cast, role: Role) -> None:
    own = {
        Role.RETAILER: {Level.RETAILER, Level.RETAILER_PRODUCT},
        Role.VENDOR: {Level.VENDOR, Level.PRODUCT},
    }[role]
    for level in set(Level) - own:
        with pytest.raises(NotAllowedError, match="sees forecasts by"):
            shared_workspace.forecasts.forecast(cast.of(role), level, horizon=HORIZON)
        with pytest.raises(NotAllowedError, match="sees forecasts by"):
            shared_workspace.forecasts.explain(cast.of(role), level, horizon=HORIZON)


def test_anothers_series_are_refused_in_the_same_words_as_none(
    shared_workspace: Workspace, cast: Cast
) -> None:
    forecasts = shared_workspace.forecasts
    words = set()
    for one in (cast.other.retailer_id, "no such shop"):
        assert one is not None
        for level, name in ((Level.RETAILER, one), (Level.RETAILER_PRODUCT, f"{one}/x")):
            with pytest.raises(NotAllowedError) as caught:
                forecasts.forecast(cast.retailer, level, [name], horizon=HORIZON)
            words.add(str(caught.value))
    assert len(words) == 1
    alien = Principal("eve", "Eve", Role.VENDOR, vendor_id="nobody")
    product = forecasts.forecast(cast.vendor, Level.PRODUCT, horizon=HORIZON).ids[0]
    with pytest.raises(NotAllowedError, match="own series"):
        forecasts.forecast(alien, Level.PRODUCT, [product], horizon=HORIZON)


def test_an_id_that_begins_anothers_opens_nothing(shared_workspace: Workspace, cast: Cast) -> None:
    assert cast.retailer.retailer_id is not None
    short = Principal("eve", "Eve", Role.RETAILER, retailer_id=cast.retailer.retailer_id[:-1])
    with pytest.raises(NotEnoughDataError):
        shared_workspace.forecasts.forecast(short, Level.RETAILER_PRODUCT, horizon=HORIZON)


def test_ids_come_back_in_the_order_asked(shared_workspace: Workspace, cast: Cast) -> None:
    forecasts = shared_workspace.forecasts
    ids = forecasts.forecast(cast.admin, Level.PRODUCT, horizon=HORIZON).ids[[4, 1]].tolist()
    found = forecasts.forecast(cast.admin, Level.PRODUCT, ids, horizon=HORIZON)
    assert found.ids.tolist() == ids


def test_a_day_in_the_past_knows_nothing_later(workspace: Workspace, cast: Cast) -> None:
    info = workspace.info()
    assert info is not None
    assert info.as_of is not None
    day = info.as_of - timedelta(days=60)
    ask = {"horizon": HORIZON, "as_of": day}
    levels = (Level.PRODUCT, Level.RETAILER_PRODUCT)
    before = [workspace.forecasts.forecast(cast.admin, level, **ask) for level in levels]  # type: ignore[arg-type]
    days = workspace.forecasts.forecast(cast.admin, Level.TOTAL, freq=Freq.DAY, **ask)  # type: ignore[arg-type]

    def forget(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute("DELETE FROM order_lines WHERE ordered_on >= ?", [day])
        cursor.execute("DELETE FROM weekly_sales WHERE week >= date_trunc('week', ?::DATE)", [day])
        cursor.execute('DELETE FROM stock_levels WHERE "at" >= ?', [day])
        cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")

    workspace.store.write(forget)
    for level, was in zip(levels, before, strict=True):
        ask["as_of"] = None  # type: ignore[assignment]
        with workspace.store.cursor() as cursor:
            last = cursor.execute("SELECT max(ordered_on) FROM order_lines").fetchone()
        assert last is not None
        assert last[0] < day
        now = workspace.forecasts.forecast(cast.admin, level, horizon=HORIZON)
        if now.starts[0] == was.starts[0]:
            assert now.ids.tolist() == was.ids.tolist()
            assert now.mean == pytest.approx(was.mean)
            assert now.quantiles == pytest.approx(was.quantiles)
        else:
            pytest.fail("the last days before the cut hold no orders: choose another day")
    assert str(days.starts[0]) == str(day)


def test_the_past_shows_what_an_empty_shelf_held_back(workspace: Workspace, cast: Cast) -> None:
    forecasts = workspace.forecasts
    before = forecasts.past(cast.vendor, Level.PRODUCT)
    sold = before[before["sold"] > 0].groupby("id")["sold"].mean()
    product = str(sold.idxmax())
    week = before["period_start"].max()

    def empty(cursor) -> None:  # type: ignore[no-untyped-def]
        key = "(SELECT product_key FROM products WHERE product_id = ?)"
        cursor.execute(f"DELETE FROM weekly_sales WHERE week = ? AND product_key = {key}",
                       [week, product])  # fmt: skip
        cursor.execute(f"INSERT INTO stock_levels VALUES ('vendor', 1, {key}, ?, 0, 0)",
                       [product, week])  # fmt: skip

    workspace.store.write(empty)
    frame = forecasts.past(cast.vendor, Level.PRODUCT, [product])
    last = frame.iloc[-1]
    assert last["missing"]
    assert last["sold"] == 0
    assert last["demand"] == pytest.approx(frame["sold"].iloc[-9:-1].mean())
    with pytest.raises(NotAllowedError):
        forecasts.past(cast.vendor, Level.TOTAL)


def test_parts_add_up(shared_workspace: Workspace, cast: Cast) -> None:
    frame = shared_workspace.forecasts.explain(cast.vendor, Level.PRODUCT, horizon=HORIZON)
    total = frame["level"] + frame["trend"] + frame["season"] + frame["festival"] + frame["price"]
    assert (total == frame["forecast"]).all()
    shown = shared_workspace.forecasts.forecast(cast.vendor, Level.PRODUCT, horizon=HORIZON)
    assert frame["forecast"].to_numpy() == pytest.approx(shown.mean.ravel())


@pytest.mark.parametrize(
    ("level", "least"),
    [
        (Level.TOTAL, 0.5),
        (Level.RETAILER, 0.9),
        (Level.PRODUCT, 0.85),
        (Level.RETAILER_PRODUCT, 0.9),
    ],
)
def test_a_backtest_stands_beside_its_peers(
    shared_workspace: Workspace, cast: Cast, level: Level, least: float
) -> None:
    found = shared_workspace.forecasts.backtest(cast.analyst, level, horizon=3, origins=6)
    ours = found.of(level.value)
    peers = [one for one in found.scores if one.method != ours.method]
    assert {one.level for one in found.scores} == {level.value}
    assert len(found.origins) == 6
    assert least < ours.covered_95 < 1
    assert ours.rmsse < max(one.rmsse for one in peers)


def test_wrong_questions_are_refused(shared_workspace: Workspace, cast: Cast) -> None:
    ask = shared_workspace.forecasts
    info = shared_workspace.info()
    assert info is not None
    assert info.as_of is not None
    with pytest.raises(InputError, match="1 to 104 weeks"):
        ask.forecast(cast.admin, Level.TOTAL, horizon=105)
    with pytest.raises(InputError, match="orders are known until"):
        ask.forecast(cast.admin, Level.TOTAL, horizon=2, as_of=info.as_of + timedelta(days=1))
    with pytest.raises(NotFoundError, match="id of a product"):
        ask.forecast(cast.admin, Level.PRODUCT, ["nothing"], horizon=2)
    with pytest.raises(NotEnoughDataError, match="12 full weeks"):
        ask.forecast(cast.admin, Level.TOTAL, horizon=2, as_of=info.as_of - timedelta(days=240))
    with pytest.raises(NotEnoughDataError, match="before its first origin"):
        ask.backtest(cast.admin, Level.TOTAL, horizon=8, origins=20)
    with pytest.raises(InputError, match="origins"):
        ask.backtest(cast.admin, Level.TOTAL, horizon=0, origins=1)


def test_what_was_made_ahead_is_not_made_again(workspace: Workspace, cast: Cast) -> None:
    workspace.forecasts.warm(13)
    made = dict(workspace.forecasts._made.held)
    shop = str(cast.retailer.retailer_id)
    workspace.forecasts.forecast(cast.analyst, Level.RETAILER, [shop], horizon=13)
    workspace.forecasts.forecast(cast.analyst, Level.RETAILER_PRODUCT, None, horizon=13)
    assert workspace.forecasts._made.held == made
    assert {key[-1] for key in made} == {False, True}


def test_only_the_latest_few_forecasts_are_kept(workspace: Workspace, cast: Cast) -> None:
    for horizon in range(1, KEPT + 3):
        workspace.forecasts.forecast(cast.analyst, Level.TOTAL, horizon=horizon)
    assert [key[3] for key in workspace.forecasts._made.held] == list(range(3, KEPT + 3))


def test_all_days_of_a_week_share_one_weekly_forecast(workspace: Workspace, cast: Cast) -> None:
    info = workspace.info()
    assert info is not None
    assert info.as_of is not None
    monday = info.as_of - timedelta(days=info.as_of.weekday())
    for days in range(3):
        workspace.forecasts.forecast(
            cast.analyst, Level.TOTAL, horizon=2, as_of=monday - timedelta(days=7 - days)
        )
    assert len(workspace.forecasts._made.held) == 1
