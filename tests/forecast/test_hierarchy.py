"""Sums hold after reconciling, and whoever was surer moved less."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smartreco.errors import InputError
from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.hierarchy import Sums, project, reconcile, sums
from smartreco.forecast.linking import groups, links
from smartreco.forecast.parts import Parts
from tests.drawing import drawn
from tests.forecast.panels import panel_of, shops

PRODUCTS = pd.DataFrame(
    {"product_id": ["a", "b", "c"], "category": ["x", "x", "y"], "vendor_id": ["v", "w", "w"]}
)
RETAILERS = pd.DataFrame({"retailer_id": ["r", "s"], "region": ["n", "n"]})
LEVELS = np.array(["total", "category", "category", "product", "product", "product",
                   "retailer", "retailer", "region"])  # fmt: skip
IDS = np.array(["total", "x", "y", "a", "b", "c", "r", "s", "n"])


def small() -> Sums:
    return sums(LEVELS, IDS, links(PRODUCTS, RETAILERS))


def test_each_whole_is_its_parts_of_one_level() -> None:
    right = np.array([10.0, 6, 4, 1, 5, 4, 7, 3, 10])[:, None]
    found = small()
    assert found.matrix.shape == (5, 9)  # x, y, total by products, total by shops, region
    assert found.gap(right) == 0
    for at in range(9):
        wrong = right.copy()
        wrong[at] += 1
        assert found.gap(wrong) == 1


def test_a_level_that_is_absent_makes_no_sum() -> None:
    rows = LEVELS != "retailer"
    found = sums(LEVELS[rows], IDS[rows], links(PRODUCTS, RETAILERS))
    assert found.matrix.shape == (3, 7)


def test_a_projection_by_hand() -> None:
    """12 = 4 + 5 is 3 off; a total as sure as its two parts together takes half of it."""
    two = sums(
        np.array(["total", "product", "product"]), np.array(["total", "a", "b"]),
        links(PRODUCTS, RETAILERS),
    )  # fmt: skip
    found = project(np.array([[12.0], [4.0], [5.0]]), np.array([2.0, 1.0, 1.0]), two)
    assert found[:, 0] == pytest.approx([10.5, 4.75, 5.75])
    sure = project(np.array([[12.0], [4.0], [5.0]]), np.array([0.0, 2.0, 1.0]), two)
    assert sure[:, 0] == pytest.approx([12, 6, 6])


def test_what_would_fall_below_zero_stays_at_zero() -> None:
    two = sums(
        np.array(["total", "product", "product"]), np.array(["total", "a", "b"]),
        links(PRODUCTS, RETAILERS),
    )  # fmt: skip
    found = project(np.array([[2.0], [1.0], [9.0]]), np.array([0.0, 5.0, 5.0]), two)
    assert found[:, 0] == pytest.approx([2, 0, 2])


@drawn(60)
@given(
    arrays(float, (9, 3), elements=st.floats(0, 1e6)),
    arrays(float, 9, elements=st.floats(1e-3, 1e6)),
)
def test_sums_agree_and_nothing_is_negative(values: np.ndarray, variance: np.ndarray) -> None:
    found = project(values, variance, small())
    assert (found >= 0).all()
    assert small().gap(found) <= 1e-6 * max(1.0, values.max() / 1e3)


def test_a_forecast_is_moved_with_its_bands_and_parts() -> None:
    rng = np.random.default_rng(2)
    a, b, c = shops(rng, 3, 60)
    r = a + b
    values = np.stack([a + b + c, a + b, c, a, b, c, r, c, a + b + c])
    panel = panel_of(values, list(LEVELS))
    each = forecast(panel, 4)
    renamed = type(each)(IDS, each.levels, each.starts, each.mean, each.quantiles, each.parts)
    found = reconcile(renamed, small())
    assert found.reconciled
    assert not each.reconciled
    assert small().gap(found.mean) < 1e-6
    assert found.parts.total() == pytest.approx(found.mean)
    assert (np.diff(found.quantiles, axis=2) >= 0).all()


def test_a_series_appears_once() -> None:
    with pytest.raises(InputError, match="twice"):
        sums(np.array(["total", "total"]), np.array(["t", "t"]), links(PRODUCTS, RETAILERS))


def test_products_share_with_their_category_and_shops_with_their_region() -> None:
    found = groups(LEVELS, IDS, PRODUCTS, RETAILERS)
    category = ["category x", "category y", "category x", "category x", "category y"]
    assert found.tolist() == ["total total", *category, "region n", "region n", "region n"]


def test_a_level_of_many_series_gives_way_to_a_level_of_few() -> None:
    """With equal bands, a hundred products move a hundred times as far as independent ones."""
    many = [f"p{at}" for at in range(100)]
    products = pd.DataFrame({"product_id": many, "category": "x", "vendor_id": "v"})
    levels_ = np.array(["total"] + ["product"] * 100)
    ids = np.array(["total", *many])
    mean = np.concatenate([[1100.0], np.full(100, 10.0)])[:, None]
    bands = mean[:, :, None] + np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    nothing = np.zeros_like(mean)
    parts = Parts(mean, nothing, nothing, nothing, nothing)
    starts = np.array(["2024-01-01"], dtype="datetime64[D]")
    made = Forecast(ids, levels_, starts, mean, bands, parts)
    found = reconcile(made, sums(levels_, ids, links(products, RETAILERS)))
    assert found.mean[0, 0] == pytest.approx(1100, abs=0.1)
    assert found.mean[1:, 0] == pytest.approx(11, abs=0.01)
