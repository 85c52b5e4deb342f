"""The REST API as an application: beside the pages at /api/v1, or alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from smartreco import __version__
from smartreco.api.addresses import Addresses
from smartreco.api.description import ABOUT, TAGS, describe
from smartreco.api.envelope import Envelope
from smartreco.api.headers import SecurityHeaders
from smartreco.api.health import health_routes
from smartreco.api.identity import Identities
from smartreco.api.metrics import Measured
from smartreco.api.problems import answer_problems
from smartreco.api.rates import TOKENS, Rates
from smartreco.api.registry import ROUTERS
from smartreco.api.request_lines import RequestLines
from smartreco.api.starting import or_leave, set_up_logging
from smartreco.api.undelayed import answer_at_once
from smartreco.config import Settings
from smartreco.workspace import Workspace

log = logging.getLogger("smartreco.api")

PREFIX: Final = "/api/v1"


def create_api(workspace: Callable[[], Workspace]) -> FastAPI:
    """The API over a workspace, to be mounted at `PREFIX`.

    Parameters
    ----------
    workspace
        Answers with the open workspace; called with each request, not before.
    """
    measured = Measured(workspace)
    app = FastAPI(
        title="SmartReco", version=__version__, description=ABOUT, openapi_tags=TAGS,
        docs_url=None, redoc_url=None, servers=[{"url": PREFIX}], root_path_in_servers=False,
        middleware=[Middleware(Envelope, measured=measured)], redirect_slashes=False,
    )  # fmt: skip
    app.state.workspace = workspace
    app.state.identities = Identities(workspace)
    app.state.rates = Rates(lambda: workspace().settings.api_rate)
    app.state.token_rates = Rates(lambda: TOKENS)
    app.state.measured = measured
    answer_problems(app)
    for routes in ROUTERS:
        app.include_router(routes())
    describe(app)
    return app


def create_app() -> FastAPI:
    """The API alone: ``uvicorn --factory smartreco.api:create_app``.

    It opens the store when the server starts and closes it when the server stops, once the
    requests under way are answered.

    It ends the process with one sentence where a setting does not hold to its rule, or the
    store cannot be opened.
    """
    settings = or_leave(Settings.from_environment)
    set_up_logging(settings)
    held: list[Workspace] = []

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opening = partial(or_leave, partial(Workspace.open, settings))
        held.append(await asyncio.to_thread(opening))
        held[0].start()
        answer_at_once()
        log.info("SmartReco's API %s answers", __version__)
        yield
        log.info("SmartReco stops: waits for work that is under way")
        await asyncio.to_thread(held.pop().close)
        log.info("SmartReco has stopped: the store is closed")

    api = create_api(lambda: held[0])
    return FastAPI(
        openapi_url=None, lifespan=lifespan,
        middleware=[
            Middleware(RequestLines),
            Middleware(SecurityHeaders),
            Middleware(Addresses, prefix=PREFIX),
        ],
        routes=[
            *health_routes(lambda: held[0]),
            metrics_route(api),
            Mount(PREFIX, app=api),
        ],
    )  # fmt: skip


def metrics_route(api: FastAPI) -> Route:
    """``/metrics`` at the root of the server, where Prometheus looks: the API's own."""
    return Route("/metrics", endpoint=api)
