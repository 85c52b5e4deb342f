"""The real application in a process of its own, on a free port, over a small store."""

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

from smartreco.config import PROJECT

STARTS_WITHIN = 60  # seconds


@dataclass(frozen=True)
class Server:
    """A running application."""

    url: str
    db: Path
    log: Path

    def said(self) -> str:
        """What it has written so far."""
        return _read(self.log)


def command(port: int) -> list[str]:
    """How the application is started, as in the README."""
    return [
        sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py"),
        "--server.port", str(port), "--server.address", "127.0.0.1",
    ]  # fmt: skip


def environment(db: Path, **settings: str) -> dict[str, str]:
    """This process's environment without its own settings of the application."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SMARTRECO_", "STREAMLIT_"))}
    return kept | {"SMARTRECO_DB": str(db)} | settings


@contextlib.contextmanager
def serving(db: Path, *, until: str = "ready", **settings: str) -> Iterator[Server]:
    """Start the application and wait until ``/ready`` (or ``/healthz``) answers 200."""
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", db, db.with_name(f"app-{port}.log"))
    with server.log.open("w") as log:
        process = subprocess.Popen(
            command(port), cwd=PROJECT, env=environment(db, **settings),
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            wait_until_it_answers(f"{server.url}/{until}", process, server.log)
            yield server
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for a 200; what was logged is told if the process ends or stays silent."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the application ended by itself:\n{_read(log)}")
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - raises unless 200
            return
        time.sleep(0.1)
    raise AssertionError(f"no answer from {url} in {STARTS_WITHIN} s:\n{_read(log)}")


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")
