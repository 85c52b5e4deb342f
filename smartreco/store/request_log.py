"""How long each use case took and how it ended, written in small batches.

A write a request would queue all readers behind one lock; timings wait in
memory and go to the store every `BATCH` requests or on `flush`.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from smartreco.errors import StoreAwayError
from smartreco.store.connection import Cursor, Store

log = logging.getLogger("smartreco")

BATCH = 200
COLUMNS = ["happened_at", "username", "name", "milliseconds", "outcome"]
Row = tuple[datetime, str, str, float, str]


class RequestLog:
    """Timings of use cases on their way to the table ``request_log``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[Row] = []
        self._lock = threading.Lock()

    def note(
        self, at: datetime, username: str, name: str, milliseconds: float, outcome: str
    ) -> None:
        """Keep one timing; writes a batch when enough wait."""
        with self._lock:
            self._waiting.append((at, username, name, milliseconds, outcome))
            full = len(self._waiting) >= BATCH
        if full:
            self.flush()

    def flush(self) -> None:
        """Write what waits. A failure is logged and never reaches the request."""
        with self._lock:
            rows, self._waiting = self._waiting, []
        if not rows:
            return
        try:
            self._store.write(lambda cursor: _insert(cursor, rows), aside=True)
        except StoreAwayError:
            log.warning("request log: %d timings lost, the database gave no answer", len(rows))
        except Exception:
            log.exception("request log: %d timings lost", len(rows))


@dataclass(frozen=True, slots=True)
class MethodTimes:
    """How long one use case took, in milliseconds, whatever its outcome.

    ``failed`` of the ``calls`` ended otherwise than well; ``last`` is when the newest began.
    """

    name: str
    calls: int
    failed: int
    p50: float
    p95: float
    p99: float
    slowest: float
    last: datetime


def times(cursor: Cursor, since: datetime | None = None) -> list[MethodTimes]:
    """Every use case that was asked for since a moment, those that took most in all first."""
    rows = cursor.execute(
        """
        SELECT name, count(*), count(*) FILTER (outcome <> 'ok'),
               quantile_cont(milliseconds, 0.5), quantile_cont(milliseconds, 0.95),
               quantile_cont(milliseconds, 0.99), max(milliseconds), max(happened_at)
        FROM request_log
        WHERE $since IS NULL OR happened_at >= $since
        GROUP BY name ORDER BY sum(milliseconds) DESC, name
        """,
        {"since": since},
    ).fetchall()
    return [MethodTimes(*row) for row in rows]


def _insert(cursor: Cursor, rows: list[Row]) -> None:
    cursor.register("timings", pd.DataFrame(rows, columns=COLUMNS))
    cursor.execute("INSERT INTO request_log SELECT * FROM timings")
    cursor.unregister("timings")
