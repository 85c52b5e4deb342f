"""Pairs of shop and product add up to both, and none is negative."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.pairs import Margins, agree, forecast_in_blocks, rake
from tests.forecast.panels import panel_of, shops


def named(made: Forecast, ids: list[str], mean: np.ndarray) -> Forecast:
    return replace(made.moved_to(mean, reconciled=True), ids=np.array(ids))


def test_raking_by_hand() -> None:
    """Independent margins from a table of ones: row sum x column sum / total."""
    margins = Margins(
        np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]),
        np.array([[6.0], [4.0]]), np.array([[5.0], [5.0]]),
    )  # fmt: skip
    assert rake(np.ones((4, 1)), margins)[:, 0] == pytest.approx([3, 3, 2, 2])


@settings(max_examples=40, deadline=None)
@given(
    arrays(float, (3, 2), elements=st.floats(0.0, 1e3)),
    arrays(float, (2, 2), elements=st.floats(0.1, 1e3)),
)
def test_pairs_sum_to_shops_and_to_products(shop: np.ndarray, item: np.ndarray) -> None:
    """Even where the pairs that were cannot hold what both levels say."""
    item = item * (shop.sum(axis=0) / item.sum(axis=0))
    made = forecast(panel_of(shops(np.random.default_rng(4), 3, 40)), 2)
    pairs = named(made, ["s/1/tea", "s2/tea", "s3/dal"], made.mean)  # the first shop is "s/1"
    by_shop = named(made, ["s/1", "s2", "s3"], shop)
    by_item = named(made.take(np.array([0, 1])), ["tea", "dal"], item)
    found = agree(pairs, by_shop, by_item, np.ones(3))
    for ids, wanted, place in ((by_shop.ids, shop, 0), (by_item.ids, item, 1)):
        of = np.array([one.rsplit("/", 1)[place] for one in found.ids])
        got = np.stack([found.mean[of == one].sum(axis=0) for one in ids])
        assert np.abs(got - wanted).max() < 1e-6
    assert (found.mean >= 0).all()
    assert len(set(found.ids)) == len(found.ids)
    assert found.parts.total() == pytest.approx(found.mean)
    assert len(found.quantiles) == len(found.ids)


def test_room_goes_to_known_pairs_where_there_are_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartreco.forecast.pairs.MOST_ROUNDS", 1)
    made = forecast(panel_of(shops(np.random.default_rng(4), 4, 40)), 1)
    pairs = named(made, ["a/x", "a/y", "b/x", "b/y"], np.array([[1.0], [9], [8], [2]]))
    by_shop = named(made.take(np.array([0, 1])), ["a", "b"], np.array([[20.0], [4.0]]))
    by_item = named(made.take(np.array([0, 1])), ["x", "y"], np.array([[19.0], [5.0]]))
    found = agree(pairs, by_shop, by_item, np.ones(4))
    assert found.ids.tolist() == pairs.ids.tolist()
    mean = found.mean[:, 0].reshape(2, 2)
    assert mean.sum(axis=1) == pytest.approx([20, 4])
    assert mean.sum(axis=0) == pytest.approx([19, 5])


def test_blocks_are_forecast_as_panels_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartreco.forecast.pairs.BLOCK", 10)
    panel = panel_of(shops(np.random.default_rng(5), 20, 40))
    found = forecast_in_blocks(panel, 3)
    first = forecast(panel.take(np.arange(10)), 3)
    assert (found.mean[:10] == first.mean).all()
    assert (found.quantiles[:10] == first.quantiles).all()
    assert found.ids.tolist() == panel.ids.tolist()
