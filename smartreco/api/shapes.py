"""What every answer and every question of the API has in common, and how an answer is sent."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"


def _in_utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


#: A moment; the store keeps them in UTC without a zone, an answer says the zone.
Instant = Annotated[datetime, AfterValidator(_in_utc)]


class Answer(BaseModel):
    """A body that the API sends."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Question(BaseModel):
    """A body that the API takes; a field that it does not know is a mistake, not a wish."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def sent(body: BaseModel, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer as it goes out, made into text once.

    A route that returns the model itself has FastAPI check it again; what is big or often asked
    for returns this, and names its model as ``response_model`` for the description.
    """
    return Response(body.model_dump_json().encode(), status, headers, JSON)


def versioned(request: Request, body: BaseModel, *versions: object) -> Response:
    """An answer with a stamp of its versions and content; an empty 304 to who holds it already.

    The content counts too: a draft or a dismissal changes a list without any version.
    """
    return stamped(request, body.model_dump_json().encode(), *versions)


def stamped(request: Request, text: bytes, *versions: object) -> Response:
    """The same, for an answer that is written out already."""
    mark = hashlib.blake2b(text, digest_size=12).hexdigest()
    stamp = 'W/"' + "-".join([*map(str, versions), mark]) + '"'
    headers = {"ETag": stamp, "Cache-Control": "private, no-cache"}
    held = request.headers.get("if-none-match", "")
    if stamp in (one.strip() for one in held.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(text, 200, headers, JSON)


#: What a route that answers by `versioned` says of it.
VERSIONED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {
                "schema": {"type": "string"},
                "description": "Stamp of versions and content, for If-None-Match.",
            }
        }
    },
    304: {"description": "As the caller holds it already (If-None-Match)."},
}
