"""One model on one set in a process of its own, so that time and memory are its own.

`python -m benchmarks.running SET_FILE MODEL OUT_FILE`, called by `benchmarks.recommend`.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rivals.served import Served
from benchmarks.sets.prepared import Prepared

ROOT = Path(__file__).resolve().parents[1]


def run(set_file: Path, model: str) -> Served | str:
    """Run a model in a new process; the last line of its error where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "served.pickle"
        command = [sys.executable, "-m", "benchmarks.running", str(set_file), model, str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode or not out.exists():
            lines = done.stderr.strip().splitlines()
            return lines[-1] if lines else f"ended with {done.returncode}"
        served: Served = pickle.loads(out.read_bytes())  # noqa: S301  (written by our own child)
        return served


def keep(prepared: Prepared, file: Path) -> None:
    """Write a set for the processes to read."""
    file.write_bytes(pickle.dumps(prepared))


def main(set_file: str, model: str, out: str) -> None:
    """Read the set, let the model serve, write what it served."""
    from benchmarks.rivals.registry import CONTENDERS

    prepared: Prepared = pickle.loads(Path(set_file).read_bytes())  # noqa: S301
    training, shops = prepared.training, prepared.shops
    Path(out).write_bytes(pickle.dumps(CONTENDERS[model](training, shops)))


if __name__ == "__main__":
    main(*sys.argv[1:])
