"""How fast recipes are measured, and what searches find: `python -m benchmarks.tuning`.

The peer of the same run scores the same shops anew with the same recipe, as an evaluation does;
its figures must be the bench's. Searches run on the inner split; what they find is held against
the usual weights and against those that a fit learns, on the test window, over all its shops.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

from benchmarks.machine import machine, versions
from smartreco.config import Settings
from smartreco.dataset.cleaning import CleaningOptions
from smartreco.entities import OPERATOR, ListName
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.bench.bench import Bench, K
from smartreco.evaluation.bench.checking import checked
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.evaluation.bench.objectives import Objective
from smartreco.evaluation.bench.searching import search
from smartreco.evaluation.listing import list_ours
from smartreco.evaluation.measuring import Judge
from smartreco.evaluation.published import as_published
from smartreco.recommend.blend import COMPONENTS, DEFAULT_BLEND, Blend
from smartreco.recommend.recipe import HALF_LIFE_CHOICES, Recipe
from smartreco.workspace import Workspace
from smartreco.workspace.tuning.held import SEED, Held

Figures = dict[str, Any]
SETS = ("demo", "iowa", "uci")
USUAL = Recipe(DEFAULT_BLEND, None, 0.0)
EVERY_SHOP = 10**9


@contextmanager
def opened(name: str, file: Path | None) -> Iterator[Workspace]:
    """A workspace on a data set, with its benches and all half-lives made."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "store.duckdb"
        first = "none" if name == "uci" else name
        workspace = Workspace.open(Settings(db=db, first_data=first, refit_after=None))
        if name == "uci":
            assert file is not None, "--uci FILE is needed"
            options = CleaningOptions(name="UCI", currency="GBP", locale="en_GB")
            workspace.data.import_files(OPERATOR, {"orders": file}, options)
        workspace.prepare()
        workspace.models.refresh()
        workspace.tuning.wait()
        yield workspace
        workspace.close()


def drawn(many: int, rng: np.random.Generator) -> list[Recipe]:
    """Recipes as sliders may stand; every third with variety on the lists."""
    return [
        Recipe(
            Blend.of(
                {
                    name: dict(zip(COMPONENTS, rng.dirichlet(np.ones(6)), strict=True))
                    for name in ListName
                }
            ),
            rng.choice([None, 20.0, 180.0]),
            float(rng.choice([0.0, 0.1, 0.3])),
            dict.fromkeys(LISTS, 0.0 if at % 3 else 0.3),
        )
        for at in range(many)
    ]


def timed(work: Callable[[Recipe], object], recipes: list[Recipe]) -> Figures:
    """Median and 95th percentile in milliseconds: by the clock, and of processor time.

    On a machine that does other work as well only the second tells.
    """
    taken = []
    for one in recipes:
        started = time.perf_counter(), time.process_time()
        work(one)
        ended = time.perf_counter(), time.process_time()
        taken.append([1000 * (end - start) for start, end in zip(started, ended, strict=True)])
    middle, high = np.median(taken, axis=0), np.quantile(taken, 0.95, axis=0)
    return {
        "p50_ms": float(middle[0]), "p95_ms": float(high[0]),
        "p50_cpu_ms": float(middle[1]), "p95_cpu_ms": float(high[1]),
    }  # fmt: skip


def in_full(bench: Bench, recipe: Recipe) -> dict[tuple[ListName, str], float]:
    """NDCG and coverage by scoring the same shops anew."""
    cut = bench.window.cut
    model, rules = as_published(bench.model, recipe, cut.training, K)
    listed = list_ours(model, cut, K, rules=rules)
    found = {}
    for name in LISTS:
        scores = Judge.of(cut, name, model.market.attributes.matrix).scores("ours", listed[name])
        found[name, "ndcg"], found[name, "coverage"] = scores.ndcg, scores.coverage
    return found


def speed(workspace: Workspace, held: Held, many: int) -> Figures:
    """Milliseconds of the bench and of its peer, and how far their figures lie apart."""
    recipes = drawn(many, np.random.default_rng(5))
    tuning, bench = workspace.tuning, held.inner
    tuning.measure(OPERATOR, recipes[0])
    ours = timed(lambda one: tuning.measure(OPERATOR, one), recipes)
    few = [one for one in recipes if one.half_life is None][: max(3, many // 10)]
    peer = timed(lambda one: in_full(bench, one), few)
    apart = {"ndcg": 0.0, "coverage": 0.0}
    for one in few:
        measured = bench.measure(one)
        for (name, figure), value in in_full(bench, one).items():
            own = measured.of(name).gauge(figure).value
            apart[figure] = max(apart[figure], abs((own or 0.0) - value))
    pools = sum(one.nbytes for pools in bench.pools.values() for one in pools.values())
    return {
        "shops": len(bench.window.cut.shops), **ours,
        "peer": peer, "times_less_work": peer["p50_cpu_ms"] / ours["p50_cpu_ms"],
        "ndcg_apart": apart["ndcg"], "coverage_apart": apart["coverage"], "pools_mb": pools / 1e6,
    }  # fmt: skip


def searched(held: Held, trials: int) -> list[Figures]:
    """What searches find, from the usual weights and from learned ones, on the test window."""
    whole = Bench.of(
        held.outer_cut, held.outer(None).model, rng=np.random.default_rng(SEED), shops=EVERY_SHOP
    )
    starts = {"usual": USUAL, "learned": held.inner.learned}
    found = []
    for objective in Objective:
        for label, start in starts.items():
            try:
                outcome = search(
                    held.inner, start, objective, held.goods, seed=SEED, trials=trials,
                    seconds=1e9,
                )  # fmt: skip
            except NotEnoughDataError as error:
                found.append({"objective": objective.value, "start": label, "refused": str(error)})
                continue
            row: Figures = {
                "objective": objective.value, "start": label, "found": outcome.found,
                "luck": outcome.luck, "seconds": outcome.seconds, "trials": len(outcome.tried),
            }  # fmt: skip
            if outcome.found:
                whole.prepare(outcome.recipe.half_life)
                row |= _against(whole, outcome.recipe, objective, held)
                row["recipe"] = outcome.recipe.to_dict()
            found.append(row)
    return found


def _against(whole: Bench, recipe: Recipe, objective: Objective, held: Held) -> Figures:
    """Gains over the usual weights and over what a fit on the training part learns."""
    row: Figures = {}
    for label, other in (("usual", USUAL), ("learned", whole.learned)):
        told = checked(whole, recipe, other, objective, held.goods)
        measured = whole.measure(recipe, other)
        row[f"over_{label}"] = {
            "verdict": told.verdict.value,
            objective.value: [told.gain.change, told.gain.change_low, told.gain.change_high],
            **{
                f"ndcg {one.list.value}": [
                    one.gauge("ndcg").value, one.gauge("ndcg").change,
                    one.gauge("ndcg").change_low, one.gauge("ndcg").change_high,
                ]
                for one in measured.lists
            },
        }  # fmt: skip
    return row


def main() -> None:
    """Read the options, run each set, print what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--set", nargs="+", choices=SETS, default=["demo", "iowa"])
    options.add_argument("--uci", type=Path, help="the raw UCI Online Retail file")
    options.add_argument("--recipes", type=int, default=100)
    options.add_argument("--trials", type=int, default=200)
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    threads = {one["internal_api"]: one["num_threads"] for one in threadpool_info()}
    about = {"machine": machine(), "versions": versions(), "threads": threads}
    about["load"] = round(os.getloadavg()[0], 1)
    results: Figures = {"about": about}
    print(json.dumps(about, indent=1))
    for name in given.set:
        with opened(name, given.uci) as workspace:
            held = workspace.tuning._workshop.held()
            assert set(held.inner.half_lives) == set(HALF_LIFE_CHOICES)
            results[name] = {"speed": speed(workspace, held, given.recipes)}
            print(name, json.dumps(results[name]["speed"], indent=1), flush=True)
            results[name]["search"] = searched(held, given.trials)
            print(name, json.dumps(results[name]["search"], indent=1), flush=True)
    if given.out:
        given.out.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
