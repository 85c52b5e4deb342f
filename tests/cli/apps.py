"""A running app in this process: the API over a workspace, on a port of its own."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.routing import Mount

from smartreco.api.application import PREFIX, create_api
from smartreco.config import Settings
from smartreco.entities import OPERATOR, Role
from smartreco.workspace import Workspace

PASSWORD = "plum-otter-violin-42"


@dataclass(frozen=True)
class App:
    """Where it is, and a token of each role by its name."""

    url: str
    tokens: dict[str, str]
    workspace: Workspace


@contextmanager
def serving(settings: Settings, shop: str, vendor: str | None) -> Iterator[App]:
    """An app over a store, with an account a role (no vendor: none of a vendor)."""
    workspace = Workspace.open(settings)
    workspace.prepare()
    api = create_api(lambda: workspace)
    whole = FastAPI(openapi_url=None, routes=[Mount(PREFIX, app=api)])
    config = uvicorn.Config(whole, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield App(f"http://127.0.0.1:{port}", _tokens(workspace, shop, vendor), workspace)
    finally:
        server.should_exit = True
        thread.join()
        workspace.close()


def _tokens(workspace: Workspace, shop: str, vendor: str | None) -> dict[str, str]:
    found = {}
    for role in Role:
        if role is Role.VENDOR and vendor is None:
            continue
        bound = {
            Role.RETAILER: {"retailer_id": shop}, Role.VENDOR: {"vendor_id": vendor},
        }.get(role, {})  # fmt: skip
        workspace.people.add_account(
            OPERATOR, f"a-{role.value}", role, password=PASSWORD, must_change=False, **bound
        )
        found[role.value] = workspace.keys.sign_in(f"a-{role.value}", PASSWORD).token
    return found


def copied(folder: Path, there: Path) -> Settings:
    """Settings of a copy of a closed store."""
    shutil.copytree(folder, there, dirs_exist_ok=True)
    return Settings(db=there / "store.duckdb", threads=1, api_rate="100000/minute")
