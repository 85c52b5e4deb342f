"""A backup put in the place of the store, which is kept aside whole.

The store must be free: nothing here runs beside the application. The replaced file keeps its
models beside it under the same dated name; the restored one fits its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from smartreco.config import Settings
from smartreco.errors import StoreError, StoreLockedError
from smartreco.store import audit, backup, backup_check, backup_files, dataset, erasure
from smartreco.store.backup_files import Manifest
from smartreco.store.connection import Cursor, Store, remove_file
from smartreco.store.embedded import opening_error
from smartreco.store.erasure import Erasure

UNFINISHED: Final = ".restoring"
SOURCE: Final = "restored_from"
ALL: Final = 1_000_000  # backups kept: none goes while one is being restored
BESIDE: Final = (".models", ".truth")  # folders that belong to one state of a store


@dataclass(frozen=True, slots=True)
class Done:
    """What a restore did; ``aside`` is the replaced file, None where there was none."""

    manifest: Manifest
    aside: Path | None
    erased_again: int


@dataclass(frozen=True, slots=True)
class Since:
    """What the replaced store knows that must not be undone by going back before it."""

    erased: Sequence[Erasure] = ()
    revoked: Sequence[str] = ()  # hashes of keys of the API
    disabled: Sequence[str] = ()  # usernames

    @classmethod
    def read(cls, cursor: Cursor) -> Since:
        """Ask the store that is about to be replaced."""
        keys = cursor.execute("SELECT key_hash FROM api_keys WHERE revoked_at IS NOT NULL")
        revoked = [str(key) for (key,) in keys.fetchall()]
        names = cursor.execute("SELECT username FROM accounts WHERE disabled").fetchall()
        return cls(erasure.every(cursor), revoked, [str(name) for (name,) in names])


def restore(
    settings: Settings, source: Path, username: str, now: datetime,
    progress: Callable[[float, str], None],
) -> Done:  # fmt: skip
    """Check the backup at `source`, then put it where the settings have the store.

    Until the very end the store is as it was; the change itself is two renames.

    Raises
    ------
    StoreLockedError
        A process holds the store.
    InputError, StoreError
        The backup is not there, not whole, or of a newer program.
    """
    manifest = backup_check.require_whole(source, lambda at, doing: progress(0.6 * at, doing))
    path = settings.db
    since = _let_go_of(path)
    progress(0.6, "Copying the backup")
    unfinished = path.with_name(path.name + UNFINISHED)
    remove_file(unfinished)
    try:
        copied = replace(settings, db=unfinished, store=None)
        again = _prepared(copied, source, manifest, since, username, now)
        progress(0.9, "Putting it in place")
        _let_go_of(path)  # nobody may have taken it meanwhile
        aside = _set_aside(path, now)
        unfinished.replace(path)
        backup_files.sync(path.parent)
    except (OSError, duckdb.Error) as error:
        raise StoreError(
            "a restore is done whole or not at all", f"{str(error).splitlines()[0]}",
            f"check that {path.parent} can be written and has room",
        ) from error  # fmt: skip
    finally:
        remove_file(unfinished)
    progress(1.0, "Restored")
    return Done(manifest, aside, again)


def restore_attached(
    settings: Settings, source: Path, username: str, now: datetime,
    progress: Callable[[float, str], None],
) -> Done:  # fmt: skip
    """The same for a store in PostgreSQL, row by row in one transaction there.

    What is replaced is backed up first; that backup is ``aside``. Other processes on the
    database are to be stopped: nothing here can tell whether they are.

    Raises
    ------
    InputError, StoreError
        As `restore`.
    """
    manifest = backup_check.require_whole(source, lambda at, doing: progress(0.3 * at, doing))
    folder = settings.backup_dir or settings.db.parent / "backups"
    keeping = replace(settings, backup_dir=folder, keep_backups=ALL)
    copied = replace(keeping, db=folder.resolve() / f"{source.stem}{UNFINISHED}", store=None)
    try:
        copied.db.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copied.db)
        Store.open(copied).close()  # brings it to the present schema
        store = Store.open(keeping)
        try:
            progress(0.4, "Backing up what is there")
            aside = backup.make(store, keeping, now, lambda at, doing: None)
            progress(0.6, "Writing the rows")
            again = _refilled(store, copied.db, manifest, source.name, username, now)
        finally:
            store.close()
    except (OSError, duckdb.Error) as error:
        raise StoreError(
            "a restore is done whole or not at all", f"{str(error).splitlines()[0]}",
            "nothing has changed; check the database and the backup folder",
        ) from error  # fmt: skip
    finally:
        remove_file(copied.db)
    progress(1.0, "Restored")
    return Done(manifest, aside, again)


def _refilled(
    store: Store, path: Path, manifest: Manifest, name: str, username: str, now: datetime
) -> int:
    """Every table emptied and filled from the store at `path`, in one transaction."""
    with store.cursor() as attaching:
        attaching.execute(f"ATTACH '{backup.quoted(path)}' AS {SOURCE} (READ_ONLY)")
        try:
            tables = backup.tables_of(attaching, SOURCE)

            def work(cursor: Cursor) -> int:
                since, version = Since.read(cursor), dataset.data_version(cursor)
                for table in tables:
                    cursor.execute(f'DELETE FROM "{table.name}"')
                    cursor.execute(
                        f'INSERT INTO "{table.name}" ({table.names}) '
                        f'SELECT {table.names} FROM {SOURCE}."{table.name}"'
                    )
                dataset.surpass(cursor, version)
                return settle(cursor, manifest, name, since, username, now)

            return store.write(work)
        finally:
            attaching.execute(f"DETACH {SOURCE}")


def settle(
    cursor: Cursor, manifest: Manifest, name: str, since: Since, username: str,
    now: datetime,
) -> int:  # fmt: skip
    """Make a restored state one of now, and say so in the log.

    Who was erased, shut out or had a key taken away since stays so.

    Returns
    -------
    int
        How many shops were erased again.
    """
    shops = [str(i) for (i,) in cursor.execute("SELECT retailer_id FROM retailers").fetchall()]
    known = {one.id_hash for one in erasure.every(cursor)}
    later = {one.id_hash: one for one in since.erased if one.id_hash not in known}
    again = 0
    for shop in shops:
        if (one := later.get(erasure.fingerprint(shop))) is not None:
            erasure.erase(cursor, shop, one.username, one.erased_at, one.reason, one.number)
            again += 1
    cursor.execute(
        "UPDATE api_keys SET revoked_at = ? "
        "WHERE revoked_at IS NULL AND list_contains(?, key_hash)",
        [now, list(since.revoked)],
    )
    cursor.execute(
        "UPDATE accounts SET disabled = true WHERE list_contains(?, username)",
        [list(since.disabled)],
    )
    detail = {"made_at": manifest.made_at, "schema": manifest.schema, "erased_again": again}
    audit.record(cursor, audit.Entry(now, username, "store restored", name, detail))
    return again


def _prepared(
    copied: Settings, source: Path, manifest: Manifest, since: Since, username: str,
    now: datetime,
) -> int:  # fmt: skip
    """A copy of the backup, brought to the present schema and told what happened since."""
    copied.db.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, copied.db)
    if backup_files.checksum(copied.db) != manifest.sha256:
        raise OSError(f"the copy of {source.name} differs from it")
    store = Store.open(copied)
    try:
        return store.write(
            lambda cursor: settle(cursor, manifest, source.name, since, username, now)
        )
    finally:
        store.close()
        backup_files.sync(copied.db)


def _let_go_of(path: Path) -> Since:
    """Make sure that nobody holds the store; what it knows, where it can be read.

    Opening and closing it writes what is pending, so that one file holds all of it.
    """
    if not path.is_file():
        return Since()
    try:
        held = duckdb.connect(str(path))
    except duckdb.Error as error:
        reason = opening_error(path, error)
        if isinstance(reason, StoreLockedError):
            raise StoreLockedError(
                "a store is restored while nothing else has it open", reason.found,
                "stop the application first",
            ) from error  # fmt: skip
        return Since()  # what cannot be read may still be set aside
    with held, suppress(duckdb.Error):  # older than these tables, or not a store at all
        return Since.read(held)
    return Since()


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Give the replaced store and all beside it a dated name.

    The file itself gets a second name and keeps its first until the restored one takes it, so
    that at no moment there is none.
    """
    stem = f"{path.stem}.before-restore-{now:%Y%m%dT%H%M%S}Z"
    aside = path.with_name(f"{stem}{path.suffix}")
    found = path.exists()
    for ending in BESIDE:
        folder = path.with_name(path.stem + ending)
        if folder.is_dir():
            folder.rename(path.with_name(stem + ending))
    wal = path.with_name(path.name + ".wal")
    if wal.exists():  # of a file that could not be opened
        wal.rename(aside.with_name(aside.name + ".wal"))
    if found:
        try:
            os.link(path, aside)
        except OSError:  # a file system without hard links
            path.rename(aside)
    return aside if found else None
