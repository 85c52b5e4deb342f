"""A backup put in the place of the store, by whoever runs the program while the app is stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from smartreco.config import Settings
from smartreco.entities import OPERATOR
from smartreco.store import restoring
from smartreco.workspace.keeping.backups import view
from smartreco.workspace.keeping.views import Restored
from smartreco.workspace.status import Report, silent


def restore(settings: Settings, source: Path, progress: Report = silent) -> Restored:
    """Check the backup at `source` and put it where the settings have the store.

    There is no principal: who can do this can read the file anyway. The replaced store stays
    aside, everybody signs in anew, and the next start fits a model of what was restored.

    Parameters
    ----------
    source
        A path, or the name of a backup in the backup folder.

    Raises
    ------
    StoreLockedError
        The application holds the store.
    InputError, StoreError
        The backup is not there, not whole, or of a newer program.
    """
    if not source.exists() and settings.backup_dir is not None and source.name == str(source):
        source = settings.backup_dir / source
    act = restoring.restore if settings.store is None else restoring.restore_attached
    now = datetime.now(UTC).replace(tzinfo=None)
    done = act(settings, source.resolve(), OPERATOR.username, now, progress)
    return Restored(view(source, done.manifest), done.aside, done.erased_again)
