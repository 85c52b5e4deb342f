"""For who runs the process: whether it lives, whether it can answer, and its figures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Security
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.accounts.scopes import Scope
from smartreco.api.docs import page_of
from smartreco.api.identity import asked, bearer, require
from smartreco.api.metrics import TEXT, Measured
from smartreco.api.shapes import Answer, sent
from smartreco.workspace import Phase


class Health(Answer):
    """The process lives."""

    status: str = Field(examples=["ok"])


class Ready(Answer):
    """How far it is; lists are answered when it is ready."""

    phase: Phase
    progress: float | None = Field(description="0 to 1.", examples=[0.6])


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["operations"])

    @router.get("/health", summary="Whether the process lives")
    async def health() -> Health:
        """Needs no sign-in and tells nothing of the data."""
        return Health(status="ok")

    @router.get("/ready", response_model=Ready, summary="Whether it can answer", responses={
        503: {"model": Ready, "description": "Data or model are still being made."},
    })  # fmt: skip
    async def ready(request: Request) -> Response:
        """200 once a model answers, else 503 with the phase."""
        status = request.app.state.workspace().status()
        progress = None if status.progress is None else round(status.progress.fraction, 3)
        code = 200 if status.phase is Phase.READY else 503
        return sent(Ready(phase=status.phase, progress=progress), status=code)

    @router.get("/metrics", summary="Figures for Prometheus", response_class=Response, responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
    })  # fmt: skip
    async def metrics(
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
    ) -> Response:
        """Requests by route and status, how long they took, sizes and versions; no names.

        With the scope admin, or open to all with SMARTRECO_METRICS_OPEN=1.
        """
        workspace = request.app.state.workspace()
        if not workspace.settings.metrics_open:
            require(await asked(request, credentials), Scope.ADMIN)
        measured: Measured = request.app.state.measured
        return Response(measured.text(), media_type=TEXT)

    @router.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return Response(page_of(request.app.openapi()), media_type="text/html; charset=utf-8")

    return router
