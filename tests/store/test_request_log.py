"""Timings reach the store in batches and never fail a request."""

from __future__ import annotations

from datetime import datetime

from smartreco.store import Store
from smartreco.store.request_log import BATCH, RequestLog

NOON = datetime(2026, 5, 12, 12)


def rows(store: Store) -> int:
    with store.cursor() as cursor:
        found = cursor.execute("SELECT count(*) FROM request_log").fetchone()
    assert found is not None
    return int(found[0])


def test_a_batch_is_written_when_it_is_full(store: Store) -> None:
    log = RequestLog(store)
    for _ in range(BATCH - 1):
        log.note(NOON, "asha", "for_you", 3.2, "ok")
    assert rows(store) == 0
    log.note(NOON, "asha", "for_you", 3.2, "ok")
    assert rows(store) == BATCH


def test_flush_writes_what_waits_once(store: Store) -> None:
    log = RequestLog(store)
    log.note(NOON, "asha", "for_you", 3.2, "NotAllowedError")
    log.flush()
    log.flush()
    assert rows(store) == 1


def test_a_store_that_is_gone_does_not_fail_the_request(store: Store) -> None:
    log = RequestLog(store)
    log.note(NOON, "asha", "for_you", 3.2, "ok")
    store.write(lambda cursor: cursor.execute("DROP TABLE request_log"))
    log.flush()
