"""Every role tries every route: served as its pages serve it, or refused in the same words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from smartreco.entities import Role
from smartreco.workspace import Workspace
from tests.api.route_table import APART, BY_BODY, HEAVY, ROUTES

Bearers = dict[Role, dict[str, str]]


def filled(workspace: Workspace, path: str, own: dict[str, str]) -> str:
    products = workspace.models.current.catalogue.products
    values = {
        "retailer_id": principal_id(workspace, "retailer"),
        "vendor_id": principal_id(workspace, "vendor"),
        "product_id": str(products["product_id"].iloc[0]),
        **own,
    }
    return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], "9999"), path)


def principal_id(workspace: Workspace, username: str) -> str:
    with workspace.store.cursor() as cursor:
        row = cursor.execute(
            "SELECT coalesce(retailer_id, vendor_id) FROM accounts WHERE username = ?", [username]
        ).fetchone()
    assert row is not None
    return str(row[0])


def ask(
    api: TestClient, workspace: Workspace, route: str, headers: dict[str, str],
    fill: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    tried = ROUTES[route]
    method, path = route.split(" ")
    body: Any = tried.body
    if body is not None and "lines" in body:
        product = str(workspace.models.current.catalogue.products["product_id"].iloc[0])
        body = {"lines": [{"product_id": product, "quantity": 1}]}
    return api.request(
        method,
        filled(workspace, path, fill or tried.fill),
        params=tried.query,
        json=body,
        headers=headers,
    )


def test_the_table_names_every_route(api: TestClient) -> None:
    paths = api.get("/openapi.json").json()["paths"]
    there = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert there == ROUTES.keys() | APART


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_what_the_table_says(
    api: TestClient, bearers: Bearers, api_workspace: Workspace, role: Role
) -> None:
    wrong = {}
    for route, tried in ROUTES.items():
        served = role in tried.roles
        if (served and route in HEAVY) or (route, role) in BY_BODY:
            continue
        answer = ask(api, api_workspace, route, bearers[role])
        refused = answer.status_code == 403
        if refused is served or answer.status_code in (401, 500):
            wrong[route] = (answer.status_code, answer.text[:200])
    assert not wrong


def test_nobody_reaches_anything_without_a_token(api: TestClient, api_workspace: Workspace) -> None:
    for route in ROUTES:
        for headers in ({}, {"Cookie": "sid=any"}, {"Authorization": "Bearer sr_guess"}):
            answer = ask(api, api_workspace, route, headers)
            assert answer.status_code == 401, route
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.headers["content-type"] == "application/problem+json"


SCOPED = [
    (route, role)
    for route, tried in ROUTES.items()
    for role in (Role.RETAILER, Role.VENDOR)
    if role in tried.roles and f"{{{role.value}_id}}" in route
]


@pytest.mark.parametrize(("route", "role"), SCOPED)
def test_a_shop_or_vendor_reaches_no_other_and_does_not_learn_which_there_are(
    api: TestClient, bearers: Bearers, api_workspace: Workspace, route: str, role: Role
) -> None:
    words = set()
    for other in (another(api_workspace, role), "no-such-one"):
        fill = {**ROUTES[route].fill, f"{role.value}_id": other}
        answer = ask(api, api_workspace, route, bearers[role], fill)
        assert answer.status_code == 403
        words.add(answer.json()["detail"])
    assert len(words) == 1


#: Open to shops or vendors without an id in the path: whose rows they hold, and what tells it.
OTHERWISE = {
    "GET /me", "GET /keys", "POST /keys", "DELETE /keys/{key_id}",  # the caller's own
    "GET /forecasts", "GET /sheets/forecasts",  # by level and ids, below
}  # fmt: skip


def test_every_route_open_to_shops_or_vendors_says_whose_rows_it_reads() -> None:
    open_ones = {
        (route, role)
        for route, tried in ROUTES.items()
        for role in (Role.RETAILER, Role.VENDOR)
        if role in tried.roles
    }
    assert {route for route, _ in open_ones - set(SCOPED)} == OTHERWISE


@pytest.mark.parametrize(
    ("role", "level"),
    [(Role.RETAILER, "retailer"), (Role.RETAILER, "retailer_product"), (Role.VENDOR, "vendor")],
)
@pytest.mark.parametrize("path", ["/forecasts", "/sheets/forecasts"])
def test_no_ids_in_a_question_open_anothers_forecasts(
    api: TestClient, bearers: Bearers, api_workspace: Workspace, role: Role, level: str, path: str
) -> None:
    if path.startswith("/sheets") and role not in ROUTES[f"GET {path}"].roles:
        return
    own = principal_id(api_workspace, role.value)
    words = set()
    for other in (another(api_workspace, role), "no-such-one"):
        for ids in ([other], [own, other]):
            end = "/x" if level == "retailer_product" else ""
            asked = {"level": level, "horizon": 2, "id": [f"{one}{end}" for one in ids]}
            answer = api.get(path, params=asked, headers=bearers[role])
            assert answer.status_code == 403, answer.text
            words.add(answer.json()["detail"])
    assert len(words) == 1


def another(workspace: Workspace, role: Role) -> str:
    """The id of a shop or a vendor that is not the demo account's."""
    with workspace.store.cursor() as cursor:
        row = cursor.execute(
            f"SELECT min({role.value}_id) FROM {role.value}s WHERE {role.value}_id <> ?",
            [principal_id(workspace, role.value)],
        ).fetchone()
    assert row is not None
    return str(row[0])


def test_a_shop_is_not_told_which_other_shops_a_reason_counts(
    api: TestClient, bearers: Bearers, api_workspace: Workspace
) -> None:
    own = principal_id(api_workspace, "retailer")
    path = f"/retailers/{own}/recommendations"
    named: dict[Role, set[str]] = {}
    for role in (Role.RETAILER, Role.ANALYST):
        items = api.get(path, params={"k": 30}, headers=bearers[role]).json()["items"]
        named[role] = {
            one["id"]
            for item in items
            for reason in item["reasons"]
            for one in reason["evidence"]
            if one["kind"] == "retailer"
        }
    assert named[Role.RETAILER] == {""}
    assert "" not in named[Role.ANALYST]
    assert named[Role.ANALYST]
