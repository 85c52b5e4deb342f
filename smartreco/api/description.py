"""The OpenAPI description: what FastAPI finds by itself, and how every route refuses."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI

from smartreco.api.problems import PROBLEM_JSON, TITLES, Problem

ABOUT: Final = """Recommendations with their reasons, forecasts, stock advice and orders.

Sign in with `POST /token` (good for 30 minutes) or send an API key, both as
`Authorization: Bearer …`. An account sees what its role and its shop or vendor allow, as on the
pages. Errors are problem details (RFC 9457). Lists come in pages: `limit`, `offset`, and `next`
in the answer. An answer with an `ETag` answers 304 to the same in `If-None-Match`. How often
you may ask is in the headers `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`."""

TAGS: Final = [
    {"name": "identity", "description": "Tokens, API keys and who the caller is."},
    {"name": "recommendations", "description": "What a shop should order, and why."},
    {"name": "products", "description": "The catalogue as a shop sees it."},
    {"name": "forecasts", "description": "Coming demand, with bands."},
    {"name": "stock", "description": "What runs out, and how much to order."},
    {"name": "orders", "description": "The draft, and orders placed."},
    {"name": "vendors", "description": "A vendor's demand, reach and supply."},
    {"name": "analysis", "description": "Scenarios, blends and evaluations."},
    {"name": "administration", "description": "Data, fits, accounts and backups."},
    {"name": "operations", "description": "Health, readiness and figures of the process."},
]

#: Statuses that any route may refuse with; those without a sign-in leave out 401 and 403.
ALWAYS: Final = (400, 404, 409, 413, 422, 429, 500, 503)
SIGNED_IN: Final = (401, 403)


def describe(app: FastAPI) -> None:
    """Have the description name the refusals of every route as problems."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            _add_problems(schema)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _add_problems(schema: dict[str, Any]) -> None:
    parts = schema.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    made = Problem.model_json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    schemas.update(made.pop("$defs", {}))
    schemas["Problem"] = made
    parts["responses"] = {str(status): _refusal(status) for status in (*ALWAYS, *SIGNED_IN)}
    for methods in schema["paths"].values():
        for operation in methods.values():
            statuses = (*ALWAYS, *(SIGNED_IN if operation.get("security") else ()))
            for status in statuses:
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}


def _refusal(status: int) -> dict[str, Any]:
    return {
        "description": TITLES[status],
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
