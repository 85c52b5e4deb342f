"""The API without the pages, as a process: ``uvicorn --factory smartreco.api:create_app``."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from smartreco.config import PROJECT
from smartreco.entities import Role
from smartreco.workspace.accounts.demo import USERNAMES
from tests.browser.serving import environment, free_port, wait_until_it_answers
from tests.conftest import DEMO_PASSWORD
from tests.homes import only_in_a_file

STOPS_WITHIN = 6  # seconds, or the test fails


@only_in_a_file("a process of its own is told no other home here")
def test_it_starts_signs_in_lists_tells_how_it_is_and_stops(
    small_store: Path, tmp_path: Path
) -> None:
    shutil.copytree(small_store, tmp_path / "own")
    store, port = tmp_path / "own" / "store.duckdb", free_port()
    log = store.with_name("api.log")
    settings = environment(
        store, SMARTRECO_DEMO_PASSWORD=DEMO_PASSWORD, SMARTRECO_REFIT_AFTER="never"
    )
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "--factory", "smartreco.api:create_app",
             "--port", str(port)],
            cwd=PROJECT, env=settings, stdout=out, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/ready", process, log)
        _ask(f"http://127.0.0.1:{port}")
        process.send_signal(signal.SIGTERM)
        process.wait(STOPS_WITHIN)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    said = log.read_text()
    assert "the store is closed" in said
    assert "Traceback" not in said
    assert not store.with_name(store.name + ".wal").exists()  # closed, not only left


def _ask(url: str) -> None:
    with httpx.Client(base_url=url, timeout=30) as client:
        form = {"username": USERNAMES[Role.ADMIN], "password": DEMO_PASSWORD}
        token = client.post("/api/v1/token", data=form).json()["access_token"]
        mine = {"Authorization": f"Bearer {token}"}
        found = client.get("/api/v1/retailers/R0001/recommendations", headers=mine, params={"k": 3})
        assert [line["rank"] for line in found.json()["items"]] == [1, 2, 3]
        for path in ("/healthz", "/ready", "/api/v1/health", "/api/v1/ready"):
            assert client.get(path).status_code == 200, path
        assert client.get("/metrics").status_code == 401
        assert "smartreco_ready 1.0" in client.get("/metrics", headers=mine).text
        assert client.get("/").status_code == 404
