"""The application in a process of its own, over demo data that is made once and kept."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "demo-for-benchmarks"  # noqa: S105 - of accounts that live as long as the run
PAGES_TOO = ("streamlit", "run", "app.py", "--server.address", "127.0.0.1", "--server.port")
API_ALONE = ("uvicorn", "--factory", "smartreco.api:create_app", "--no-access-log", "--port")
READY_WITHIN = 600.0  # seconds; the first run makes the data
IDLE = 0.1  # of a processor
IDLE_FOR = 3.0  # seconds


@dataclass(frozen=True)
class Served:
    """A running application."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def processor(self) -> float:
        """Seconds of processor time that the process has taken."""
        words = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        )
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self) -> float:
        """Memory that the process holds, in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return float("nan")


@contextlib.contextmanager
def application(db: Path, *, alone: bool = False, **settings: str) -> Iterator[Served]:
    """Start the application as the README says, wait until it is ready, stop it at the end.

    Parameters
    ----------
    alone
        The REST API without the pages.
    """
    port = _free_port()
    db.parent.mkdir(parents=True, exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SMARTRECO_", "STREAMLIT_"))}
    ours = {
        "SMARTRECO_DB": str(db), "SMARTRECO_DEMO": "1", "SMARTRECO_DEMO_PASSWORD": PASSWORD,
        "SMARTRECO_LOG_FORMAT": "json",
    }  # fmt: skip
    with db.with_suffix(".log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *(API_ALONE if alone else PAGES_TOO), str(port)],
            cwd=ROOT, env=kept | ours | settings, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}/ready", process)
            served = Served(port, process.pid)
            _wait_until_idle(served)
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own process
            return
        time.sleep(0.5)
    raise SystemExit(f"the application did not become ready (ended with {process.poll()})")


def _wait_until_idle(served: Served) -> None:
    """Forecasts and what-ifs are made ahead after the start; figures are of the time after."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        before = served.processor()
        time.sleep(IDLE_FOR)
        if served.processor() - before < IDLE * IDLE_FOR:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
