"""Popularity, own frequency, ItemKNN and EASE against numbers worked out by hand or literally."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.evaluation.baselines import ease, item_knn, own_frequency, popularity
from smartreco.recommend.history import History
from tests.evaluation.baselines.conftest import baskets_of, history_of

# shop 0 bought soap (0) three times and tea (1) once; shops 1 and 2 bought tea and salt (2)
SMALL = history_of(
    [(0, 9, [0, 1]), (0, 6, [0]), (0, 3, [0]), (1, 5, [1, 2]), (2, 4, [1, 2]), (2, 2, [1])],
    shops=3,
    products=4,
)
EVERYONE = np.arange(3)


def test_popularity_counts_shops_not_orders() -> None:
    assert popularity.fit(SMALL)(EVERYONE).tolist() == [[1, 3, 2, 0]] * 3


def test_own_frequency_counts_the_days_of_the_shop_and_breaks_ties_by_popularity() -> None:
    scores = own_frequency.fit(SMALL)(EVERYONE)
    assert scores[0] == pytest.approx([3 + 1 / 4, 1 + 3 / 4, 2 / 4, 0])
    assert scores[2] == pytest.approx([1 / 4, 2 + 3 / 4, 1 + 2 / 4, 0])


def test_item_knn_adds_up_cosines_of_what_the_shop_bought() -> None:
    scores = item_knn.fit_with(SMALL, neighbours=2)(EVERYONE)
    soap_tea, tea_salt = 1 / np.sqrt(1 * 3), 2 / np.sqrt(3 * 2)
    assert scores[0] == pytest.approx([soap_tea, soap_tea, tea_salt, 0])
    assert scores[1] == pytest.approx([soap_tea, tea_salt, tea_salt, 0])


def test_item_knn_keeps_only_the_most_alike_of_each_product() -> None:
    scores = item_knn.fit_with(SMALL, neighbours=1)(EVERYONE)
    assert scores[1] == pytest.approx([0, 2 / np.sqrt(6), 2 / np.sqrt(6), 0])


def test_ease_solves_the_papers_equation(some_history: History) -> None:
    shops, products = some_history.shape
    X = np.zeros((shops, products))
    for shop in range(shops):
        for basket in baskets_of(some_history, shop):
            X[shop, list(basket)] = 1.0
    P = np.linalg.inv(X.T @ X + ease.RIDGE * np.eye(products))
    B = np.eye(products) - P / np.diag(P)
    assert ease.fit(some_history)(np.arange(shops)) == pytest.approx(X @ B, abs=1e-5)
