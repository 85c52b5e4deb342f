"""Known prices move a forecast by what they moved demand before, where that ever served."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smartreco.forecast.coherent import Structure
from smartreco.forecast.forecaster import forecast
from smartreco.forecast.hierarchy import LINK_COLUMNS, sums
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.price_known import Prices
from smartreco.forecast.price_trial import NO_GAIN, NO_PRICES, STILL, judge
from smartreco.forecast.priced import coherent_at_prices, priced

PRODUCTS, WEEKS, AHEAD = 24, 90, 8


def market(seed: int, elasticity: float = -2.0) -> tuple[Panel, Prices]:
    """Products, two categories and the total; a fifth of all weeks is promoted."""
    rng = np.random.default_rng(seed)
    depth = np.where(rng.uniform(size=(PRODUCTS, WEEKS + AHEAD)) < 0.2, 0.2, 0.0)
    regular = np.log(10.0) + np.zeros_like(depth)
    regular[:, 40:] += 0.1 * rng.standard_normal((PRODUCTS, 1))
    paid = regular + np.log1p(-depth)
    mean = 40 * np.exp(elasticity * (paid - np.log(10.0)))
    sold = rng.poisson(mean[:, :WEEKS]).astype(float)
    half = PRODUCTS // 2
    values = np.concatenate([sold, [sold[:half].sum(0), sold[half:].sum(0), sold.sum(0)]])
    ids = np.array([f"p{at:02d}" for at in range(PRODUCTS)] + ["a", "b", "total"])
    levels = np.array([Level.PRODUCT.value] * PRODUCTS + [Level.CATEGORY.value] * 2 + ["total"])
    groups = np.array(["a"] * half + ["b"] * half + ["a", "b", "total"])
    starts = np.datetime64("2024-01-01") + 7 * np.arange(WEEKS)
    return Panel(values, ids, levels, groups, starts), Prices(regular, depth, AHEAD)


def structure(panel: Panel) -> Structure:
    products = panel.ids[:PRODUCTS]
    rows = [(Level.PRODUCT.value, one, Level.CATEGORY.value, group)
            for one, group in zip(products, panel.groups, strict=False)]  # fmt: skip
    rows += [(Level.PRODUCT.value, one, "total", "total") for one in products]
    catalogue = pd.DataFrame(
        {"product_id": products, "category": panel.groups[:PRODUCTS], "list_price": 10.0,
         "launched_on": pd.NaT, "first_week": pd.Timestamp("2024-01-01")}
    )  # fmt: skip
    return Structure(pd.DataFrame(rows, columns=list(LINK_COLUMNS)), catalogue)


def test_planned_promotions_are_foreseen_and_named() -> None:
    panel, prices = market(1)
    made = priced(panel, structure(panel), prices, AHEAD)
    promoted = prices.depth[:, WEEKS:] > 0
    products = made.parts.price[:PRODUCTS]
    usual = made.mean[:PRODUCTS] - products
    lifted = products[promoted] / usual[promoted]
    assert lifted.mean() == pytest.approx(0.8**-2.0 - 1, rel=0.25)
    assert np.abs(products[~promoted]).max() < 1e-9
    assert made.parts.total() == pytest.approx(made.mean, abs=1e-12)
    assert (np.diff(made.quantiles, axis=2) >= 0).all()
    assert (made.parts.price[PRODUCTS:] >= 0).all()
    assert (made.parts.price[PRODUCTS:].sum(axis=1) > 0).all()


def test_prices_serve_where_they_move_demand_and_levels_agree() -> None:
    panel, prices = market(2)
    verdict = judge(panel, prices, AHEAD)
    assert verdict.used
    assert verdict.saved is not None
    assert verdict.saved > 0.1
    made = coherent_at_prices(panel, structure(panel), prices, AHEAD)
    which = sums(panel.levels, panel.ids, structure(panel).links)
    assert which.gap(made.mean) < 1e-6
    assert made.parts.total() == pytest.approx(made.mean)
    assert np.abs(made.parts.price).max() > 1


def test_prices_that_do_nothing_are_left_out() -> None:
    panel, prices = market(3, elasticity=0.0)
    verdict = judge(panel, prices, AHEAD)
    assert not verdict.used
    assert verdict.why == NO_GAIN
    still = Prices(np.zeros_like(prices.regular), np.zeros_like(prices.depth))
    assert judge(panel, still, AHEAD).why == STILL
    assert judge(panel, None, AHEAD).why == NO_PRICES
    assert judge(panel.until(20), prices, AHEAD).why == STILL


def test_at_prices_that_never_moved_the_forecast_is_the_plain_one() -> None:
    panel, prices = market(4)
    still = Prices(np.zeros_like(prices.regular), np.zeros_like(prices.depth))
    made, plain = priced(panel, structure(panel), still, AHEAD), forecast(panel, AHEAD)
    assert made.mean == pytest.approx(plain.mean)
    assert not made.parts.price.any()


def test_nothing_later_is_known_but_what_is_planned() -> None:
    _, prices = market(5)
    known = prices.until(60, AHEAD)
    assert (known.regular[:, 60:] == prices.regular[:, [59]]).all()
    assert (known.depth[:, 60:] == prices.depth[:, 60 : 60 + AHEAD]).all()
    unplanned = replace(prices, planned=0).until(60, AHEAD)
    assert not unplanned.depth[:, 60:].any()
    assert not replace(prices, planned=3).until(60, AHEAD).depth[:, 63:].any()
    beyond = prices.until(WEEKS, AHEAD + 5)
    assert beyond.depth.shape == (PRODUCTS, WEEKS + AHEAD + 5)
    assert not beyond.depth[:, WEEKS + AHEAD :].any()
