"""Errors as callers of the API read them: RFC 9457 problem details, never a traceback.

The one place that turns an error's class into a status code.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from smartreco.accounts.lockout import LockedOutError
from smartreco.api.shapes import Answer
from smartreco.errors import (
    InputError,
    NotAllowedError,
    NotEnoughDataError,
    NotFoundError,
    NotReadyError,
    SignInError,
    SmartRecoError,
    StoreError,
)

PROBLEM_JSON: Final = "application/problem+json"
TYPES: Final = "/api/v1/docs#"
ASK_AGAIN: Final = 5  # seconds, while data or model are being made
MOST_MISTAKES: Final = 20  # of a request that are named
LONGEST_FOUND: Final = 200  # characters of what was found, told back

#: First match counts, so a subclass stands before its base.
STATUSES: Final[tuple[tuple[type[SmartRecoError], int], ...]] = (
    (LockedOutError, 429),
    (SignInError, 401),
    (NotAllowedError, 403),
    (NotFoundError, 404),
    (InputError, 422),
    (NotEnoughDataError, 409),
    (NotReadyError, 503),
    (StoreError, 503),
)
TITLES: Final[Mapping[int, str]] = {
    400: "The request cannot be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not done this way",
    409: "The data cannot answer this",
    413: "Too large",
    422: "The request breaks a rule",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Not ready yet",
}


class Mistake(Answer):
    """One thing that is wrong with a request."""

    where: str = Field(description="Which part.", examples=["query.k"])
    rule: str = Field(
        description="What must hold.", examples=["Input should be less than or equal to 500"]
    )


class Problem(Answer):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(description="Names the kind of problem.", examples=[TYPES + "422"])
    title: str = Field(description="The kind in words.", examples=[TITLES[422]])
    status: int = Field(description="The status code.", ge=400, le=599, examples=[422])
    detail: str = Field(
        description="Rule, what was found and what to do, in one sentence.",
        examples=["a list has between 1 and 500 lines; found 0: choose another length"],
    )
    rule: str = Field(
        description="What must hold.", examples=["a list has between 1 and 500 lines"]
    )
    found: str = Field(description="What was there instead; may be empty.", examples=["0"])
    action: str = Field(
        description="What can be done; may be empty.", examples=["choose another length"]
    )
    request_id: str = Field(
        description="Names the request in the logs.", examples=["5f0c2f3c9d7a4c0e"]
    )
    mistakes: list[Mistake] = Field(
        default=[], description="Each wrong part of a request that does not fit its description."
    )


class ApiError(SmartRecoError):
    """A refusal that only HTTP knows: a status of its own, and headers."""

    def __init__(
        self, status: int, rule: str, found: str = "", action: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.status = status
        self.headers = dict(headers or {})
        super().__init__(rule, found, action)


def request_id(request: Request) -> str:
    """The id that the request came with or was given."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def problem(
    request: Request, status: int, error: SmartRecoError, mistakes: list[Mistake] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """A refusal as it is sent."""
    body = Problem(
        type=f"{TYPES}{status}",
        title=TITLES.get(status) or HTTPStatus(status).phrase,
        status=status,
        detail=str(error),
        rule=error.rule,
        found=error.found,
        action=error.action,
        request_id=request_id(request),
        mistakes=mistakes or [],
    )
    return Response(
        body.model_dump_json().encode(), status,
        {"Cache-Control": "no-store", **(headers or {})}, PROBLEM_JSON,
    )  # fmt: skip


def status_of(error: SmartRecoError) -> int:
    """The status code that an error's class stands for."""
    if isinstance(error, ApiError):
        return error.status
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def answer_problems(app: FastAPI) -> None:
    """Have every error of the routes answered as a problem."""
    app.add_exception_handler(SmartRecoError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_malformed)
    app.add_exception_handler(HTTPException, _on_http)


def headers_of(status: int, error: SmartRecoError) -> dict[str, str]:
    """Headers that a refusal goes with."""
    if isinstance(error, ApiError):
        return error.headers
    if isinstance(error, LockedOutError):
        return {"Retry-After": str(max(1, math.ceil(error.seconds)))}
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(ASK_AGAIN)} if status == 503 else {}


async def _on_error(request: Request, error: Exception) -> Response:
    known = cast(SmartRecoError, error)
    status = status_of(known)
    return problem(request, status, known, headers=headers_of(status, known))


async def _on_malformed(request: Request, error: Exception) -> Response:
    found = cast(RequestValidationError, error).errors()
    mistakes = [Mistake(where=_where(one["loc"]), rule=str(one["msg"])) for one in found]
    named = "; ".join(f"{one.where}: {one.rule}" for one in mistakes[:3])
    told = InputError(
        "a request fits its description", named[:LONGEST_FOUND],
        "see the description at /api/v1/docs",
    )  # fmt: skip
    return problem(request, 422, told, mistakes[:MOST_MISTAKES])


async def _on_http(request: Request, error: Exception) -> Response:
    refused = cast(HTTPException, error)
    rules = {
        400: ("a request can be read", "one that cannot", "check its body and headers"),
        404: ("an address is one of the API's", "another", "see /api/v1/docs"),
        413: ("a body is not too large", "a larger one", "send it in parts"),
        405: ("an address answers certain methods", "another method", "see /api/v1/docs"),
    }
    rule, what, action = rules.get(refused.status_code, (str(refused.detail), "", ""))
    told = SmartRecoError(rule, what, action)
    return problem(request, refused.status_code, told, headers=refused.headers)


def _where(place: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in place)[:LONGEST_FOUND]
