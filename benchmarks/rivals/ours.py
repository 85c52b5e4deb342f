"""The recommender of this project, through its front door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter

import numpy as np

from benchmarks.rivals.served import LENGTH, Contender, IntArray, Said, Served, peak_mb
from smartreco.entities import ListName
from smartreco.recommend.engine import Model, ModelSettings, fit_model
from smartreco.recommend.history import History

SEED = 1
TIMED = 200  # retailers whose lists with reasons are timed one by one
MOST_SAID = 5000  # retailers whose probabilities are compared with what happened


def serve(history: History, shops: IntArray) -> Served:
    """Fit with and without learning, rank in batch, then ask for reasons one by one."""
    start = perf_counter()
    model = fit_model(history, rng=np.random.default_rng(SEED))
    learning = perf_counter() - start
    ids = history.retailers["retailer_id"].to_numpy()[shops].tolist()
    start = perf_counter()
    lists = {ListName.ALL: model.rank(ids, ListName.ALL, LENGTH)}
    rate = len(ids) / (perf_counter() - start)
    for name in (ListName.REORDER, ListName.DISCOVER):
        lists[name] = model.rank(ids, name, LENGTH)
    peak = peak_mb()
    start = perf_counter()
    fit_model(history, chosen_settings(model), rng=np.random.default_rng(SEED))
    given = perf_counter() - start
    return Served(
        lists=lists,
        settings={name: _words(model.blend.weights[name]) for name in ListName},
        fit_seconds=given,
        learning_seconds=learning,
        lists_a_second=rate,
        peak_mb=peak,
        reasons_p95_ms=_reasons_p95(model, ids[:: 1 + len(ids) // TIMED]),
        said=_said(model, history, ids),
    )


def chosen_settings(model: Model) -> ModelSettings:
    """What the fit has learned, as settings of a fit that learns nothing."""
    found = ModelSettings(blend=model.blend, learn=False)
    for name, values in model.facts["settings"].items():
        own = getattr(found, name)
        found = replace(found, **{name: replace(own, **values)})
    return found


def _reasons_p95(model: Model, ids: list[str]) -> float:
    for retailer in ids[:5]:  # what is read lazily is read once
        model.recommend(retailer, ListName.ALL, LENGTH)
    taken = []
    for name in ListName:
        for retailer in ids:
            start = perf_counter()
            model.recommend(retailer, name, LENGTH)
            taken.append(perf_counter() - start)
    return float(np.quantile(taken, 0.95)) * 1e3


def _said(model: Model, history: History, ids: list[str]) -> dict[ListName, Said]:
    rows = np.arange(0, len(ids), 1 + (len(ids) - 1) // MOST_SAID)
    found = {}
    for name in ListName:
        lists = model.recommend_many([ids[row] for row in rows], name, LENGTH)
        lines = [
            (row, history.product_positions[line.product_id], line.probability)
            for row, list_ in zip(rows, lists, strict=True)
            for line in list_
            if line.probability is not None
        ]
        if lines:
            row, product, probability = map(np.array, zip(*lines, strict=True))
            found[name] = Said(row, product, probability)
    return found


def _words(weights: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in weights.items() if share)


OURS: dict[str, Contender] = {"ours": serve}
