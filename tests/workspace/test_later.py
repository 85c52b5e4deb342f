"""Work asked for often is done once, and none outlives its process."""

from __future__ import annotations

import threading

from smartreco.workspace.later import Later

LONG = 3600.0  # seconds that no test waits


class Work:
    """Counts how often it ran; each run waits until it may go on."""

    def __init__(self, *, held: bool = False) -> None:
        self.runs = 0
        self.started = threading.Event()
        self.go_on = threading.Event()
        if not held:
            self.go_on.set()

    def __call__(self) -> None:
        self.runs += 1
        self.started.set()
        self.go_on.wait(10)


def test_asking_often_before_it_runs_is_asking_once() -> None:
    work = Work()
    later = Later(work)
    for _ in range(20):
        later.ask(0.05)
    later.join()
    assert work.runs == 1


def test_asking_while_it_runs_makes_it_run_once_more() -> None:
    work = Work(held=True)
    later = Later(work)
    later.ask(0)
    assert work.started.wait(10)
    for _ in range(5):
        later.ask(0)
    work.go_on.set()
    later.join()
    assert work.runs == 2


def test_it_can_be_asked_again_after_it_was_done() -> None:
    work = Work()
    later = Later(work)
    for done in (1, 2):
        later.ask(0)
        later.join()
        assert work.runs == done


def test_closing_drops_what_waits_and_takes_nothing_more() -> None:
    work = Work()
    later = Later(work)
    later.ask(LONG)
    later.close()
    later.ask(0)
    later.join()
    assert work.runs == 0


def test_closing_waits_for_what_runs() -> None:
    work = Work(held=True)
    later = Later(work)
    later.ask(0)
    assert work.started.wait(10)
    closing = threading.Thread(target=later.close)
    closing.start()
    assert closing.is_alive()
    work.go_on.set()
    closing.join(10)
    assert not closing.is_alive()
