"""The histories of the recommender's tests, and baselines simple enough to know the answer of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smartreco.evaluation import responding
from smartreco.evaluation.baselines.ranker import Fit, IntArray, Ranker
from smartreco.recommend.history import History
from tests.recommend.conftest import iowa, make_history, small_history

__all__ = [
    "constant", "counts", "frequency", "iowa", "knowing", "make_history", "small_history",
]  # fmt: skip


@pytest.fixture(scope="module")
def few_calls() -> Iterator[None]:
    """Response times are not what a test is about that asks for this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(responding, "MOST_CALLS", 2)
        patch.setattr(responding, "WARM_UP", 1)
        yield


@pytest.fixture(scope="session")
def changing(small_history: History) -> History:
    """The small history, in which every shop discovers up to two products at the end."""
    shops = np.arange(39)
    new = pd.DataFrame(
        {
            "retailer": np.tile(shops, 2),
            "product": np.concatenate([(3 * shops + 7) % 58, (5 * shops + 11) % 58]),
            "day": small_history.as_of_day - np.repeat([30, 20], len(shops)),
            "quantity": 6.0,
        }
    ).astype(small_history.purchases.dtypes.to_dict())
    rows = pd.concat([small_history.purchases, new])
    rows = rows.groupby(["retailer", "product", "day"], as_index=False)["quantity"].max()
    return replace(small_history, purchases=rows)


def counts(history: History) -> np.ndarray:
    """Days on which each shop ordered each product."""
    shop, product, _ = history.arrays()
    found = np.zeros(history.shape)
    np.add.at(found, (shop, product), 1.0)
    return found


def frequency(history: History) -> Ranker:
    """Own frequency; ties by position."""
    found = counts(history)
    return lambda shops: found[shops]


def constant(history: History) -> Ranker:
    """Tells no product from another."""
    return lambda shops: np.ones((len(shops), history.shape[1]))


def knowing(whole: History) -> Fit:
    """Cheats: knows the whole history and puts what is only in the test part first."""

    def fit(history: History) -> Ranker:
        extra = counts(whole) - counts(history)

        def rank(shops: IntArray) -> np.ndarray:
            return np.asarray(extra[shops])

        return rank

    return fit
