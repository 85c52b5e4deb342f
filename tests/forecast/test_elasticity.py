"""Price response finds what is true, and says how sure it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.dataset.synthetic import SyntheticSettings, generate
from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.elasticity import (
    COLUMNS,
    ElasticitySettings,
    Why,
    elasticities,
    quick_response,
)
from smartreco.forecast.price_breaks import like_for_like
from smartreco.forecast.price_category import between_products, common
from smartreco.forecast.price_fit import Told
from smartreco.forecast.price_panel import price_panel

MONDAY = np.datetime64("2024-01-01")


def weekly(
    units: np.ndarray, price: np.ndarray, category: object = "rice", **more: np.ndarray
) -> pd.DataFrame:
    """Rows of products x weeks."""
    n, weeks = units.shape
    made = pd.DataFrame(
        {
            "product_id": np.repeat([f"p{at:03d}" for at in range(n)], weeks),
            "category": np.repeat(np.broadcast_to(np.asarray(category, dtype=object), n), weeks),
            "week": np.tile(MONDAY + 7 * np.arange(weeks), n),
            "units": units.ravel(),
            "price": price.ravel(),
        }
    )
    return made.assign(**{name: values.ravel() for name, values in more.items()})


def market(
    rng: np.random.Generator, true: np.ndarray, weeks: int = 104, mean: float = 60.0
) -> tuple[np.ndarray, np.ndarray]:
    """Poisson demand of products whose prices take steps."""
    steps = 0.1 * rng.standard_normal((len(true), weeks // 8 + 1))
    price = 10 * np.exp(np.repeat(steps, 8, axis=1)[:, :weeks])
    units = rng.poisson(mean * (price / 10) ** true[:, None]).astype(float)
    return units, price


def test_what_is_true_is_found_where_prices_tell_it() -> None:
    rng = np.random.default_rng(1)
    true = np.repeat([-0.5, -2.0], 15) + 0.2 * rng.standard_normal(30)
    found = elasticities(weekly(*market(rng, true), category=np.repeat(["tea", "salt"], 15)))
    assert tuple(found.columns) == COLUMNS
    assert np.abs(found["elasticity"] - true).mean() < 0.15
    inside = (found["low"] <= true) & (true <= found["high"])
    assert inside.mean() >= 0.75
    assert (found["high"] - found["low"]).mean() < 1.0
    assert (found["basis"] == "own").all()


def test_synthetic_truth_lies_in_the_interval_about_as_often_as_stated() -> None:
    inside = []
    for seed in (3, 4):
        made = generate(
            SyntheticSettings(retailers=60, products=120, vendors=8, months=24, seed=seed)
        )
        truth = made.truth
        weeks = truth.timeline.weeks
        rng = np.random.default_rng(seed)
        units = rng.poisson(truth.expected_demand(over="retailers")).astype(float)
        paid = (truth.list_price * (1 - truth.depth))[:, :weeks].astype(float)
        sold = units.sum(axis=1) > 0
        found = elasticities(
            weekly(
                np.where(truth.stock_outs[:, :weeks], 0.0, units)[sold],
                paid[sold],
                truth.products["category"].to_numpy()[sold],
                depth=truth.depth[:, :weeks][sold],
                stocked_out=truth.stock_outs[:, :weeks][sold],
            )
        )
        true = truth.elasticities.to_numpy()[sold]
        inside.append(((found["low"] <= true) & (true <= found["high"])).mean())
    assert 0.8 <= np.mean(inside) <= 0.98
    assert min(inside) >= 0.7


def test_a_price_that_hardly_moves_borrows_its_categorys_value() -> None:
    rng = np.random.default_rng(2)
    true = np.full(12, -1.5)
    units, price = market(rng, true)
    price[0], units[0] = 10.0, rng.poisson(60.0, units.shape[1])
    found = elasticities(weekly(units, price)).set_index("product_id")
    assert found.loc["p000", "basis"] == "category"
    assert found.loc["p000", "n_prices"] == 1
    assert found.loc["p000", "why"] == Why.FEW_PRICES
    assert (found["why"].iloc[1:] == Why.NONE).all()
    assert (found["basis"].iloc[1:] == "own").all()
    assert abs(found.loc["p000", "elasticity"] - found["elasticity"].iloc[1:].mean()) < 0.3
    widths = found["high"] - found["low"]
    assert widths.iloc[0] > widths.iloc[1:].mean()


def test_what_a_product_lacks_is_said() -> None:
    rng = np.random.default_rng(9)
    units, price = market(rng, np.full(8, -1.0))
    price[0] = 10 + 0.02 * (np.arange(price.shape[1]) // 20)
    units[1, :85] = 0.0
    why = elasticities(weekly(units, price))["why"].tolist()
    assert why[:3] == [Why.STILL, Why.FEW_WEEKS, Why.NONE]


def test_more_sales_make_a_narrower_interval() -> None:
    """Spread of sales is measured anew in every fit, also in one that begins near its end."""
    widths = []
    for mean in (10.0, 1000.0):
        found = elasticities(
            weekly(*market(np.random.default_rng(10), np.full(6, -1.0), 104, mean))
        )
        widths.append((found["high"] - found["low"]).mean())
    assert widths[0] > 4 * widths[1]


def test_doubt_about_promotions_is_doubt_about_prices() -> None:
    """Two slopes that weeks hardly tell apart leave the category's first slope unsure."""
    code, usable = np.zeros(40, dtype=int), np.ones(40, dtype=bool)
    apart, alike = (np.array([[4.0, x], [x, 4.0]]) for x in (0.0, 3.9))
    sure, unsure = (
        common(
            Told(np.tile(one, (40, 1, 1)), np.zeros((40, 2))), np.array([0.3, 0.05]), usable, code
        )
        for one in (apart, alike)
    )
    assert unsure.covariance[0, 0, 0] > 3 * sure.covariance[0, 0, 0]


def test_weeks_that_go_wrong_together_widen_the_intervals() -> None:
    rng = np.random.default_rng(11)
    true = np.full(20, -1.0)
    units, price = market(rng, true, mean=300.0)
    wave = np.repeat(0.25 * rng.standard_normal((20, 14)), 8, axis=1)[:, :104]
    calm, rough = (
        elasticities(weekly(np.round(units * np.exp(one)), price)) for one in (0 * wave, wave)
    )
    inside = (rough["low"] <= true) & (true <= rough["high"])
    assert inside.mean() >= 0.75
    assert (rough["high"] - rough["low"]).mean() > 2 * (calm["high"] - calm["low"]).mean()


def test_the_quick_answer_is_near_the_long_one() -> None:
    rng = np.random.default_rng(12)
    true = np.repeat([-0.5, -2.0], 15)
    frame = weekly(*market(rng, true), category=np.repeat(["tea", "salt"], 15))
    quick = quick_response(price_panel(frame))
    assert np.abs(quick.elasticity - elasticities(frame)["elasticity"]).mean() < 0.15
    assert quick.evidence == 30
    assert not quick.lift.any()


def test_weeks_without_stock_are_left_out() -> None:
    """Stock that runs out when the price is low would make the price look harmless."""
    rng = np.random.default_rng(3)
    true = np.full(10, -2.0)
    units, price = market(rng, true)
    out = (price < 9.3) & (rng.uniform(size=price.shape) < 0.6)
    censored = np.where(out, 0.0, units)
    blind = elasticities(weekly(censored, price))["elasticity"].mean()
    told = elasticities(weekly(censored, price, stocked_out=out))["elasticity"].mean()
    assert abs(told + 2.0) < 0.15
    assert blind > told + 0.5


def test_a_large_order_at_a_low_price_is_not_taken_for_price_response() -> None:
    """Quantity breaks: the list price never moves, only sizes of orders do."""
    rng = np.random.default_rng(4)
    rows = []
    for product in range(8):
        for week in range(80):
            base = 10.0 * (1.1 if (week // 13 + product) % 2 else 1.0)
            for band, pieces, factor in ((0, 10.0, 1.0), (8, 80.0, 0.8)):
                lines = rng.poisson(3.0 if band == 0 else 0.5)
                if lines:
                    rows.append((f"p{product}", "rice", "rice", MONDAY + 7 * week, band,
                                 pieces * lines, lines, base * factor))  # fmt: skip
    columns = ["product_id", "category", "subcategory", "week", "band", "units", "lines", "price"]
    frame = pd.DataFrame(rows, columns=columns)
    even = like_for_like(frame)
    assert sorted(even["price"].round(3).unique()) == [10.0, 11.0]
    mixed = frame.assign(paid=frame["price"] * frame["units"]).groupby(
        columns[:4], as_index=False)[["units", "paid"]].sum()  # fmt: skip
    mixed["price"] = mixed["paid"] / mixed["units"]
    assert elasticities(mixed)["elasticity"].mean() < -2.0
    assert abs(elasticities(even)["elasticity"].mean()) < 1.0


def test_the_cost_mends_prices_that_follow_expected_demand() -> None:
    rng = np.random.default_rng(5)
    n, weeks = 30, 156
    wave = 0.4 * rng.standard_normal((n, weeks))
    cost = np.cumsum(0.05 * rng.standard_normal((n, weeks)), axis=1)
    price = 10 * np.exp(0.8 * cost + 0.3 * wave + 0.02 * rng.standard_normal((n, weeks)))
    units = rng.poisson(80 * np.exp(-1.5 * np.log(price / 10) + wave)).astype(float)
    frame = weekly(
        units, price, np.array([f"c{at % 3}" for at in range(n)]), cost=10 * np.exp(cost)
    )
    plain = elasticities(frame)["elasticity"].mean()
    mended = elasticities(frame, ElasticitySettings(instrument=True))["elasticity"].mean()
    assert abs(mended + 1.5) < 0.15
    assert abs(plain + 1.5) > 2 * abs(mended + 1.5)


def test_a_cases_price_among_pieces_prices_is_passed_over() -> None:
    rng = np.random.default_rng(6)
    units, price = market(rng, np.full(6, -1.0))
    wrong = price.copy()
    wrong[:, 50] *= 24
    right, kept = elasticities(weekly(units, price)), elasticities(weekly(units, wrong))
    assert np.abs(right["elasticity"] - kept["elasticity"]).max() < 0.1


def test_a_frame_without_prices_or_rows_is_refused_in_words() -> None:
    rng = np.random.default_rng(7)
    frame = weekly(*market(rng, np.full(2, -1.0), weeks=30))
    with pytest.raises(InputError, match="price"):
        elasticities(frame.drop(columns="price"))
    with pytest.raises(InputError, match="above zero"):
        elasticities(frame.assign(price=0.0))
    with pytest.raises(NotEnoughDataError):
        elasticities(frame.iloc[:0])


def test_the_spread_between_products_is_found_where_it_can_be() -> None:
    rng = np.random.default_rng(8)
    code = np.repeat(np.arange(4), 100)
    for spread in (0.2, 0.8):
        values = code + spread * rng.standard_normal(400) + 0.2 * rng.standard_normal(400)
        assert np.sqrt(between_products(values, np.full(400, 0.04), code)) == pytest.approx(
            spread, rel=0.25
        )


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.floats(0.05, 50.0), n=st.integers(1, 5))
def test_currency_and_order_of_rows_do_not_matter(seed: int, factor: float, n: int) -> None:
    rng = np.random.default_rng(seed)
    frame = weekly(*market(rng, rng.uniform(-3, 0, n), weeks=40, mean=5.0))
    found = elasticities(frame)
    assert np.isfinite(found[["elasticity", "low", "high"]].to_numpy()).all()
    assert (found["low"] <= found["elasticity"]).all()
    assert (found["elasticity"] <= found["high"]).all()
    other = frame.assign(price=frame["price"] * factor).sample(frac=1.0, random_state=seed)
    again = elasticities(other)
    np.testing.assert_allclose(again["elasticity"], found["elasticity"], rtol=1e-3, atol=1e-3)


def test_prices_are_carried_over_weeks_without_a_sale() -> None:
    frame = pd.DataFrame(
        {
            "product_id": "a", "category": "x", "week": MONDAY + 7 * np.arange(5),
            "units": [0.0, 3.0, 0.0, 2.0, 0.0], "price": [np.nan, 10.0, np.nan, 12.0, np.nan],
            "depth": [0.0, 0.0, 0.2, 0.0, 0.0],
        }
    )  # fmt: skip
    panel = price_panel(frame)
    np.testing.assert_allclose(np.exp(panel.price[0]), [10, 10, 8, 12, 12])
    assert panel.counts[0].tolist() == [0, 1, 1, 1, 0]
    assert panel.n_prices.tolist() == [2]
