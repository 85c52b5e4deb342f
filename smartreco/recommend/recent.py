"""The last few things that were worked out, so that the next rerun of a page need not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """A bounded table of answers; what was not asked for longest goes first.

    Safe to use from many threads: two that ask at the same time may both work an answer
    out. A copy for another process starts empty.

    >>> squares = Recent(2)
    >>> [squares.get(one, lambda: one * one) for one in (1, 2, 3)], len(squares)
    ([1, 4, 9], 2)
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Key, Value] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def __reduce__(self) -> tuple[Any, ...]:
        return Recent, (self.most,)

    def get(self, key: Key, work: Callable[[], Value]) -> Value:
        """The answer for a key, worked out where it is not held; nobody may change it."""
        with self._lock:
            if key in self._held:
                value = self._held[key] = self._held.pop(key)
                return value
        value = work()
        with self._lock:
            self._held[key] = value
            while len(self._held) > self.most:
                del self._held[next(iter(self._held))]
        return value
