"""What every contender delivers; the libraries where they are installed."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.rivals.ours import chosen_settings
from benchmarks.rivals.registry import CONTENDERS, NAMES
from benchmarks.rivals.scoring import contender
from benchmarks.rivals.served import LENGTH
from benchmarks.sets.prepared import Prepared
from smartreco.entities import ListName
from smartreco.evaluation.baselines.ranker import IntArray, Ranker
from smartreco.recommend.engine import fit_model
from smartreco.recommend.history import History

NEEDS = {
    "implicit_als": "implicit", "implicit_bm25": "implicit", "implicit_bpr": "implicit",
    "rusket_ease": "rusket",
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENDERS)
def test_lists_hold_what_they_may_and_nothing_twice(name: str, drawn: Prepared) -> None:
    if name in NEEDS:
        pytest.importorskip(
            NEEDS[name], reason=f"needs {NEEDS[name]} (benchmarks/requirements.txt)"
        )
    served = CONTENDERS[name](drawn.training, drawn.shops)
    bought = drawn.bought.toarray() > 0
    may = {ListName.ALL: bought | True, ListName.REORDER: bought, ListName.DISCOVER: ~bought}
    for list_name, allowed in may.items():
        ranked = served.lists[list_name]
        assert ranked.shape == (len(drawn.shops), LENGTH)
        for row, (products, mask) in enumerate(zip(ranked, allowed, strict=True)):
            listed = products[products >= 0]
            assert len(set(listed)) == len(listed) == min(LENGTH, mask.sum())
            assert mask[listed].all(), (list_name, row)
    assert set(served.settings) == set(ListName)
    assert served.fit_seconds > 0
    assert served.lists_a_second > 0
    assert served.peak_mb > 10


def test_every_contender_has_a_name_in_the_tables() -> None:
    assert list(NAMES) == list(CONTENDERS)


def test_each_list_is_served_by_the_setting_that_was_best_for_it(drawn: Prepared) -> None:
    """One setting knows what shops bought, the other what they have not: each has its list."""
    fitted: list[str] = []

    def fit_with(history: History, likes: str) -> Ranker:
        fitted.append(likes)
        shop, product, _ = history.arrays()
        counts = np.zeros(history.shape)
        np.add.at(counts, (shop, product), 1.0)
        parity = np.arange(history.shape[1]) % 2

        def rank(shops: IntArray) -> np.ndarray:
            same = (parity[None, :] == shops[:, None] % 2).astype(float)
            return counts[shops] - (same if likes == "bought" else -100 * same)

        return rank

    served = contender(["bought", "taste"], fit_with)(drawn.training, drawn.shops)
    assert served.settings[ListName.REORDER] == "bought"
    assert served.settings[ListName.DISCOVER] == "taste"
    assert fitted[:2] == ["bought", "taste"]  # tried once each, whatever the number of lists
    assert served.learning_seconds >= served.fit_seconds


def test_our_chosen_settings_fit_the_same_lists_without_learning(drawn: Prepared) -> None:
    model = fit_model(drawn.training, rng=np.random.default_rng(1))
    given = chosen_settings(model)
    assert not given.learn
    again = fit_model(drawn.training, given, rng=np.random.default_rng(2))
    assert again.facts["settings"] == model.facts["settings"]
    ids = drawn.history.retailers["retailer_id"].tolist()
    for name in ListName:
        assert (again.rank(ids, name) == model.rank(ids, name)).mean() > 0.95


def test_our_probabilities_come_with_the_places_they_speak_of(drawn: Prepared) -> None:
    served = CONTENDERS["ours"](drawn.training, drawn.shops)
    for name, said in served.said.items():
        assert ((said.probability >= 0) & (said.probability <= 1)).all()
        for row, product in zip(said.row[:50], said.product[:50], strict=True):
            assert product in served.lists[name][row]
    assert set(served.said) == set(ListName)
