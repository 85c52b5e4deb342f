"""All models are listed on the same shops, masks and ties."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.evaluation import listing
from smartreco.evaluation.listing import list_baseline, list_ours
from smartreco.evaluation.protocol import Cut, Split, cut
from smartreco.recommend.blend import candidates
from smartreco.recommend.engine import Model, fit_model
from smartreco.recommend.history import History
from tests.evaluation.conftest import constant, frequency


@pytest.fixture(scope="module")
def parted(small_history: History) -> Cut:
    return cut(small_history, Split.TIME, np.random.default_rng(0))


@pytest.fixture(scope="module")
def model(parted: Cut) -> Model:
    return fit_model(parted.training, rng=np.random.default_rng(0))


@pytest.mark.parametrize("name", ListName)
def test_our_lists_are_those_that_the_model_gives(
    model: Model, parted: Cut, name: ListName
) -> None:
    found = list_ours(model, parted, 5)[name]
    ids = model.market.retailer_ids[parted.shops].tolist()
    np.testing.assert_array_equal(found.ranked, model.rank(ids, name, 5))
    assert found.chances is not None
    for row, lines in enumerate(model.recommend_many(ids, name, 5)):
        stated = [line.probability for line in lines]
        np.testing.assert_allclose(found.chances[row, : len(lines)], stated)


def test_a_list_of_a_baseline_holds_only_what_the_list_may_hold(parted: Cut) -> None:
    bought = parted.bought.toarray() > 0
    for name, found in list_baseline(frequency(parted.training), parted, 8).items():
        may = candidates(name, bought, parted.active)
        row, place = np.nonzero(found.ranked >= 0)
        assert may[row, found.ranked[row, place]].all()


def test_a_model_that_tells_no_product_from_another_is_left_out(parted: Cut) -> None:
    assert list_baseline(constant(parted.training), parted, 3) == {}
    assert set(list_baseline(frequency(parted.training), parted, 3)) == {
        ListName.REORDER, ListName.ALL,
    }  # fmt: skip


def test_lists_do_not_depend_on_how_many_shops_are_scored_at_once(
    model: Model, parted: Cut, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_lists() -> list[np.ndarray]:
        baseline = list_baseline(frequency(parted.training), parted, 5)
        ours = list_ours(model, parted, 5)
        truth = parted.relevant(ListName.ALL)
        return [one.ranked for one in (*ours.values(), *baseline.values())] + [
            listing.hits(ours[ListName.ALL].ranked, truth)
        ]

    whole = all_lists()
    monkeypatch.setattr(listing, "SHOPS_AT_ONCE", 7)
    for one, other in zip(whole, all_lists(), strict=True):
        np.testing.assert_array_equal(one, other)
