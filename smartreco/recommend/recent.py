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

    Parameters
    ----------
    most
        Answers that are held at once; where they are weighed, the weight of all.
    weigh
        Answers with the weight of one, the same each time; None: each counts 1.

    >>> squares = Recent(2)
    >>> [squares.get(one, lambda: one * one) for one in (1, 2, 3)], len(squares)
    ([1, 4, 9], 2)
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] | None = None) -> None:
        self.most = most
        self._weigh = weigh
        self._weight = 0
        self._held: dict[Key, Value] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def __reduce__(self) -> tuple[Any, ...]:
        return Recent, (self.most, self._weigh)

    def get(self, key: Key, work: Callable[[], Value]) -> Value:
        """The answer for a key, worked out where it is not held; nobody may change it."""
        with self._lock:
            if key in self._held:
                value = self._held[key] = self._held.pop(key)
                return value
        value = work()
        self.put(key, value)
        return value

    def put(self, key: Key, value: Value) -> None:
        """Hold an answer, in the place of another for the same key."""
        with self._lock:
            self._drop(key)
            self._held[key] = value
            self._weight += self._of(value)
            while self._weight > self.most and self._held:
                self._drop(next(iter(self._held)))

    def _drop(self, key: Key) -> None:
        if key in self._held:
            self._weight -= self._of(self._held.pop(key))

    def _of(self, value: Value) -> int:
        return 1 if self._weigh is None else self._weigh(value)
