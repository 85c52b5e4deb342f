"""A store in a folder of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.store import Store
from tests.homes import copy_store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(db=tmp_path / "test.duckdb")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File of a closed store without data, so that tables are made once."""
    path = tmp_path_factory.mktemp("empty") / "store.duckdb"
    Store.open(Settings(db=path)).close()
    return path


@pytest.fixture
def store(settings: Settings, empty: Path) -> Iterator[Store]:
    copy_store(empty, settings.db)
    opened = Store.open(settings)
    yield opened
    opened.close()
