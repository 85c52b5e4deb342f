"""``pytest --home postgres``: the same tests, with every store in PostgreSQL.

A test names its store by a file; here each such name gets a database of its own, unless the
file is there already, as a backup is. Tests that look at the file itself have nothing to look
at then: `only_in_a_file` says so.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from smartreco.config import Settings
    from smartreco.store.connection import Place
    from tests.postgres.server import Server

_server: Server | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where stores lie in this run."""
    parser.addoption(
        "--home", choices=("duckdb", "postgres"), default="duckdb",
        help="where the stores of the tests lie; postgres starts a server of its own",
    )  # fmt: skip


def begin(config: pytest.Config) -> None:
    """Put all stores of this run where the command line says."""
    global _server
    if config.getoption("--home") != "postgres":
        return
    from smartreco.store import connection
    from tests.postgres.server import Server

    _server = Server()
    connection.place_of = _in_postgres


def end() -> None:
    """Remove what the run kept there."""
    if _server is not None:
        _server.close()


def only_in_a_file(reason: str) -> pytest.MarkDecorator:
    """Mark what cannot be seen of a store in PostgreSQL, and why."""
    return pytest.mark.skipif(_server is not None, reason=f"a store in a file only: {reason}")


def copy_store(source: Path, target: Path) -> None:
    """Copy a closed store, wherever it lies; models beside it are files as ever."""
    if _server is None:
        shutil.copy(source, target)
    else:
        _server.make(_name(target), template=_name(source))


def copy_folder(source: Path, target: Path, name: str = "store.duckdb") -> Path:
    """Copy a closed store and what lies beside it; where it is now."""
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(name))
    copy_store(source / name, target / name)
    return target


def _in_postgres(settings: Settings) -> Place:
    from smartreco.store.attached import Attached
    from smartreco.store.embedded import Embedded

    if settings.store is not None:
        return Attached(settings.store)
    if settings.db.is_file():
        return Embedded(settings)
    assert _server is not None
    name = _name(settings.db)
    return Attached(_server.url(name) if _server.has(name) else _server.make(name))


def _name(path: Path) -> str:
    return "s" + hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:30]
