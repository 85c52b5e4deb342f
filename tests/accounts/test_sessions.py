"""Tokens and tickets."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from smartreco.accounts.sessions import TICKET_LIFE, OpenedSession, Tickets, digest, new_token

NOW = datetime(2026, 5, 4, 9, 0)


def test_a_ticket_is_good_once() -> None:
    tickets = Tickets()
    ticket = tickets.issue("token", NOW)
    assert tickets.redeem(ticket, NOW + timedelta(seconds=29)) == "token"
    assert tickets.redeem(ticket, NOW + timedelta(seconds=29)) is None


def test_a_ticket_is_good_for_half_a_minute() -> None:
    tickets = Tickets()
    ticket = tickets.issue("token", NOW)
    assert tickets.redeem(ticket, NOW + TICKET_LIFE) is None


def test_an_unknown_ticket_buys_nothing() -> None:
    tickets = Tickets()
    tickets.issue("token", NOW)
    assert tickets.redeem("", NOW) is None
    assert tickets.redeem(new_token(), NOW) is None


def test_a_ticket_redeemed_from_many_threads_buys_one_token() -> None:
    tickets = Tickets()
    ticket = tickets.issue("token", NOW)
    bought: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: bought.append(tickets.redeem(ticket, NOW)))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(token for token in bought if token) == ["token"]


def test_late_tickets_do_not_pile_up() -> None:
    tickets = Tickets()
    for second in range(100):
        tickets.issue("token", NOW + timedelta(minutes=second))
    assert len(tickets._waiting) == 1


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(token) >= 43 for token in made)


def test_the_ticket_stays_out_of_what_a_log_would_print() -> None:
    assert "secret" not in repr(OpenedSession(digest("x"), "secret"))
