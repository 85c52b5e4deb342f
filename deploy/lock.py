"""Writes requirements.lock: every package of the image, with the hash of its wheel.

    python deploy/lock.py

For CPython 3.11 on x86-64 Linux, as in the Dockerfile: run it there. pip takes
a package only if its file has the hash written here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LOCK = PROJECT / "requirements.lock"
HEAD = """\
# What the image installs, with the hash of each wheel: CPython 3.11, x86-64, glibc 2.36.
# Written by deploy/lock.py out of requirements.txt; not by hand.
"""


def resolved() -> dict[str, object]:
    """What pip would install into an empty environment."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                sys.executable, "-m", "pip", "install", "--quiet", "--dry-run",
                "--ignore-installed", "--only-binary=:all:", "--report", str(report),
                "--requirement", str(PROJECT / "requirements.txt"),
            ],
            check=True,
        )  # fmt: skip
        found: dict[str, object] = json.loads(report.read_text(encoding="utf-8"))
        return found


def locked(report: dict[str, object]) -> str:
    """The lock's text for a report of pip."""
    lines = []
    for one in report["install"]:  # type: ignore[attr-defined]
        name, version = one["metadata"]["name"], one["metadata"]["version"]
        sha256 = one["download_info"]["archive_info"]["hashes"]["sha256"]
        lines.append(f"{name.lower()}=={version} --hash=sha256:{sha256}")
    return HEAD + "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    LOCK.write_text(locked(resolved()), encoding="utf-8")
    print(f"{LOCK.name}: {LOCK.read_text(encoding='utf-8').count('--hash')} packages")
