"""Whether a backup is whole: its bytes, then every row of it, against its manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from smartreco.errors import StoreError
from smartreco.store import backup, backup_files
from smartreco.store.backup_files import Manifest, TableMark
from smartreco.store.migrations import newest


def problem(path: Path, manifest: Manifest) -> str:
    """What can be told without reading the file; "" if nothing is wrong."""
    if path.stat().st_size != manifest.bytes:
        return f"it has {path.stat().st_size:,} bytes instead of {manifest.bytes:,}"
    if manifest.schema > newest():
        return f"it has schema {manifest.schema}; this version knows {newest()}"
    return ""


def problems(path: Path, progress: Callable[[float, str], None]) -> tuple[str, ...]:
    """Read the whole backup; what is wrong with it, none if it can be restored.

    Raises
    ------
    InputError, StoreError
        There is no such backup, or its manifest cannot be read.
    """
    manifest = backup_files.read_manifest(path)
    if found := problem(path, manifest):
        return (found,)
    progress(0.1, "Reading the file")
    if backup_files.checksum(path) != manifest.sha256:
        return ("its bytes are not the ones that were written (SHA-256 differs)",)
    progress(0.4, "Reading the tables")
    try:
        with duckdb.connect(str(path), read_only=True) as opened:
            held = backup.marks_of(opened, backup.tables_of(opened, path.stem))
    except duckdb.Error as error:
        return (f"DuckDB cannot read it: {str(error).splitlines()[0]}",)
    progress(1.0, "Checked")
    return tuple(_differences(held, manifest))


def require_whole(path: Path, progress: Callable[[float, str], None]) -> Manifest:
    """The manifest of a backup in which nothing is wrong.

    Raises
    ------
    InputError, StoreError
        There is no such backup, or it is not whole.
    """
    if found := problems(path, progress):
        raise StoreError(
            "a backup is restored if it is whole", f"{path.name}: {found[0]}", "use another backup"
        )
    return backup_files.read_manifest(path)


def _differences(held: dict[str, TableMark], manifest: Manifest) -> list[str]:
    same_engine = manifest.engine == duckdb.__version__  # hashes are one version's own
    wrong = []
    for name in sorted(held.keys() | manifest.tables.keys()):
        there, meant = held.get(name), manifest.tables.get(name)
        if there is None or meant is None:
            wrong.append(f"table {name} is {'missing' if there is None else 'not in the manifest'}")
        elif there.rows != meant.rows:
            wrong.append(f"table {name} has {there.rows:,} rows instead of {meant.rows:,}")
        elif same_engine and there.checksum != meant.checksum:
            wrong.append(f"rows of table {name} are not the ones that were written")
    return wrong
