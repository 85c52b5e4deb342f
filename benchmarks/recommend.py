"""Ours against libraries and published methods: quality, time and memory on real orders.

`python -m benchmarks.recommend --set iowa uci complete_journey --uci FILE`
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.judging import figures
from benchmarks.machine import machine, versions
from benchmarks.rivals.registry import CONTENDERS, NAMES
from benchmarks.rivals.served import Served
from benchmarks.running import keep, run
from benchmarks.sets.prepared import Prepared
from benchmarks.sets.registry import SETS, load
from benchmarks.table import replace_section, section

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
RESULTS = HERE / "results.json"
OURS = "ours"


def main(words: Sequence[str] | None = None) -> None:
    """Run what was asked for; tables go to the README only when all models ran."""
    asked = arguments(words)
    for name in asked.set:
        prepared = load(name, asked.uci)
        about = described(prepared)
        print(f"{SETS[name]}: {about['data']}", flush=True)
        models = figures(prepared, serve(prepared, asked.model), OURS)
        write_json(asked.out, name, {"about": about, "models": models})
        words_ = section(SETS[name], about, {NAMES[model]: own for model, own in models.items()})
        print(words_, flush=True)
        if set(models) == set(CONTENDERS):
            replace_section(README, name, words_)


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recommend", description=__doc__)
    parser.add_argument("--set", nargs="+", choices=list(SETS), default=["iowa"])
    parser.add_argument("--model", nargs="+", choices=list(CONTENDERS), default=list(CONTENDERS))
    parser.add_argument("--uci", type=Path, metavar="FILE", help="the raw UCI file")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FILE", help="figures as JSON")
    return parser.parse_args(words)


def serve(prepared: Prepared, models: Sequence[str]) -> dict[str, Served]:
    """Run the models one after the other; one that fails is named and left out."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "set.pickle"
        keep(prepared, file)
        for model in models:
            start = perf_counter()
            served = run(file, model)
            taken = perf_counter() - start
            if isinstance(served, str):
                print(f"  {model} failed after {taken:.0f} s: {served}", flush=True)
            else:
                print(f"  {model} took {taken:.0f} s", flush=True)
                found[model] = served
    return found


def described(prepared: Prepared) -> dict[str, str]:
    """The set and the machine in words."""
    retailers, products = prepared.history.shape
    lines = len(prepared.history.purchases)
    return {
        "data": f"{retailers:,} retailers, {products:,} products, {lines:,} orders of a product "
        f"on a day, cut on {prepared.cut}, {len(prepared.shops):,} retailers judged",
        "machine": machine(),
        "versions": versions(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def write_json(file: Path, name: str, found: Mapping[str, Any]) -> None:
    """Put one set's figures beside those of earlier sets in the file."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known[name] = found
    file.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
