"""Answers leave at once, whoever has opened the server's socket.

The system holds back the end of an answer until its beginning was acknowledged, which takes a
waiting caller 40 ms, unless the socket says otherwise. asyncio says so for sockets that name
their protocol; Streamlit and uvicorn's workers open theirs without.
"""

from __future__ import annotations

import gc
import socket
from contextlib import suppress
from typing import Final

INTERNET: Final = (socket.AF_INET, socket.AF_INET6)


def answer_at_once() -> None:
    """Have every connection send without delay that this process accepts from now on.

    Called while the server starts: connections take it over from the socket they come to.
    """
    for one in gc.get_objects():  # the server keeps its socket to itself
        if type(one) is socket.socket and one.fileno() >= 0 and one.family in INTERNET:
            with suppress(OSError):  # a system that does not tell who listens
                if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
