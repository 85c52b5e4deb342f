"""Starting the application: headers, health, and what it says when it cannot."""

from __future__ import annotations

import subprocess
import urllib.request
from pathlib import Path

import pytest

from smartreco.api.headers import HEADERS
from tests.browser.serving import Server, command, environment, free_port


@pytest.mark.parametrize("path", ["/", "/for-you", "/healthz", "/_stcore/health"])
def test_every_answer_bears_the_security_headers(server: Server, path: str) -> None:
    with urllib.request.urlopen(server.url + path) as answer:  # noqa: S310
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_store_that_another_process_holds_is_one_sentence(server: Server) -> None:
    second = subprocess.run(
        command(free_port()), env=environment(server.db), capture_output=True, text=True,
        timeout=60, cwd=Path.cwd(),
    )  # fmt: skip
    assert second.returncode == 2
    assert "Traceback" not in second.stdout + second.stderr
    (sentence,) = [line for line in second.stderr.splitlines() if "cannot start" in line]
    assert "only one process can hold the store" in sentence


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    env = environment(tmp_path / "x.duckdb", SMARTRECO_DATA="nonsense")
    tried = subprocess.run(
        command(free_port()), env=env, capture_output=True, text=True, timeout=60
    )
    assert tried.returncode == 2
    assert "Traceback" not in tried.stdout + tried.stderr
    assert "SMARTRECO_DATA is one of" in tried.stderr
