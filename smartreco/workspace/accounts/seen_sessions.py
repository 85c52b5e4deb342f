"""When sessions were used last, written once a minute and never while a page waits.

A page is drawn on every click; a write for each would queue all of them behind one lock. So a
session is noted when the store's own time for it is a minute old, and a thread writes what was
noted. What a process loses at its end is a minute.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from typing import Final

from smartreco.config import Settings
from smartreco.store import Store, sessions

log = logging.getLogger("smartreco")

OFTEN: Final = timedelta(minutes=1)


def idle_since(settings: Settings, now: datetime) -> datetime:
    """A session that was used last before this moment has ended."""
    return now - timedelta(hours=settings.idle_hours)


class SeenSessions:
    """Sessions on their way to `sessions.touch`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, datetime] = {}
        self._lock = threading.Lock()
        self._writing = False

    def noted(self, session_id: str) -> datetime:
        """When a session was used last that is not written yet; asked before the store is."""
        return self._waiting.get(session_id, datetime.min)

    def note(self, session_id: str, used: datetime, now: datetime) -> None:
        """A session is used; ``used`` is when it was before."""
        if now - used < OFTEN:
            return
        with self._lock:
            self._waiting[session_id] = now
            if self._writing:
                return
            self._writing = True
        threading.Thread(target=self._write_all, name="seen sessions", daemon=True).start()

    def flush(self) -> None:
        """Write what waits, here and now. A failure is logged and never reaches a page."""
        with self._lock:
            waiting = dict(self._waiting)
        if not waiting:
            return
        try:
            self._store.write(lambda cursor: sessions.touch(cursor, waiting))
        except Exception as error:  # such as a store that was closed meanwhile
            log.info("when %d sessions were used last is not kept: %s", len(waiting), error)
        with self._lock:
            for session_id, at in waiting.items():
                if self._waiting.get(session_id) == at:
                    del self._waiting[session_id]

    def _write_all(self) -> None:
        while True:
            self.flush()
            with self._lock:
                if not self._waiting:
                    self._writing = False
                    return
