"""Several series as one: the sum of their means, with bands around it."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.forecast.forecaster import forecast
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.parts import PARTS
from smartreco.forecast.pooled import together


def panel(values: np.ndarray) -> Panel:
    n, weeks = values.shape
    starts = np.datetime64("2025-01-06") + 7 * np.arange(weeks)
    level = np.repeat(Level.PRODUCT.value, n)
    return Panel(values, np.arange(n).astype(str), level, level, starts)


def test_means_and_parts_add_up_and_bands_hold_the_mean() -> None:
    values = np.random.default_rng(4).poisson(20, (3, 70)).astype(float)
    members = forecast(panel(values), 5)
    own = forecast(panel(values.sum(axis=0, keepdims=True)), 5)
    made = together(own, members)
    np.testing.assert_allclose(made.mean[0], members.mean.sum(axis=0))
    for name in PARTS:
        assert getattr(made.parts, name).sum() == pytest.approx(getattr(members.parts, name).sum())
    np.testing.assert_allclose(made.parts.total(), made.mean)
    assert (np.diff(made.quantiles, axis=2) >= 0).all()
    # a sum is surer than its parts: quantiles of parts added up would be wider
    wide = (members.quantiles[:, :, 3] - members.quantiles[:, :, 1]).sum(axis=0).mean()
    assert (made.quantiles[0, :, 3] - made.quantiles[0, :, 1]).mean() < wide
