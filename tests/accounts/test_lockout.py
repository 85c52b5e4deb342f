"""When a name locks, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from smartreco.accounts.lockout import ALLOWED, WINDOW, locked_until

NOW = datetime(2026, 5, 4, 9, 0)


def before(*seconds: int) -> list[datetime]:
    return [NOW - timedelta(seconds=s) for s in seconds]


def test_four_wrong_passwords_leave_a_name_open() -> None:
    assert locked_until(before(1, 2, 3, 4), NOW) is None


def test_the_fifth_locks_it_until_the_first_of_them_leaves_the_window() -> None:
    assert locked_until(before(100, 4, 3, 2, 1), NOW) == NOW - timedelta(seconds=100) + WINDOW


def test_order_does_not_matter() -> None:
    assert locked_until(before(1, 100, 3, 2, 4), NOW) == locked_until(before(100, 4, 3, 2, 1), NOW)


def test_wrong_passwords_outside_the_window_do_not_count() -> None:
    long_ago = int(WINDOW.total_seconds())
    assert locked_until(before(long_ago, 4, 3, 2, 1), NOW) is None


def test_a_name_opens_at_the_moment_that_was_named() -> None:
    failures = before(*range(1, ALLOWED + 1))
    until = locked_until(failures, NOW)
    assert until is not None
    assert locked_until(failures, until - timedelta(microseconds=1)) == until
    assert locked_until(failures, until) is None
