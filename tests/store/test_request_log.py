"""Timings reach the store in batches and never fail a request."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from smartreco.store import Store, request_log
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


def test_times_are_quantiles_by_use_case_since_a_moment(store: Store) -> None:
    log = RequestLog(store)
    waits = np.random.default_rng(0).exponential(30.0, 101)
    for at, one in enumerate(waits):
        log.note(NOON, "asha", "for_you", float(one), "NotAllowedError" if at < 3 else "ok")
    log.note(NOON - timedelta(days=3), "ana", "evaluate", 9000.0, "ok")
    log.flush()
    with store.cursor() as cursor:
        first, second = request_log.times(cursor)
        (lately,) = request_log.times(cursor, NOON - timedelta(days=1))
        assert request_log.times(cursor, NOON + timedelta(days=1)) == []
    assert (first.name, first.calls, first.p50, first.slowest) == ("evaluate", 1, 9000.0, 9000.0)
    assert second == lately
    assert (second.name, second.calls, second.failed) == ("for_you", 101, 3)
    assert second.last == NOON
    found = [second.p50, second.p95, second.p99, second.slowest]
    np.testing.assert_allclose(found, np.quantile(waits, [0.5, 0.95, 0.99, 1.0]))


def test_a_store_that_is_gone_does_not_fail_the_request(store: Store) -> None:
    log = RequestLog(store)
    log.note(NOON, "asha", "for_you", 3.2, "ok")
    store.write(lambda cursor: cursor.execute("DROP TABLE request_log"))
    log.flush()
