"""One server for the run, a database for each test."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.store import Store
from smartreco.store.moving import move
from tests.postgres.server import MISSING, Server, programs

_numbers = itertools.count(1)
DOORS = "doors"
CARRIED = "carried"  # the small demo, copied for each test and never opened


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL."""
    if programs() is None:
        pytest.skip(MISSING)
    with Server() as running:
        yield running


@pytest.fixture
def empty(server: Server, tmp_path: Path) -> Settings:
    """Settings of an empty database."""
    return _settings(tmp_path / "beside.duckdb", server.make(_name()))


@pytest.fixture
def database(server: Server) -> Callable[[Settings], str]:
    """The name of a database from its settings."""
    return lambda settings: str(settings.store).rpartition("@/")[2].partition("?")[0]


@pytest.fixture
def small(small_store: Path, tmp_path: Path) -> Settings:
    """The small demo in a file of the test's own."""
    shutil.copytree(small_store, tmp_path, dirs_exist_ok=True)
    return Settings(db=tmp_path / "store.duckdb", refit_after=None, threads=1)


@pytest.fixture(scope="session")
def doors(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open store of a database without data, which is only knocked at."""
    beside = tmp_path_factory.mktemp("doors") / "a.duckdb"
    store = Store.open(_settings(beside, server.make(DOORS)))
    yield store
    store.close()


@pytest.fixture(scope="session")
def kept(server: Server, small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a database with the small demo."""
    own = Path(shutil.copytree(small_store, tmp_path_factory.mktemp("carried") / "own"))
    source = Settings(db=own / "store.duckdb", threads=1)
    move(source, replace(source, store=server.make(CARRIED)), lambda fraction, doing: None)
    return CARRIED


@pytest.fixture
def carried(server: Server, kept: str, small: Settings) -> Settings:
    """The small demo in a database of the test's own, its models beside."""
    return replace(small, store=server.make(_name(), template=kept))


def _settings(db: Path, url: str) -> Settings:
    return Settings(db=db, store=url, refit_after=None, threads=1)


def _name() -> str:
    return f"test{next(_numbers)}"
