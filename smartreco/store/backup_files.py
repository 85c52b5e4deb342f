"""Backups as files: a DuckDB file, and beside it what must be found in it (its manifest).

A backup is there once both files have their names: the manifest gets its name first and the
data last, so that whatever ends a process in between leaves nothing that looks like a backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from smartreco.errors import InputError, StoreError

NAME: Final = re.compile(r"smartreco-\d{8}T\d{6}Z(-\d+)?\.duckdb")
FORMAT: Final = 1  # of the manifest
UNFINISHED: Final = ".part"
ABANDONED: Final = 3600.0  # seconds without a write, after which nobody is making it any more
CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class TableMark:
    """What must be found in a table: how many rows, and the sum of their hashes."""

    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, written when it was made. ``made_at`` in UTC, ``seconds`` it took."""

    made_at: datetime
    schema: int
    program: str
    engine: str  # DuckDB's version: hashes of rows are compared within one only
    data_set: str
    data_version: int
    seconds: float
    bytes: int
    sha256: str
    tables: Mapping[str, TableMark]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(mark.rows for mark in self.tables.values())


def manifest_path(path: Path) -> Path:
    """Where a backup's manifest lies."""
    return path.with_suffix(".json")


def free_path(folder: Path, now: datetime) -> Path:
    """The name of a backup made now; a second one in a second gets a number."""
    stem = f"smartreco-{now:%Y%m%dT%H%M%S}Z"
    path, number = folder / f"{stem}.duckdb", 2
    while path.exists() or manifest_path(path).exists():
        path, number = folder / f"{stem}-{number}.duckdb", number + 1
    return path


def finished(folder: Path) -> list[Path]:
    """Every backup in a folder that has a manifest, newest first."""
    if not folder.is_dir():
        return []
    found = [
        path
        for path in folder.glob("smartreco-*.duckdb")
        if NAME.fullmatch(path.name) and manifest_path(path).is_file()
    ]
    return sorted(found, key=lambda path: _order(path.stem), reverse=True)


def keep_last(folder: Path, count: int) -> list[str]:
    """Delete all but the newest `count` backups, and what a dead process left; names deleted."""
    old = finished(folder)[count:]
    for path in old:
        path.unlink(missing_ok=True)
        manifest_path(path).unlink(missing_ok=True)
    for path in folder.glob(f"smartreco-*{UNFINISHED}*"):
        if path.is_file() and time.time() - path.stat().st_mtime > ABANDONED:
            path.unlink(missing_ok=True)
    return [path.name for path in old]


def publish(unfinished: Path, path: Path, manifest: Manifest) -> None:
    """Give a finished copy and its manifest their names."""
    written = manifest_path(path).with_name(manifest_path(path).name + UNFINISHED)
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, default=_written, indent=1)
    written.write_text(text + "\n", encoding="utf-8")
    for each in (written, unfinished):
        each.chmod(0o600)  # password hashes are in it
        sync(each)
    written.replace(manifest_path(path))
    unfinished.replace(path)
    sync(path.parent)


def read_manifest(path: Path) -> Manifest:
    """The manifest of the backup at `path`.

    Raises
    ------
    InputError
        There is no such file.
    StoreError
        The manifest is missing, damaged or of a newer program.
    """
    if not path.is_file():
        raise InputError("a backup is a file", f"none at {path}", "list them with `backup --list`")
    source = manifest_path(path)
    try:
        held = json.loads(source.read_text(encoding="utf-8"))
        if held.pop("format") != FORMAT:
            raise StoreError(
                "a backup's manifest is one this version can read", f"{source}, of a newer one",
                "update the program",
            )  # fmt: skip
        tables = {name: TableMark(**mark) for name, mark in held.pop("tables").items()}
        made_at = datetime.fromisoformat(held.pop("made_at"))
        return Manifest(made_at=made_at, tables=tables, **held)
    except FileNotFoundError as error:
        raise StoreError(
            "a backup lies beside its manifest", f"no {source.name} beside {path.name}",
            f"bring {source.name} back; without it nothing tells whether the file is whole",
        ) from error  # fmt: skip
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            "a backup's manifest can be read", f"a damaged {source.name}", "use another backup"
        ) from error


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            found.update(block)
    return found.hexdigest()


def sync(path: Path) -> None:
    """Have the disk keep a file or a folder before what follows."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _order(stem: str) -> tuple[str, int]:
    at, _, number = stem.removeprefix("smartreco-").partition("-")
    return at, int(number or 1)
