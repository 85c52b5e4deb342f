"""A wrong setting ends every way of starting in one sentence and an exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from smartreco.config import PROJECT
from tests.browser.serving import command, environment, free_port

WAYS = {
    "the API alone": ["-m", "uvicorn", "--factory", "smartreco.api:create_app"],
    "uvicorn": ["-m", "uvicorn", "app:app"],
    "app.py": ["app.py"],
    "streamlit": command(0)[1:5],
    "the command line": ["-m", "smartreco", "accounts", "list"],
}
OFTEN = ("the API alone", "SMARTRECO_THREADS")
WRONG = {"SMARTRECO_THREADS": "nan", "SMARTRECO_DB": "/dev/null/store.duckdb"}


@pytest.mark.parametrize(
    ("way", "name"),
    [
        pytest.param(way, name, marks=() if (way, name) == OFTEN else pytest.mark.full)
        for way in WAYS
        for name in WRONG
    ],
)
def test_a_wrong_setting_is_one_sentence(way: str, name: str, tmp_path: Path) -> None:
    port = str(free_port())
    settings = environment(
        tmp_path / "store.duckdb", SMARTRECO_DATA="none", STREAMLIT_SERVER_PORT=port
    ) | {name: WRONG[name]}
    words = [sys.executable, *WAYS[way], *(["--port", port] if "uvicorn" in WAYS[way] else [])]
    done = subprocess.run(
        words, cwd=PROJECT, env=settings, capture_output=True, text=True, timeout=120, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "Traceback" not in said
    (sentence,) = [line for line in said.splitlines() if "; found " in line]
    assert WRONG[name] in sentence
