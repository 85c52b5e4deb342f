"""The application: pages, routes beside them, and what belongs to the process.

    streamlit run app.py        uvicorn app:app        python app.py

The Streamlit script lies in `pages/`, not beside it, and that closes a door:
see `pages/__init__.py`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.middleware import Middleware

import pages.registry  # noqa: F401 - so that the first visitor does not wait for imports
from pages import running
from pages.account import trouble
from smartreco.api.headers import SecurityHeaders
from smartreco.api.health import health_routes
from smartreco.api.session import session_routes
from smartreco.config import PROJECT, Settings
from smartreco.errors import SmartRecoError
from smartreco.workspace import Workspace

log = logging.getLogger("smartreco")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the store, start what is missing in the background, and close at the end."""
    workspace = _open_or_leave()
    workspace.people.announce_setup = _log_setup_link
    workspace.start()
    yield
    await asyncio.to_thread(running.close_workspace)


def _open_or_leave() -> Workspace:
    """The open workspace; without one the process ends with one sentence."""
    try:
        settings = Settings.from_environment()
        _set_up_logging(settings)
        return running.open_workspace(settings)
    except SmartRecoError as error:
        print(f"SmartReco cannot start: {error}", file=sys.stderr, flush=True)
        # nothing is open yet; raising here would have the server print a traceback
        os._exit(error.exit_code)


def _set_up_logging(settings: Settings) -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    log.setLevel(settings.log_level)
    # `trouble.report` writes each error with its reference; Streamlit would write it again
    logging.getLogger("streamlit.error_util").disabled = True


def _log_setup_link(token: str) -> None:
    port = st.get_option("server.port")
    log.warning(
        "There is no administrator yet. Open http://localhost:%s/?setup=%s (or the same path "
        "at this server's own address) within 24 hours to choose the name and password of the "
        "first one. The link works once.", port, token,
    )  # fmt: skip


app = st.App(
    PROJECT / "pages" / "entry.py",
    routes=[*session_routes(running.open_workspace), *health_routes(running.open_workspace)],
    middleware=[Middleware(SecurityHeaders)],
    lifespan=lifespan,
    on_script_error=trouble.report,
)

if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        app.run()
