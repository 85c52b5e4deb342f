"""What vendors ran out of in the past reaches forecasts as missing, and pages as the latest."""

from __future__ import annotations

from smartreco.forecast.panel import Level
from smartreco.workspace import Workspace
from tests.conftest import Cast


def test_weeks_without_stock_are_missing_to_the_forecaster(
    shared_workspace: Workspace, cast: Cast
) -> None:
    past = shared_workspace.forecasts.past(cast.analyst, Level.PRODUCT)
    assert 0.002 < past["missing"].mean() < 0.08
    gone = past[past["missing"]]
    assert (gone["demand"] >= gone["sold"]).all()
    assert gone["sold"].sum() < 0.2 * gone["demand"].sum()


def test_cards_show_the_latest_stock(shared_workspace: Workspace) -> None:
    catalogue = shared_workspace.models.current.catalogue
    with shared_workspace.store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT product_id, on_hand FROM stock_levels s JOIN products USING (product_key) "
            'WHERE holder_kind = \'vendor\' AND "at" = (SELECT max("at") FROM stock_levels)'
        ).fetchall()
        days = cursor.execute(
            "SELECT count(DISTINCT \"at\") FROM stock_levels WHERE holder_kind = 'vendor'"
        ).fetchone()
    assert days is not None
    assert days[0] > 5
    assert len(rows) == len(catalogue.products)
    for product_id, on_hand in rows:
        assert catalogue.product(product_id).on_hand == on_hand
