"""Our forecaster against statsforecast on weekly demand of every level, in one run.

`python -m benchmarks.forecast --peers-python .forecast-venv/bin/python --uci FILE`
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.forecasts import protocol
from benchmarks.forecasts.peers import PEERS, SLOW
from benchmarks.forecasts.run import figures
from benchmarks.forecasts.sets import load
from benchmarks.forecasts.speed import seconds
from benchmarks.forecasts.table import section
from benchmarks.machine import machine, versions
from benchmarks.sets.registry import SETS
from benchmarks.table import replace_section

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
RESULTS = HERE / "forecast_results.json"
SECTION = "forecasts"


def main(words: Sequence[str] | None = None) -> None:
    """Run what was asked for; tables go to the README only when all sets and peers ran."""
    asked = arguments(words)
    peers = tuple(asked.peer)
    demands = {name: load(name, asked.uci) for name in asked.set}
    taken = seconds(next(iter(demands.values())), asked.peers_python, peers)
    found = {}
    for name, demand in demands.items():
        found[name] = figures(demand, asked.peers_python, peers)
        print(f"{SETS[name]}: done", flush=True)
    about = described(asked.peers_python, found)
    asked.out.write_text(
        json.dumps({"about": about, "sets": found, "seconds": taken}, indent=1) + "\n",
        encoding="utf-8",
    )
    tables = section(about, found, taken)
    print(tables, flush=True)
    if set(found) == set(SETS) and set(PEERS) == set(peers):
        replace_section(README, SECTION, tables)


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast", description=__doc__)
    parser.add_argument(
        "--peers-python", type=Path, required=True, metavar="PYTHON",
        help="Python of the environment with requirements-forecast.txt",
    )  # fmt: skip
    parser.add_argument("--set", nargs="+", choices=list(SETS), default=list(SETS))
    parser.add_argument("--peer", nargs="+", choices=PEERS + SLOW, default=list(PEERS))
    parser.add_argument("--uci", type=Path, metavar="FILE", help="the raw UCI file")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FILE", help="figures as JSON")
    return parser.parse_args(words)


def described(python: Path, sets: dict[str, dict[str, object]]) -> dict[str, str]:
    """Protocol, data and machine in words."""
    asked = "import statsforecast, pandas; print(statsforecast.__version__, pandas.__version__)"
    done = subprocess.run(
        [str(python), "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    about = {
        SETS[name]: f"{one['weeks']} weeks, "
        + ", ".join(f"{many:,} {level}" for level, many in dict(one["series"]).items())  # type: ignore[call-overload]
        + f"; origins {', '.join(one['origins'])}"  # type: ignore[arg-type]
        for name, one in sets.items()
    }
    return about | {
        "horizon": f"{protocol.HORIZON} weeks",
        "machine": machine(),
        "versions": f"{versions()}; statsforecast {done[0]} with pandas {done[1]}",
        "date": datetime.now(UTC).date().isoformat(),
    }


if __name__ == "__main__":
    main()
