"""Backups of the running store: made, listed, checked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, SmartRecoError
from smartreco.store import audit, backup, backup_check, backup_files
from smartreco.store.backup_files import Manifest
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.keeping.views import BackupCheck, BackupView
from smartreco.workspace.status import Report, silent


class Backups:
    """Use cases of an admin on backups."""

    core: Core

    @permits(Role.ADMIN)
    def backup(self, principal: Principal, progress: Report = silent) -> BackupView:
        """Copy the store into the backup folder while it is used; the oldest copies go.

        A backup holds all tables but sessions and one-time tokens. Models and the known truth
        of demo data are not in it: what is restored fits its own.

        Raises
        ------
        InputError
            No folder is set, or a backup is being made.
        StoreError
            It could not be written; nothing is left of it.
        """
        return self.back_up(principal.username, progress)

    @permits(Role.ADMIN)
    def backups(self, principal: Principal) -> tuple[BackupView, ...]:
        """All backups, newest first; none where no folder is set."""
        folder = self.core.settings.backup_dir
        return () if folder is None else listed(folder)

    @permits(Role.ADMIN)
    def check_backup(
        self, principal: Principal, name: str, progress: Report = silent
    ) -> BackupCheck:
        """Read a whole backup and hold it against its manifest.

        Parameters
        ----------
        name
            Of a backup in the folder, as `backups` gives it.

        Raises
        ------
        InputError
            There is no such backup.
        StoreError
            Its manifest cannot be read.
        """
        if not backup_files.NAME.fullmatch(name):  # a name, never a path
            raise InputError(
                "a backup is named as it is listed", repr(name[:80]), "choose one from the list"
            )
        return checked(backup.require_folder(self.core.settings) / name, progress)

    def back_up(self, username: str, progress: Report = silent) -> BackupView:
        """The same for the program itself."""
        now = self.core.now()
        self.core.requests.flush()
        path = backup.make(self.core.store, self.core.settings, now, progress)
        made = view(path, backup_files.read_manifest(path))
        detail = {"rows": made.rows, "bytes": made.bytes, "seconds": made.seconds}
        entry = audit.Entry(now, username, "backup made", made.name, detail)
        self.core.store.write(lambda cursor: audit.record(cursor, entry))
        log.info("backup %s: %d rows in %.1f s", made.name, made.rows, made.seconds)
        return made


def listed(folder: Path) -> tuple[BackupView, ...]:
    """The backups of a folder, newest first; one whose manifest is damaged says so."""
    return tuple(_listed(path) for path in backup_files.finished(folder.resolve()))


def checked(path: Path, progress: Report = silent) -> BackupCheck:
    """What a full reading of the backup at `path` finds.

    Raises
    ------
    InputError, StoreError
        See `smartreco.store.backup_check.problems`.
    """
    found = backup_check.problems(path, progress)
    return BackupCheck(view(path, backup_files.read_manifest(path)), found)


def view(path: Path, manifest: Manifest) -> BackupView:
    """A backup as callers see it."""
    return BackupView(
        path.name, path, path.stat().st_size, manifest.made_at, len(manifest.tables),
        manifest.rows, manifest.seconds, manifest.schema, manifest.data_set,
        backup_check.problem(path, manifest),
    )  # fmt: skip


def _listed(path: Path) -> BackupView:
    try:
        return view(path, backup_files.read_manifest(path))
    except SmartRecoError as error:
        changed = datetime.fromtimestamp(path.stat().st_mtime)
        size = path.stat().st_size
        return BackupView(path.name, path, size, changed, 0, 0, 0.0, problem=str(error))
