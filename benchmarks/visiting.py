"""A browser tab without a browser: Streamlit's websocket, spoken in its own protobuf."""

from __future__ import annotations

import asyncio
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

SMALL = 400  # bytes; the message that ends a run is smaller, so larger ones need no reading
PATIENCE = 60.0  # seconds until a run counts as lost
BROKE = ("Something went wrong", "Traceback")


@dataclass(frozen=True)
class Run:
    """What came back of one rerun."""

    seconds: float
    bytes: int
    messages: tuple[bytes, ...]

    def elements(self) -> Iterator[Element]:
        """What was drawn."""
        for raw in self.messages:
            message = ForwardMsg.FromString(raw)
            if message.WhichOneof("type") == "delta" and message.delta.HasField("new_element"):
                yield message.delta.new_element

    def parts(self) -> tuple[str, ...]:
        """Ids of what can be drawn again alone, in the order of the page."""
        ids = (ForwardMsg.FromString(raw).delta.fragment_id for raw in self.messages)
        return tuple(dict.fromkeys(one for one in ids if one))


class Tab:
    """One open page; ``cookie`` is the session's."""

    def __init__(self, port: int, cookie: str | None = None) -> None:
        self._port, self._cookie = port, cookie
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Tab:
        """Open the websocket as a browser does."""
        self._socket = await connect(
            f"ws://127.0.0.1:{self._port}/_stcore/stream",
            origin=f"http://127.0.0.1:{self._port}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": f"sid={self._cookie}"} if self._cookie else {},
            max_size=None, compression=None, open_timeout=PATIENCE,
        )  # fmt: skip
        return self

    async def __aexit__(self, *error: object) -> None:
        """Leave as a closed tab does."""
        if self._socket is not None:
            await self._socket.close()

    async def run(self, page: str, message: BackMsg | None = None, part: str = "") -> Run:
        """Have a page or a part of it drawn; until the word that the script has finished."""
        asked = message or BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.fragment_id = part
        if self._socket is None:
            raise RuntimeError("this tab is not open")
        began = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        got: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            while True:
                raw = await self._socket.recv(decode=False)
                got.append(raw)
                if len(raw) < SMALL and _finished(raw):
                    took = time.perf_counter() - began
                    return Run(took, sum(map(len, got)), tuple(got))


def _finished(raw: bytes) -> bool:
    message = ForwardMsg.FromString(raw)
    return (
        message.WhichOneof("type") == "script_finished"
        and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )


async def cookie_of(port: int, username: str, password: str) -> str:
    """Sign in through the form and take the cookie, as a browser would."""
    async with Tab(port) as tab:
        drawn = list((await tab.run("")).elements())
        filled = BackMsg()
        states = filled.rerun_script.widget_states.widgets
        for element in drawn:
            kind = element.WhichOneof("type")
            if kind == "text_input" and element.text_input.label in ("Username", "Password"):
                secret = element.text_input.label == "Password"
                value = password if secret else username
                states.add(id=element.text_input.id, string_value=value)
            elif kind == "button" and element.button.is_form_submitter:
                states.add(id=element.button.id, trigger_value=True)
        answered = await tab.run("", filled)
    found = re.search(rb"/session/open\?ticket=([\w-]+)", b"".join(answered.messages))
    if found is None:
        raise SystemExit(f"{username} could not sign in")
    return await asyncio.to_thread(_redeem, port, found[1].decode())


def _redeem(port: int, ticket: str) -> str:
    site = f"http://127.0.0.1:{port}"
    asked = urllib.request.Request(  # noqa: S310 - our own process
        f"{site}/session/open?" + urllib.parse.urlencode({"ticket": ticket}),
        headers={"Referer": site + "/"},
    )
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
        return str(answer.headers["Set-Cookie"]).split(";")[0].partition("=")[2]


def broke(run: Run) -> bool:
    """Whether the page says that something went wrong."""
    words = b"".join(run.messages)
    return any(word.encode() in words for word in BROKE)
