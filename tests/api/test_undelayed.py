"""Answers leave at once, also through a socket that was opened without its protocol."""

from __future__ import annotations

import asyncio
import socket

import pytest

from smartreco.api.undelayed import answer_at_once


async def accepted(listening: socket.socket) -> bool:
    """Whether a connection that asyncio accepts there sends without delay."""
    made: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    class Noting(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            own = transport.get_extra_info("socket")
            made.set_result(bool(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))

    async with await asyncio.get_running_loop().create_server(Noting, sock=listening):
        with socket.create_connection(listening.getsockname()):
            return await asyncio.wait_for(made, 5)


@pytest.mark.parametrize("asked", [False, True])
def test_a_connection_sends_without_delay_once_that_was_asked_for(asked: bool) -> None:
    with socket.socket(socket.AF_INET) as listening:  # as Streamlit opens it
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        if asked:
            answer_at_once()
        assert asyncio.run(accepted(listening)) is asked
