"""Work that may wait: asked for often, done once, never by who asks."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Later:
    """Runs one piece of work in a thread of its own.

    While it waits, further asking changes nothing; while it runs, asking makes it run
    once more afterwards, however often it was asked.

    Parameters
    ----------
    work
        What is to be done; raises nothing.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._pause: float | None = None  # seconds; None: nothing is asked for
        self._thread: threading.Thread | None = None

    def ask(self, pause: float) -> None:
        """Have the work done after so many seconds."""
        with self._lock:
            if self._closing.is_set():
                return
            self._pause = pause
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="later", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Wait for work that runs; what still waits is dropped."""
        with self._lock:
            self._closing.set()
            thread = self._thread
        if thread is not None:
            thread.join()

    def join(self) -> None:
        """Wait until nothing is asked for."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while (pause := self._next()) is not None:
            if self._closing.wait(pause):
                return
            with self._lock:
                self._pause = None  # what is asked from here on is not in this run
            self._work()

    def _next(self) -> float | None:
        with self._lock:
            if self._pause is None or self._closing.is_set():
                self._thread = None
                return None
            return self._pause
