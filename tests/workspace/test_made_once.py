"""Several who ask for one answer wait for it; who asks for another does not."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from smartreco.workspace.made_once import MadeOnce

LONG = 20  # seconds, after which a test that hangs is given up


def test_many_who_ask_at_once_have_it_worked_out_once() -> None:
    held: MadeOnce[str, object] = MadeOnce(4)
    begun, go, made = threading.Barrier(4, timeout=LONG), threading.Event(), []

    def work() -> object:
        go.wait(LONG)
        made.append(None)  # an answer may be nothing at all
        return None

    def ask() -> object:
        begun.wait()
        return held.get("a", work)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask) for _ in range(4)]
        go.set()
        assert [one.result(LONG) for one in asked] == [None] * 4
    assert len(made) == 1


def test_another_answer_is_made_while_one_takes_long() -> None:
    held: MadeOnce[str, str] = MadeOnce(4)
    inside, go = threading.Event(), threading.Event()

    def slow() -> str:
        inside.set()
        go.wait(LONG)
        return "slow"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(held.get, "a", slow)
        assert inside.wait(LONG)
        assert pool.submit(held.get, "b", lambda: "quick").result(LONG) == "quick"
        assert not first.done()
        go.set()
        assert first.result(LONG) == "slow"


def test_an_answer_that_fails_is_tried_again() -> None:
    held: MadeOnce[str, int] = MadeOnce(4)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        held.get("a", fail)
    assert held.get("a", lambda: 3) == 3


def test_an_answer_may_ask_for_another() -> None:
    held: MadeOnce[str, int] = MadeOnce(4)
    assert held.get("a", lambda: 1 + held.get("b", lambda: 2)) == 3
