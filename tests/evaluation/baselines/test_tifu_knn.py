"""TIFU-KNN against a hand-computed history and a slow, literal form of the paper."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.evaluation.baselines.baskets import Baskets
from smartreco.evaluation.baselines.tifu_knn import TifuSettings, fit_with, shop_vectors
from smartreco.recommend.history import History
from tests.evaluation.baselines.conftest import baskets_of, history_of

SETTINGS = [
    TifuSettings(3, 0.9, 0.7, 4, 0.6),
    TifuSettings(7, 0.8, 0.5, 100, 0.2),
    TifuSettings(3, 0.9, 0.7, 4, 0.6, by_size=True),
    TifuSettings(7, 1.0, 0.6, 6, 0.9, by_size=True),
]


def groups_of(baskets: list[set[int]], settings: TifuSettings) -> list[list[set[int]]]:
    """Baskets in groups, oldest first."""
    if settings.by_size:
        rest = len(baskets) % settings.m
        groups = [baskets[:rest]] if rest else []
        starts = range(rest, len(baskets), settings.m)
        return groups + [baskets[start : start + settings.m] for start in starts]
    count = min(settings.m, len(baskets))
    short, longer = divmod(len(baskets), count)
    groups, left = [], list(baskets)
    for group in range(count):
        size = short + (group >= count - longer)
        groups.append(left[:size])
        left = left[size:]
    return groups


def vector_of(baskets: list[set[int]], products: int, settings: TifuSettings) -> np.ndarray:
    """The two sums of the paper, one basket after the other."""
    found = np.zeros(products)
    if not baskets:
        return found
    groups = groups_of(baskets, settings)
    last = len(groups) if settings.by_size else settings.m
    for i, group in enumerate(groups, start=1):
        own = np.zeros(products)
        for j, basket in enumerate(group, start=1):
            for item in basket:
                own[item] += settings.within_decay ** (len(group) - j)
        found += settings.group_decay ** (last - i) * own / len(group)
    return found / len(groups)


def scores_of(history: History, settings: TifuSettings) -> np.ndarray:
    shops, products = history.shape
    baskets = [baskets_of(history, shop) for shop in range(shops)]
    vectors = [vector_of(own, products, settings) for own in baskets]
    scores = []
    for shop, own in enumerate(vectors):
        others = [at for at in range(shops) if at != shop and baskets[at]]
        others.sort(key=lambda at: np.linalg.norm(own - vectors[at]))
        near = [vectors[at] for at in others[: settings.neighbours]]
        scores.append(settings.alpha * own + (1 - settings.alpha) * np.mean(near, axis=0))
    return np.array(scores)


@pytest.mark.parametrize("settings", SETTINGS)
def test_it_scores_as_the_paper_says(some_history: History, settings: TifuSettings) -> None:
    scores = fit_with(some_history, settings)(np.arange(some_history.shape[0]))
    assert scores == pytest.approx(scores_of(some_history, settings), abs=1e-12)


def test_a_history_by_hand() -> None:
    """Five baskets in two groups: two old ones, then three; soap (0) was in the first and last."""
    history = history_of(
        [(0, 50, [0]), (0, 40, [1]), (0, 30, [1]), (0, 20, [1]), (0, 10, [0])], 1, 2
    )
    settings = TifuSettings(m=2, within_decay=0.5, group_decay=0.1)
    soap = (0.1 * 0.5 / 2 + 1 / 3) / 2
    tea = (0.1 * 1 / 2 + (0.25 + 0.5) / 3) / 2
    vectors = shop_vectors(Baskets.of_history(history), 2, settings)
    assert vectors.toarray()[0] == pytest.approx([soap, tea])


def test_a_shop_is_no_neighbour_of_itself() -> None:
    history = history_of([(0, 5, [0]), (1, 5, [1])], 2, 2)
    scores = fit_with(history, TifuSettings(m=1, neighbours=1, alpha=0.0))(np.array([0, 1]))
    assert scores.tolist() == [[0, 1], [1, 0]]


def test_shops_are_scored_in_the_order_asked_for(some_history: History) -> None:
    rank = fit_with(some_history, SETTINGS[0])
    assert np.array_equal(rank(np.array([7, 2])), rank(np.arange(8))[[7, 2]])
