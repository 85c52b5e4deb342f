"""The application: pages, routes beside them, and what belongs to the process.

    streamlit run app.py        uvicorn app:app        python app.py

The Streamlit script lies in `pages/`, not beside it, and that closes a door:
see `pages/__init__.py`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount

import pages.registry  # noqa: F401 - so that the first visitor does not wait for imports
from pages import running
from pages.account import trouble
from pages.components import look
from smartreco import __version__, logs
from smartreco.api.addresses import Addresses
from smartreco.api.application import PREFIX, create_api, metrics_route
from smartreco.api.headers import SecurityHeaders
from smartreco.api.health import health_routes
from smartreco.api.request_lines import RequestLines
from smartreco.api.same_origin import SameOrigin
from smartreco.api.session import session_routes
from smartreco.api.spoken import language_of
from smartreco.api.starting import or_leave, set_up_logging
from smartreco.api.style_sheet import StyleSheet
from smartreco.api.undelayed import answer_at_once
from smartreco.config import PROJECT, Settings
from smartreco.workspace import Workspace

log = logging.getLogger("smartreco")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the store, start what is missing in the background, and close at the end."""
    workspace = or_leave(_open)
    workspace.people.announce_setup = _log_setup_link
    workspace.start()
    answer_at_once()
    log.info("SmartReco %s answers", __version__)
    yield
    log.info("SmartReco stops: waits for work that is under way")
    await asyncio.to_thread(running.close_workspace)
    log.info("SmartReco has stopped: the store is closed")


def _open() -> Workspace:
    settings = Settings.from_environment()
    set_up_logging(settings)
    return running.open_workspace(settings)


def _log_setup_link(token: str) -> None:
    port = st.get_option("server.port")
    log.warning(
        "There is no administrator yet. Open http://localhost:%s/?setup=%s (or the same path "
        "at this server's own address) within 24 hours to choose the name and password of the "
        "first one. The link works once.", port, token, extra=logs.SHOWN_ONCE,
    )  # fmt: skip


def _origins() -> tuple[str, ...]:
    return running.open_workspace().settings.origins


api = create_api(running.open_workspace)
app = st.App(
    PROJECT / "pages" / "entry.py",
    routes=[
        *session_routes(running.open_workspace),
        *health_routes(running.open_workspace),
        metrics_route(api),
        Mount(PREFIX, app=api),
    ],
    middleware=[
        Middleware(RequestLines),
        Middleware(SecurityHeaders, framed_by=_origins),
        Middleware(SameOrigin, others=_origins),
        Middleware(StyleSheet, file=look.STYLE_SHEET, language=language_of(running.open_workspace)),
        Middleware(Addresses, prefix=PREFIX),
    ],
    lifespan=lifespan,
    on_script_error=trouble.report,
)

if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        app.run()
