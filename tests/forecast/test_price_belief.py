"""Beliefs to draw from are those that intervals show, with what products share kept shared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit

from smartreco.forecast.elasticity import elasticities
from smartreco.forecast.price_belief import price_belief


def weeks(promoted: bool, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    n, T = 12, 90
    log = np.cumsum(0.05 * (rng.random((n, T)) < 0.08) * rng.normal(size=(n, T)), axis=1) * 3
    depth = np.where(rng.random((n, T)) < 0.08 * promoted, 0.15, 0.0)
    price = 50 * np.exp(log) * (1 - depth)
    units = rng.poisson(40 * (price / 50) ** -1.5 * np.where(depth > 0, 1.2, 1.0))
    return pd.DataFrame(
        {
            "product_id": np.repeat([f"P{row:02d}" for row in range(n)], T),
            "category": np.repeat(["a", "b"], n // 2 * T),
            "week": np.tile(np.datetime64("2024-01-01") + 7 * np.arange(T), n),
            "units": units.ravel().astype(float), "price": price.ravel(), "depth": depth.ravel(),
        }
    )  # fmt: skip


@pytest.mark.parametrize("promoted", [True, False])
def test_beliefs_agree_with_the_intervals(promoted: bool) -> None:
    rows = weeks(promoted)
    belief, shown = price_belief(rows), elasticities(rows)
    assert list(belief.ids) == list(shown["product_id"])
    assert belief.mean[:, 0] == pytest.approx(shown["elasticity"].to_numpy(), abs=1e-6)
    spread = np.sqrt((belief.shared[:, 0] ** 2).sum(axis=1) + (belief.apart[:, 0] ** 2).sum(axis=1))
    half = spread * stdtrit(belief.freedom, 0.95)
    assert half == pytest.approx((shown["high"] - shown["low"]).to_numpy() / 2, rel=1e-3)
    assert belief.promoted is promoted
    assert (belief.mean[:, 1] != 0).any() == promoted
    assert (belief.lowest < belief.highest).all()


def test_what_a_category_shares_does_not_average_out() -> None:
    belief = price_belief(weeks(True))
    mine = belief.category == 0
    together = np.sqrt((belief.shared[mine, 0].mean(axis=0) ** 2).sum())
    alone = np.sqrt((belief.apart[mine, 0] ** 2).sum(axis=1).mean() / mine.sum())
    assert together > 0
    assert (
        together + alone
        < np.sqrt(
            (belief.shared[mine, 0] ** 2).sum(axis=1) + (belief.apart[mine, 0] ** 2).sum(axis=1)
        ).mean()
        + alone
    )
