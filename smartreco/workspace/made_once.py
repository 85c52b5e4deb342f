"""Answers that take long, worked out once however many sessions ask for them.

`smartreco.recommend.recent.Recent` lets two that ask at the same time both work; here the
second waits for the first. Only those who ask for the same answer wait for each other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class MadeOnce(Generic[Key, Value]):
    """A bounded table of answers; what was not asked for longest goes first.

    An answer may ask for others, never for itself. One that fails is not kept: who waited
    for it tries again.

    >>> squares = MadeOnce(2)
    >>> [squares.get(one, lambda: one * one) for one in (1, 2, 3)], len(squares)
    ([1, 4, 9], 2)
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Key, Value] = {}
        self._making: dict[Key, _Turn] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Key, work: Callable[[], Value]) -> Value:
        """The answer for a key, worked out where it is not held; nobody may change it."""
        with self._lock:
            if key in self._held:
                return self._touched(key)
            turn = self._making.setdefault(key, _Turn())
            turn.asking += 1
        try:
            with turn.lock:
                with self._lock:
                    if key in self._held:  # made while this one waited
                        return self._touched(key)
                value = work()
                with self._lock:
                    self._held[key] = value
                    while len(self._held) > self.most:
                        del self._held[next(iter(self._held))]
                return value
        finally:
            with self._lock:
                turn.asking -= 1
                if not turn.asking:
                    self._making.pop(key, None)

    def _touched(self, key: Key) -> Value:
        value = self._held[key] = self._held.pop(key)
        return value


class _Turn:
    """Who makes one answer, and how many ask for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.asking = 0
