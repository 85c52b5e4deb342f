"""The whole description tried with drawn requests: nothing breaks, and every answer fits it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import (
    CheckFunction,
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import Receive, Scope, Send

from smartreco.api.application import PREFIX, create_api
from smartreco.api.rates import Rates
from smartreco.entities import Role
from smartreco.workspace import Workspace
from tests.api.conftest import bearers_of
from tests.conftest import opened_copy
from tests.drawing import drawn

#: Long work, and what would take the sign-in or the data away from the requests that follow.
LEFT_OUT = (
    r"(POST /(fits|imports|imports/(demo|look|rehearsals)|evaluations|blends/proposals|backups))$"
    r"|/erase$|/token$|/(run|report|sessions|disable|reset)$"
)
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def drawn_on(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that drawn requests may change."""
    workspace = opened_copy(small_store, tmp_path_factory.mktemp("schema"))
    yield workspace
    workspace.close()


def described(workspace: Workspace) -> schemathesis.BaseSchema:
    api = create_api(lambda: workspace)
    api.state.rates = Rates(lambda: "1000000/minute")

    async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
        await api({**scope, "root_path": PREFIX}, receive, send)

    return schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", mounted)


ROLES = [
    Role.ADMIN,
    *(
        pytest.param(role, marks=pytest.mark.full)
        for role in (Role.ANALYST, Role.VENDOR, Role.RETAILER)
    ),
]


@pytest.mark.parametrize("role", ROLES)
def test_no_request_breaks_the_api_or_its_description(drawn_on: Workspace, role: Role) -> None:
    headers = bearers_of(drawn_on)[role]
    products = drawn_on.models.current.catalogue.products
    known = {"retailer_id": "R0001", "product_id": str(products["product_id"].iloc[0])}
    tried, failed = 0, dict[str, str]()
    for found in described(drawn_on).exclude(name_regex=LEFT_OUT).get_all_operations():
        operation = found.ok()
        places = {part.name for part in operation.path_parameters} & known.keys()
        whole = bool(places) and len(places) == len(list(operation.path_parameters))
        ways = [operation.as_strategy()]
        if whole:
            ways.append(
                operation.as_strategy(path_parameters={name: known[name] for name in places})
            )

        @given(case=st.one_of(ways))
        @settings(drawn(40, 1), suppress_health_check=QUIET, derandomize=True, database=None)
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            answers()
        except (Exception, BaseExceptionGroup) as broken:
            failed[operation.label] = str(broken)
        tried += 1
    assert not failed, "\n\n".join(f"{name}\n{what}" for name, what in failed.items())
    assert tried > 50
