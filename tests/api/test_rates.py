"""A caller's rate, counted as the package `limits` counts it."""

from __future__ import annotations

import time

import numpy as np
import pytest
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from smartreco.api.rates import Rates


@pytest.mark.parametrize("rate", ["7/minute", "20/5 minute", "100/hour"])
def test_it_grants_and_tells_what_the_package_would(
    rate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng, now = np.random.default_rng(5), 1_700_000_000.0
    each, theirs = parse(rate), SlidingWindowCounterRateLimiter(MemoryStorage())
    monkeypatch.setattr(time, "time", lambda: now)
    ours = Rates(lambda: rate)
    granted = []
    for _ in range(400):
        now += float(rng.exponential(each.get_expiry() / each.amount / 3))
        who = str(rng.choice(["a", "b"]))
        found, expected = ours.take(who), theirs.hit(each, who)
        stats = theirs.get_window_stats(each, who)
        assert (found.granted, found.remaining) == (expected, max(0, stats.remaining))
        assert found.reset == pytest.approx(max(1, stats.reset_time - now), abs=1)
        granted.append(found.granted)
    assert {True, False} == set(granted)


def test_callers_who_asked_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_700_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    ours = Rates(lambda: "5/minute")
    for who in range(100):
        ours.take(str(who))
    now += 180
    ours.take("another")
    assert (len(ours._before), len(ours._now)) == (0, 1)
