"""The tables ``blends`` and ``blend_publications``: rows are read and added, never changed."""

from __future__ import annotations

from typing import Final

from smartreco.store import settings
from smartreco.store.connection import Cursor
from smartreco.store.registered import count
from smartreco.store.sealing import SealedRow

_OTHER_DATA: Final = "blends_of_other_data"  # setting: versions were learned from data now gone
_VERSIONS: Final = "blends", "version, body, checksum, previous, seal"
_PUBLICATIONS: Final = "blend_publications", "number, body, checksum, previous, seal"


def versions(cursor: Cursor) -> list[SealedRow]:
    """Every version, oldest first."""
    return _every(cursor, *_VERSIONS)


def publications(cursor: Cursor) -> list[SealedRow]:
    """Every publication, oldest first."""
    return _every(cursor, *_PUBLICATIONS)


def newest_publication(cursor: Cursor) -> int:
    """Number of the newest publication; 0 before the first. Asked before every list: quick."""
    return count(cursor, "SELECT max(number) FROM blend_publications")


def add_version(cursor: Cursor, row: SealedRow) -> None:
    """Keep a version, inside the running transaction."""
    _add(cursor, *_VERSIONS, row)


def add_publication(cursor: Cursor, row: SealedRow) -> None:
    """Keep a publication, inside the running transaction."""
    _add(cursor, *_PUBLICATIONS, row)


def other_data(cursor: Cursor) -> None:
    """The data that versions were made on are gone: the next fit's own recipe shall hold."""
    settings.put(cursor, _OTHER_DATA, "1")


def of_other_data(cursor: Cursor) -> bool:
    """Whether no fit has settled that yet."""
    return settings.get(cursor, _OTHER_DATA) is not None


def settled(cursor: Cursor) -> None:
    """A fit of the present data has."""
    settings.remove(cursor, _OTHER_DATA)


def _every(cursor: Cursor, table: str, columns: str) -> list[SealedRow]:
    rows = cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()
    return [SealedRow(*row) for row in rows]


def _add(cursor: Cursor, table: str, columns: str, row: SealedRow) -> None:
    cursor.execute(
        f"INSERT INTO {table} ({columns}) VALUES (?, ?, ?, ?, ?)",
        [row.number, row.body, row.checksum, row.previous, row.seal],
    )
