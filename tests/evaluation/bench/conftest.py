"""One small past with its model and bench, made once for all tests of the bench."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from smartreco.evaluation.bench.bench import Bench
from smartreco.evaluation.protocol import Cut, Split, cut
from smartreco.recommend.engine import Model, fit_model
from smartreco.recommend.history import History
from smartreco.recommend.rules import ProductFacts
from tests.evaluation.conftest import changing, make_history, small_history

__all__ = ["changing", "make_history", "small_history"]


@dataclass(frozen=True)
class Past:
    """A history, its held-out and inner cuts, and what was made of the inner one."""

    history: History
    outer: Cut
    inner: Cut
    model: Model
    bench: Bench
    facts: ProductFacts


@pytest.fixture(scope="session")
def past(changing: History) -> Past:
    """The small history in which shops discover products, with every half-life made."""
    rng = np.random.default_rng(0)
    outer = cut(changing, Split.TIME, rng)
    inner = cut(outer.training, Split.TIME, rng)
    model = fit_model(inner.training, rng=np.random.default_rng(1))
    bench = Bench.of(inner, model, rng=np.random.default_rng(2))
    bench.prepare(60.0)
    goods = changing.products.assign(
        vendor_id=changing.products["vendor"],
        unit_price=changing.products["list_price"],
        unit_cost=changing.products["list_price"] * np.where(np.arange(60) % 3, 0.9, 0.4),
    )
    facts = ProductFacts.of_products(goods, model.market.attributes)
    return Past(changing, outer, inner, model, bench, facts)


def altered_after(history: History, day: int) -> History:
    """The same history with other products ordered from a day on, as many as before."""
    rows = history.purchases.copy()
    later = rows["day"] >= day
    rows["product"] = rows["product"].where(~later, (rows["product"] + 7) % history.shape[1])
    rows = rows.astype(history.purchases.dtypes.to_dict())
    ordered = rows.sort_values(["retailer", "product", "day"]).reset_index(drop=True)
    return replace(history, purchases=ordered)
