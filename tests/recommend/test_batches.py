"""Batches come in order and are the same wherever they are worked on."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import joblib
import pytest

from smartreco.entities import ListName
from smartreco.recommend import batches
from smartreco.recommend.batches import Question, recommend_batches
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Rules

RULES = Rules(excluded=frozenset({"item-07", "item-08"}))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 7)
    monkeypatch.setattr(batches, "WINDOW", 2)


def ids_of(model: Model) -> list[str]:
    return [str(one) for one in model.market.retailer_ids]


def asked(model: Model, **how: Any) -> list[Any]:
    """All batches of all shops."""
    return list(recommend_batches(model, ids_of(model), ListName.ALL, 4, RULES, **how))


def named(lists: Iterable[Any]) -> list[list[tuple[str, int, str]]]:
    return [[(one.retailer_id, one.rank, one.product_id) for one in lines] for lines in lists]


def test_batches_hold_every_shop_once_and_in_order(small_model: Model) -> None:
    found = asked(small_model)
    assert [len(batch) for batch in found] == [7, 7, 7, 7, 7, 5]
    shops = [lines[0].retailer_id for batch in found for lines in batch if lines]
    assert shops == [one for one in ids_of(small_model) if one in set(shops)]
    whole = small_model.recommend_many(ids_of(small_model), ListName.ALL, 4, rules=RULES)
    assert named(lines for batch in found for lines in batch) == named(whole)


@pytest.mark.parametrize("backend", ["threading", "multiprocessing", "loky"])
def test_every_backend_gives_the_same_lines(small_model: Model, backend: str) -> None:
    """Multiprocessing cannot stream, threads share the model, loky pickles it."""
    expected = asked(small_model, jobs=1)
    with joblib.parallel_config(backend=backend, n_jobs=2):
        assert asked(small_model) == expected


def test_jobs_start_processes_of_this_machine(small_model: Model) -> None:
    assert asked(small_model, jobs=2) == asked(small_model, jobs=1)


def test_no_more_than_a_window_is_worked_on_ahead_of_the_reader(small_model: Model) -> None:
    asked_for: list[str] = []

    class Watched(Model):
        def recommend_many(self, retailer_ids, *given, **named):  # type: ignore[no-untyped-def]
            asked_for.extend(retailer_ids)
            return super().recommend_many(retailer_ids, *given, **named)

    parts = {name: getattr(small_model, name) for name in small_model.__dataclass_fields__}
    with joblib.parallel_config(backend="threading", n_jobs=2):
        found = recommend_batches(Watched(**parts), ids_of(small_model), ListName.ALL, 4, Rules())
        next(found)
    assert len(asked_for) <= 2 * 7


def test_no_shops_make_one_empty_batch(small_model: Model) -> None:
    assert list(recommend_batches(small_model, [], ListName.ALL, 4, Rules())) == [[]]


def test_a_model_survives_a_journey(small_model: Model) -> None:
    """Also one as if a shop had never ordered a product."""
    shop = ids_of(small_model)[0]
    other = small_model.recommend(shop, ListName.REORDER)[0].product_id
    changed = small_model.without(shop, other)
    arrived = pickle.loads(pickle.dumps(changed))  # noqa: S301
    assert arrived.recommend(shop, ListName.ALL) == changed.recommend(shop, ListName.ALL)
    assert isinstance(arrived.blend.weights, MappingProxyType)


def test_a_question_says_how_large_it_is(small_model: Model) -> None:
    """A cluster decides by it whether to send the model once or with each task."""
    size = Question(small_model, ListName.ALL, 4, Rules()).__sizeof__()
    assert size > small_model.market.habits.recent.nbytes > 1e3
    assert replace(small_model) is not small_model


@pytest.mark.full
def test_two_dask_workers_give_the_same_lines_as_one_process(iowa_model: Model) -> None:
    """On real orders; each worker gets the fitted model once, and none of them fits."""
    distributed = pytest.importorskip("distributed")
    expected = asked(iowa_model, jobs=1)
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client, joblib.parallel_config(backend="dask"):
        assert asked(iowa_model) == expected
        used = client.run(lambda: "smartreco.recommend.model" in __import__("sys").modules)
    assert list(used.values()) == [True, True]
