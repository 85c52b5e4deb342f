"""The size of a whole state: `python -m benchmarks.scale` fits it and says what it took.

Makes a store by SQL (25 million order lines unless told otherwise), runs the
commands that a user would run, each in a process of its own, and writes seconds
and peak memory into its section of `benchmarks/README.md`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scale_store import Size, add_days, count_lines, make_store

README = Path(__file__).with_name("README.md")
START, END = "<!-- scale: start -->", "<!-- scale: end -->"


@dataclass(frozen=True)
class Taken:
    """What one command took: seconds on the clock and on processors, bytes at its peak."""

    what: str
    wall: float
    cpu: float
    peak: float

    def row(self) -> str:
        """A row of the table."""
        return f"| {self.what} | {self.wall:.0f} | {self.cpu:.0f} | {self.peak / 1e9:.1f} |"


def measured(what: str, *words: object) -> Taken:
    """Run ``python`` with some words and watch it to its end; its children count too."""
    started = time.perf_counter()
    child = subprocess.Popen([sys.executable, *map(str, words)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{what}: ended with status {status}")
    wall = time.perf_counter() - started
    taken = Taken(what, wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024.0)
    print(taken.row(), flush=True)
    return taken


def commands(db: Path, jobs: list[int]) -> Iterator[Taken]:
    """The commands on a store, in the order in which a user runs them."""
    run = ("-m", "smartreco", "--db", db)
    yield measured("`fit --full`: read, learn, fit, keep", *run, "fit", "--full")
    add_days(db, 7)
    yield measured("`fit` after a week of new orders: settings kept", *run, "fit")
    for many in jobs:
        yield measured(
            f"`recommend --all --list all -k 10 --jobs {many}` to Parquet",
            *run, "recommend", "--all", "--jobs", many, "--out", db.with_suffix(".parquet"),
        )  # fmt: skip


def section(size: Size, lines: int, taken: list[Taken]) -> str:
    """The section of the README."""
    head = (
        f"## A whole state\n\n`python -m benchmarks.scale`: {lines:,} order lines of"
        f" {size.retailers:,} retailers and {size.products:,} products, made by SQL;"
        f" {os.cpu_count()} cores. Low rank: products and retailers {20_000:,} each.\n\n"
        "| what | seconds | of processor | peak GB |\n|---|---|---|---|\n"
    )
    return f"{START}\n{head}" + "\n".join(one.row() for one in taken) + f"\n{END}"


def write(text: str) -> None:
    """Put the section in its place in the README, or at its end."""
    old = README.read_text(encoding="utf-8") if README.exists() else "# Benchmarks\n"
    before, found, rest = old.partition(START)
    after = rest.partition(END)[2] if found else ""
    README.write_text(f"{before.rstrip()}\n\n{text}\n{after.lstrip()}", encoding="utf-8")


def main() -> None:
    """Make, run, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("lines", "retailers", "products", "pairs"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size, name))
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--no-low-rank", action="store_true")
    parser.add_argument("--store", type=Path, help="a store made before: a copy of it is used")
    given = parser.parse_args()
    size = Size(given.lines, given.retailers, given.products, given.pairs)
    with tempfile.TemporaryDirectory(prefix="smartreco-scale-") as folder:
        db = Path(folder) / "scale.duckdb"
        if given.store:
            shutil.copy(given.store, db)
        lines = count_lines(db) if given.store else make_store(db, size)
        taken = list(commands(db, given.jobs))
    if not given.no_low_rank:
        module = "benchmarks.scale_lowrank"
        taken += [measured(f"EASE of rank {one}", "-m", module, one) for one in (128, 256, 512)]
    write(section(size, lines, taken))


if __name__ == "__main__":
    main()
