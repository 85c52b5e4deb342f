"""A store with a small trade, made once; each test has a copy with its backups beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smartreco.workspace import Workspace
from tests.homes import copy_folder
from tests.keeping import trade


@pytest.fixture(scope="session")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the closed store: never opened."""
    folder = tmp_path_factory.mktemp("traded")
    trade.make(folder)
    return folder


@pytest.fixture
def folder(traded: Path, tmp_path: Path) -> Path:
    """Folder of a closed store of the test's own."""
    return copy_folder(traded, tmp_path / "own")


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    """The open store; no model is read."""
    opened = Workspace.open(trade.settings(folder))
    yield opened
    opened.close()
