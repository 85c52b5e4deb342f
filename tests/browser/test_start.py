"""Starting the application: headers, health, and what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import urllib.request
from pathlib import Path

import pytest

import app
from smartreco.api.headers import HEADERS
from tests.browser.serving import Server, command, environment, free_port


@pytest.mark.parametrize("path", ["/", "/for-you", "/healthz", "/_stcore/health"])
def test_every_answer_bears_the_security_headers(server: Server, path: str) -> None:
    with urllib.request.urlopen(server.url + path) as answer:  # noqa: S310
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_store_that_another_process_holds_is_one_sentence(server: Server) -> None:
    second = subprocess.run(
        command(free_port()), env=environment(server.db), capture_output=True, text=True,
        timeout=240, cwd=Path.cwd(),
    )  # fmt: skip
    assert second.returncode == 2
    assert "Traceback" not in second.stdout + second.stderr
    (sentence,) = [line for line in second.stderr.splitlines() if "cannot start" in line]
    assert "only one process can hold the store" in sentence


def test_a_wrong_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process; what a real one leaves behind is seen where the store is held."""

    def leave(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setenv("SMARTRECO_DATA", "nonsense")
    with pytest.raises(SystemExit) as left:
        app.or_leave(app._open)
    assert left.value.code == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("SmartReco cannot start: ")
    assert "SMARTRECO_DATA is one of" in sentence
