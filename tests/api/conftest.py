"""Routes over a small workspace, asked by a client that keeps cookies as a browser does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.workspace import Phase, Status


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
