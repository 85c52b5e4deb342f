"""Once a day, in the background of the application: old rows go, a backup is made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import SmartRecoError
from smartreco.store import dataset, retention, settings
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.keeping.backups import Backups
from smartreco.workspace.keeping.views import Forgotten

EVERY: Final = timedelta(days=1)
FIRST_LOOK: Final = 60.0  # seconds after the start, which has enough to do
LOOK: Final = 600.0  # seconds between two looks at the time


class Daily(Backups):
    """What is due each day, done by one of the processes that share a store."""

    core: Core
    _closing: threading.Event
    _thread: threading.Thread | None

    @permits(Role.ADMIN)
    def forget_old(self, principal: Principal) -> Forgotten:
        """Delete timings, sign-ins, ended sessions and events older than the settings keep."""
        return self.forget(principal.username)

    def forget(self, username: str = OPERATOR.username) -> Forgotten:
        """The same for the program itself."""
        now = self.core.now()
        before = now - timedelta(days=self.core.settings.keep_days)
        counts = self.core.store.write(
            lambda cursor: retention.forget(cursor, before, username, now)
        )
        done = Forgotten(before, counts)
        words = ", ".join(f"{rows:,} of {name}" for name, rows in counts.items() if rows)
        log.info("rows before %s forgotten: %s", before.date(), words or "none")
        return done

    def start(self) -> None:
        """Forget what is old, then do each day's work as long as the application runs."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="daily", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Wait for what runs; begin nothing more."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def do_what_is_due(self) -> None:
        """One look at the time: what no process has done for a day is done now."""
        self._once_a_day("last_daily_forgetting", self.forget)
        if self.core.settings.backup_dir is not None and self._has_data():
            self._once_a_day("last_daily_backup", lambda: self.back_up(OPERATOR.username))

    def _watch(self) -> None:
        _tried(self.forget)
        pause = FIRST_LOOK
        while not self._closing.wait(pause):
            _tried(self.do_what_is_due)
            pause = LOOK

    def _once_a_day(self, name: str, work: Callable[[], object]) -> None:
        if self._is_due(name) and not _tried(work):
            self.core.store.write(lambda cursor: settings.remove(cursor, name))  # the next look

    def _is_due(self, name: str) -> bool:
        """Whether a day has passed; who is told so is to do the work, and nobody else."""
        now = self.core.now()

        def work(cursor: Cursor) -> bool:
            last = settings.get(cursor, name)
            if last is not None and now - datetime.fromisoformat(last) < EVERY:
                return False
            settings.put(cursor, name, now.isoformat())
            return True

        return self.core.store.write(work)

    def _has_data(self) -> bool:
        with self.core.store.cursor() as cursor:
            return dataset.data_version(cursor) > 0


def _tried(work: Callable[[], object]) -> bool:
    try:
        work()
    except SmartRecoError as error:
        log.error("daily work failed: %s", error)
    except Exception:
        log.exception("daily work failed")
    else:
        return True
    return False
