"""Whether the process lives (/healthz) and whether it can answer (/ready), for who runs it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from smartreco.workspace import Phase, Workspace

NOT_KEPT = {"Cache-Control": "no-store"}


def health_routes(workspace: Callable[[], Workspace]) -> list[Route]:
    """Two routes without a sign-in; they tell nothing about the data."""

    def ready(request: Request) -> Response:
        status = workspace().status()
        progress = None if status.progress is None else round(status.progress.fraction, 3)
        return JSONResponse(
            {"phase": status.phase.value, "progress": progress},
            status_code=200 if status.phase is Phase.READY else 503,
            headers=NOT_KEPT,
        )

    def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=NOT_KEPT)

    return [Route("/ready", ready), Route("/healthz", healthz)]
