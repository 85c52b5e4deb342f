"""SIGTERM to a real process: connections end, work closes, the store is whole and free."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path

import duckdb
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from smartreco.config import PROJECT
from tests.browser.serving import command, environment, free_port, wait_until_it_answers
from tests.conftest import DEMO_PASSWORD


@pytest.fixture
def store(small_store: Path, tmp_path: Path) -> Path:
    shutil.copytree(small_store, tmp_path / "own")
    return tmp_path / "own" / "store.duckdb"


def test_a_stop_is_graceful_and_the_log_holds_no_secret(store: Path) -> None:
    port, log = free_port(), store.with_name("app.log")
    settings = environment(
        store, SMARTRECO_LOG_FORMAT="json", SMARTRECO_DEMO_PASSWORD=DEMO_PASSWORD
    )
    with log.open("w") as out:
        process = subprocess.Popen(
            command(port), cwd=PROJECT, env=settings, stdout=out, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/ready", process, log)
        _ask_with_secrets(port)
        _refused_from_elsewhere(port)
        _stop_while_connected(port, process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    said = [line["message"] for line in lines]
    assert "SmartReco has stopped: the store is closed" in said
    assert not [line for line in lines if "exception" in line]
    (asked,) = [line for line in lines if line.get("path") == "/session/open"]
    assert (asked["method"], asked["status"]) == ("GET", 403)
    assert "hunter2" not in log.read_text()
    with duckdb.connect(str(store), read_only=True) as free:
        assert free.execute("SELECT count(*) FROM accounts").fetchall()[0][0] > 0
    assert not store.with_name(store.name + ".wal").exists()  # closed, not only left


def _ask_with_secrets(port: int) -> None:
    request = (
        "GET /session/open?ticket=hunter2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        "Cookie: sid=hunter2\r\nAuthorization: Bearer hunter2hunter2\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
        asking.sendall(request.encode())
        assert b" 403 " in asking.recv(200)


def _refused_from_elsewhere(port: int) -> None:
    """Streamlit's own check lets other ports of localhost in; ours does not."""
    for origin in ("http://evil.test", "http://localhost:3000", "null"):
        with (
            pytest.raises(InvalidStatus) as refused,
            connect(f"ws://127.0.0.1:{port}/_stcore/stream", origin=origin),
        ):
            pass
        assert refused.value.response.status_code == 403


def _stop_while_connected(port: int, process: subprocess.Popen[bytes]) -> None:
    address, origin = f"ws://127.0.0.1:{port}/_stcore/stream", f"http://127.0.0.1:{port}"
    closed = threading.Event()
    with connect(address, origin=origin, subprotocols=["streamlit"]) as page:  # type: ignore[list-item, arg-type]

        def read() -> None:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    page.recv()
            closed.set()

        threading.Thread(target=read, daemon=True).start()
        process.send_signal(signal.SIGTERM)
        assert closed.wait(20)
        process.wait(30)
