"""New orders are fitted; what was learned is kept until the data are other data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from smartreco.entities import ListName
from smartreco.recommend import refitting
from smartreco.recommend.history import History, day_number
from smartreco.recommend.model import Model
from smartreco.recommend.refitting import Basis, learn_model, refit_model, why_learn


@pytest.fixture(scope="module")
def earlier(small_history: History) -> Model:
    return learn_model(small_history, rng=np.random.default_rng(0), version=3)


def later(history: History, days: int = 0, rows: int = 1) -> History:
    """Some days on, with new orders of the first shop for the product it never bought."""
    as_of = history.as_of + timedelta(days=days)
    product = history.shape[1] - 1
    new = pd.DataFrame(
        {
            "retailer": 0,
            "product": product,
            "day": day_number(as_of) - 1 - np.arange(rows) % 200,
            "quantity": 6.0,
        }
    ).astype(history.purchases.dtypes.to_dict())
    rows_of = pd.concat([history.purchases, new]).groupby(["retailer", "product", "day"])
    return replace(
        history,
        purchases=rows_of["quantity"].sum().reset_index().astype(new.dtypes.to_dict()),
        as_of=as_of,
    )


def test_a_refit_keeps_what_was_learned_and_knows_the_new_orders(
    small_history: History, earlier: Model
) -> None:
    history = later(small_history, days=2)
    model = refit_model(history, earlier, rng=np.random.default_rng(0))
    assert model.blend == earlier.blend
    assert model.calibration is earlier.calibration is not None
    for name, scorer in model.scorers.items():
        assert scorer.settings == earlier.scorers[name].settings
    new = history.products["product_id"].iloc[-1]
    assert new in [line.product_id for line in model.recommend("shop-00", ListName.REORDER, 50)]
    assert Basis.of_model(model) == Basis.of_model(earlier)
    assert model.summary()["settings"] == earlier.summary()["settings"]


def test_a_refit_on_the_same_orders_is_the_same_model(
    small_history: History, earlier: Model
) -> None:
    model = refit_model(small_history, earlier, rng=np.random.default_rng(0))
    for shop in ("shop-00", "shop-17", "shop-39"):
        assert model.recommend(shop, ListName.ALL) == earlier.recommend(shop, ListName.ALL)


def test_a_few_new_orders_are_no_reason_to_learn(small_history: History, earlier: Model) -> None:
    assert why_learn(earlier, small_history) is None
    assert why_learn(earlier, later(small_history, days=refitting.DAYS - 1)) is None


def test_time_and_growth_are_reasons_to_learn(small_history: History, earlier: Model) -> None:
    assert "28 days" in str(why_learn(earlier, later(small_history, days=refitting.DAYS)))
    few = small_history.purchases.iloc[: int(0.85 * len(small_history.purchases))]
    assert "order lines" in str(why_learn(earlier, replace(small_history, purchases=few)))


def test_other_shops_or_products_are_a_reason_to_learn(
    small_history: History, earlier: Model
) -> None:
    renamed = small_history.products.assign(
        product_id=[f"new-{at}" if at < 7 else one for at, one in enumerate(
            small_history.products["product_id"])]
    )  # fmt: skip
    other = replace(small_history, products=renamed)
    assert "products changed" in str(why_learn(earlier, other))
    more = pd.concat([small_history.retailers] * 2).assign(
        retailer_id=[f"shop-{at:02d}" for at in range(80)]
    )
    assert "retailers" in str(why_learn(earlier, replace(small_history, retailers=more)))


def test_another_release_or_no_earlier_model_is_a_reason_to_learn(
    small_history: History, earlier: Model, small_model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert why_learn(None, small_history) is not None
    assert why_learn(small_model, small_history) is not None  # fitted without a note of its data
    monkeypatch.setattr(refitting, "__version__", "99.0")
    assert "release" in str(why_learn(earlier, small_history))


def test_what_it_was_learned_from_is_kept_with_the_model(earlier: Model) -> None:
    again = Model.from_arrays(earlier.to_arrays())
    basis = Basis.of_model(again)
    assert basis == Basis.of_model(earlier)
    assert basis is not None
    assert basis.version == 3
