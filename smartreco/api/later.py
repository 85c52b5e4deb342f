"""Work that outlasts a request: 202, where to ask how far it is, and when to ask again."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.shapes import sent

ASK_IN: Final = "1"  # seconds

ACCEPTED: Final[dict[int | str, dict[str, Any]]] = {
    202: {
        "description": "Begun; ask at the address in `Location` how far it is.",
        "headers": {
            "Location": {"schema": {"type": "string"}, "description": "Where its state is."},
            "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."},
        },
    }
}


def place(request: Request, path: str) -> str:
    """The address of something of this API, from the root of the server."""
    return f"{request.scope.get('root_path', '')}{path}"


def accepted(request: Request, body: BaseModel, path: str) -> Response:
    """An answer to work that has begun."""
    headers = {"Location": place(request, path), "Retry-After": ASK_IN}
    return sent(body, status=202, headers=headers)


def created(request: Request, body: BaseModel, path: str) -> Response:
    """An answer to something that is there now."""
    return sent(body, status=201, headers={"Location": place(request, path)})
