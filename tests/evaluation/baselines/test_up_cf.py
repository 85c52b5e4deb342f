"""UP-CF against a hand-computed case and a slow, literal form of the paper."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.evaluation.baselines.up_cf import EVERY, UpCfSettings, fit_with
from smartreco.recommend.history import History
from tests.evaluation.baselines.conftest import baskets_of, history_of


def scores_of(history: History, settings: UpCfSettings) -> np.ndarray:
    shops, products = history.shape
    baskets = [baskets_of(history, shop) for shop in range(shops)]
    ever = [set().union(*own) for own in baskets]
    scores = np.zeros((shops, products))
    for u in range(shops):
        for v in range(shops):
            both = len(ever[u] & ever[v])
            if not both:
                continue
            like = both / (len(ever[u]) ** settings.alpha * len(ever[v]) ** (1 - settings.alpha))
            recent = baskets[v][-settings.r :]
            for item in range(products):
                share = sum(item in basket for basket in recent) / len(recent)
                scores[u, item] += like**settings.q * share
    return scores


@pytest.mark.parametrize(
    "settings",
    [
        UpCfSettings(),
        UpCfSettings(1, 1, 0.5),
        UpCfSettings(10, 10, 0.75),
        UpCfSettings(EVERY, 1, 0),
    ],
)
def test_it_scores_as_the_paper_says(some_history: History, settings: UpCfSettings) -> None:
    scores = fit_with(some_history, settings)(np.arange(some_history.shape[0]))
    assert scores == pytest.approx(scores_of(some_history, settings), rel=1e-9, abs=1e-12)


def test_two_shops_by_hand() -> None:
    """Shop 0 bought soap and tea, shop 1 tea only, twice; the last basket alone counts."""
    history = history_of([(0, 9, [0, 1]), (0, 5, [0]), (1, 8, [1]), (1, 4, [1])], 2, 2)
    scores = fit_with(history, UpCfSettings(r=1, q=2, alpha=0.25))(np.array([0, 1]))
    from_0_to_1 = 1 / 2**0.25
    from_1_to_0 = 1 / 2**0.75
    assert scores == pytest.approx(np.array([[1, from_0_to_1**2], [from_1_to_0**2, 1]]))
