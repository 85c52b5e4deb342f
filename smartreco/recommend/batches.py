"""Lists of many shops, batch by batch, on as many workers as there are.

The batches go through joblib: by default one after the other in this process, with
``jobs`` on processes of this machine, and inside ``joblib.parallel_config`` on
whatever backend that names, such as Dask, Ray or Spark on other machines. Workers
get the fitted model; they never fit. Batches come back in order.
"""

from __future__ import annotations

import copyreg
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

import joblib
import numpy as np
from joblib.parallel import get_active_backend

from smartreco.entities import ListName, Recommendation
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Rules

Lists = list[tuple[Recommendation, ...]]

BATCH: Final = 256
"""Shops of one batch: what a worker scores and sends back at a time."""

WINDOW: Final = 32
"""Batches under way or waiting to be read: bounds memory however slow the reader."""


def _read_only(given: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(given)


# Blends are read-only mappings, which the standard library does not pickle.
copyreg.pickle(MappingProxyType, lambda given: (_read_only, (dict(given),)))


@dataclass(frozen=True, eq=False)
class Question:
    """All of a batch but its shops; one object, so that each worker is sent it once."""

    model: Model
    list_name: ListName
    k: int
    rules: Rules

    def lists(self, retailer_ids: Sequence[str]) -> Lists:
        """The lists of some shops, in their order."""
        return self.model.recommend_many(retailer_ids, self.list_name, self.k, rules=self.rules)

    def __sizeof__(self) -> int:
        """Bytes of the fitted arrays: a cluster hands large things out once, not with each task."""
        arrays = self.model.to_arrays().values()
        return object.__sizeof__(self) + sum(np.asarray(one).nbytes for one in arrays)


def recommend_batches(
    model: Model,
    retailer_ids: Sequence[str],
    list_name: ListName,
    k: int,
    rules: Rules,
    *,
    jobs: int | None = None,
) -> Iterator[Lists]:
    """Yield the lists of `BATCH` shops at a time, in order; one empty batch for no shops.

    Parameters
    ----------
    jobs
        Worker processes of this machine. None: as the surrounding
        ``joblib.parallel_config`` says, and this process alone where there is none.
        Either way the lists are the same.
    """
    question = Question(model, list_name, k, rules)
    batches = [retailer_ids[at : at + BATCH] for at in range(0, max(len(retailer_ids), 1), BATCH)]
    if jobs == 1:
        return (question.lists(batch) for batch in batches)
    windows = (batches[at : at + WINDOW] for at in range(0, len(batches), WINDOW))
    return chain.from_iterable(_answers(question, window, jobs) for window in windows)


def _answers(
    question: Question, batches: Sequence[Sequence[str]], jobs: int | None
) -> Iterator[Lists]:
    """Answers in order; as they come where the backend can, else when all are there."""
    backend, _ = get_active_backend()
    streams = jobs is not None or backend.supports_return_generator
    run = joblib.Parallel(n_jobs=jobs, return_as="generator" if streams else "list")
    answers: Iterator[Lists] = iter(run(joblib.delayed(_lists)(question, one) for one in batches))
    return answers


def _lists(question: Question, retailer_ids: Sequence[str]) -> Lists:
    """A task: joblib sends its arguments, and large ones only once, but not what is bound to it."""
    return question.lists(retailer_ids)
