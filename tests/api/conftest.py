"""Routes over a small workspace, asked by a client that keeps cookies as a browser does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from smartreco.api.application import create_api
from smartreco.api.rates import Rates
from smartreco.config import Settings
from smartreco.entities import Role
from smartreco.workspace import Phase, Status, Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from tests.conftest import DEMO_PASSWORD, opened_copy


@dataclass
class FakePeople:
    """Knows one ticket, which buys one token once."""

    tickets: dict[str, str] = field(default_factory=lambda: {"good": "the-token"})

    def redeem(self, ticket: str) -> str | None:
        return self.tickets.pop(ticket, None)


@dataclass
class FakeWorkspace:
    """What the routes use of a workspace."""

    settings: Settings
    people: FakePeople = field(default_factory=FakePeople)
    state: Status = field(default_factory=lambda: Status(Phase.READY))

    def status(self) -> Status:
        return self.state


@pytest.fixture
def fake(tmp_path: Path) -> FakeWorkspace:
    return FakeWorkspace(Settings(db=tmp_path / "x.duckdb", session_days=14))


@pytest.fixture(scope="session")
def api_workspace(
    small_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """A ready workspace behind the API, with a demo account a role."""
    workspace = opened_copy(small_store, tmp_path_factory.mktemp("api"))
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def api(api_workspace: Workspace) -> TestClient:
    """The API, asked without a sign-in; as generously as tests need."""
    return client_of(api_workspace)


@pytest.fixture(scope="session")
def bearers(api_workspace: Workspace) -> dict[Role, dict[str, str]]:
    """Headers of a token of every role, by password."""
    return bearers_of(api_workspace)


def client_of(workspace: Workspace, rate: str = "1000000/minute") -> TestClient:
    """A client of the API over a workspace."""
    app = create_api(lambda: workspace)
    app.state.rates = Rates(lambda: rate)
    app.state.token_rates = Rates(lambda: rate)
    return TestClient(app, base_url="http://shop.test/api/v1", root_path="/api/v1")


def bearers_of(workspace: Workspace) -> dict[Role, dict[str, str]]:
    """Headers of a fresh token of every role."""
    made = {role: workspace.keys.sign_in(name, DEMO_PASSWORD) for role, name in USERNAMES.items()}
    return {role: {"Authorization": f"Bearer {one.token}"} for role, one in made.items()}
