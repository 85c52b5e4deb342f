"""What whoever runs the process can ask without signing in."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from smartreco.api.health import health_routes
from smartreco.entities import Progress
from smartreco.workspace import Phase, Status
from tests.api.conftest import FakeWorkspace


def client(fake: FakeWorkspace) -> TestClient:
    return TestClient(Starlette(routes=health_routes(lambda: fake)))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.READY])
def test_not_ready_answers_503_with_the_phase(fake: FakeWorkspace, phase: Phase) -> None:
    fake.state = Status(phase, Progress(0.4, "secret names"), "secret words")
    answer = client(fake).get("/ready")
    assert answer.status_code == 503
    assert answer.json() == {"phase": phase.value, "progress": 0.4}


def test_ready_answers_200(fake: FakeWorkspace) -> None:
    answer = client(fake).get("/ready")
    assert (answer.status_code, answer.json()["phase"]) == (200, "ready")


def test_a_living_process_says_so_even_while_it_is_not_ready(fake: FakeWorkspace) -> None:
    fake.state = Status(Phase.MAKING)
    assert client(fake).get("/healthz").status_code == 200
