"""How often one caller may ask: a sliding window a key."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from limits import RateLimitItem, parse

from smartreco.api.problems import ApiError

TOKENS: Final = "10/minute"  # of a name from an address


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller has left: ``remaining`` of ``limit``, anew in ``reset`` seconds."""

    limit: int
    remaining: int
    reset: int
    granted: bool

    def headers(self) -> dict[str, str]:
        """The headers that tell a caller."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


class Rates:
    """Counts of this process, held in memory.

    The window slides as in `limits.strategies.SlidingWindowCounterRateLimiter`: what was asked
    in the fixed window before counts by the share of it that still lies within. Its storage in
    memory starts a thread at nearly every request, which takes longer than to count.

    Parameters
    ----------
    rate
        Answers in the words of `limits`, ``600/minute``; asked once, at the first request.
    """

    def __init__(self, rate: Callable[[], str]) -> None:
        self._rate = rate
        self._window = 0
        self._before: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()

    @cached_property
    def _each(self) -> RateLimitItem:
        return parse(self._rate())

    def take(self, who: str) -> Allowance:
        """Count one request of a caller."""
        limit, length = self._each.amount, self._each.get_expiry()
        window, into = divmod(time.time() / length, 1)
        left = 1 - into  # share of the window before that still counts
        with self._lock:
            self._turn(int(window))
            before, now = self._before.get(who, 0), self._now.get(who, 0)
            granted = math.floor(before * left + now) < limit
            if granted:
                now += 1
                self._now[who] = now
        resets = [left * length % (length / before)] if before else []
        resets += [left * length] if now else []
        return Allowance(
            limit, max(0, limit - math.floor(before * left + now)),
            max(1, math.ceil(min(resets, default=0.0))), granted,
        )  # fmt: skip

    def _turn(self, window: int) -> None:
        """Begin another fixed window where its time has come; what is older is forgotten."""
        if window != self._window:
            self._before = self._now if window == self._window + 1 else {}
            self._now, self._window = {}, window

    def spend(self, who: str) -> Allowance:
        """The same, refusing where nothing is left.

        Raises
        ------
        ApiError
            429, with when to ask again.
        """
        found = self.take(who)
        if not found.granted:
            headers: Mapping[str, str] = {
                **found.headers(), "Retry-After": str(found.reset)
            }  # fmt: skip
            raise ApiError(
                429, f"a caller asks at most {self._each} times", "more",
                f"ask again in {found.reset} seconds", headers,
            )  # fmt: skip
        return found
