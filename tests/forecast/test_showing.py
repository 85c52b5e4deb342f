"""One number for each reader, and what it is made of."""

from __future__ import annotations

import numpy as np

from smartreco.forecast.explaining import COLUMNS, explained
from smartreco.forecast.forecaster import forecast
from smartreco.forecast.point import shown
from tests.forecast.panels import panel_of, shops


def test_products_show_the_median_and_totals_the_mean() -> None:
    values = shops(np.random.default_rng(1), 2, 40)
    found = forecast(panel_of(values, ["total", "product"]), 3)
    assert (shown(found)[0] == found.mean[0]).all()
    assert (shown(found)[1] == found.quantiles[1, :, 2]).all()


def test_an_explanation_adds_up_exactly() -> None:
    found = forecast(panel_of(shops(np.random.default_rng(2), 5, 90)), 4)
    frame = explained(found)
    assert tuple(frame.columns) == COLUMNS
    total = frame["level"] + frame["trend"] + frame["season"] + frame["festival"] + frame["price"]
    assert (total == frame["forecast"]).all()
    assert len(frame) == 20
