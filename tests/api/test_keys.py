"""Tokens and keys: shown once, good for what they were made for, and over when they are over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from smartreco.accounts.scopes import Scope
from smartreco.accounts.sessions import digest
from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.workspace import Workspace
from tests.api.conftest import client_of
from tests.conftest import DEMO_PASSWORD

Bearers = dict[Role, dict[str, str]]

ADMIN = Principal("admin", "Admin", Role.ADMIN)
SHOP = Principal("retailer", "Retailer", Role.RETAILER, retailer_id="R0001")


@pytest.fixture
def own(workspace: Workspace) -> TestClient:
    return client_of(workspace)


def bear(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def token(api: TestClient, username: str = "retailer") -> dict[str, str]:
    form = {"username": username, "password": DEMO_PASSWORD}
    answer = api.post("/token", data=form)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return bear(answer.json()["access_token"])


def status(api: TestClient, headers: dict[str, str]) -> int:
    api.app.state.identities._held.clear()  # type: ignore[attr-defined]
    return api.get("/me", headers=headers).status_code


def test_a_token_ends_when_it_is_signed_out(own: TestClient) -> None:
    mine = token(own)
    assert own.get("/me", headers=mine).json()["scopes"] == ["order", "read"]
    assert own.delete("/token", headers=mine).status_code == 204
    assert own.get("/me", headers=mine).status_code == 401  # at once, though remembered


def test_the_store_holds_no_secret(own: TestClient, workspace: Workspace) -> None:
    secret = token(own)["Authorization"].split()[1]
    with workspace.store.cursor() as cursor:
        rows = cursor.execute("SELECT * FROM api_keys").fetchall()
    assert secret not in str(rows)
    assert digest(secret) in str(rows)


def test_a_token_ends_with_its_time_its_password_and_its_account(
    own: TestClient, workspace: Workspace
) -> None:
    for change in (
        "UPDATE api_keys SET expires_at = now()::TIMESTAMP - INTERVAL 1 DAY",
        "UPDATE accounts SET password_hash = 'another' WHERE username = 'retailer'",
        "UPDATE accounts SET disabled = true WHERE username = 'vendor'",
    ):
        mine = token(own, "vendor" if "vendor" in change else "retailer")
        assert status(own, mine) == 200
        workspace.store.write(lambda cursor, sql=change: cursor.execute(sql))  # type: ignore[misc]
        assert status(own, mine) == 401, change


def test_sessions_that_all_end_take_the_tokens_along(own: TestClient, workspace: Workspace) -> None:
    mine = token(own)
    workspace.people.disable_account(OPERATOR, "retailer")
    workspace.people.enable_account(OPERATOR, "retailer")
    assert status(own, mine) == 401


def test_a_key_does_what_it_was_made_for_and_no_more(own: TestClient) -> None:
    made = own.post("/keys", json={"name": "robot", "scopes": ["read"]}, headers=token(own)).json()
    key = bear(made["secret"])
    assert made["secret"].startswith("sr_")
    assert own.get("/me", headers=key).json()["key_id"] == made["key"]["key_id"]
    assert own.get("/retailers/R0001/draft", headers=key).status_code == 200
    refused = own.post("/retailers/R0001/draft/undo", headers=key)
    assert (refused.status_code, refused.json()["found"]) == (403, "read")
    assert own.post("/keys", json={"name": "x", "scopes": ["read"]}, headers=key).status_code == 403


def test_a_revoked_key_is_refused_at_once(own: TestClient) -> None:
    mine = token(own)
    made = own.post("/keys", json={"name": "robot", "scopes": ["read"]}, headers=mine).json()
    assert own.get("/me", headers=bear(made["secret"])).status_code == 200
    place = f"/keys/{made['key']['key_id']}"
    assert own.delete(place, headers=token(own, "analyst")).status_code == 404
    assert own.delete(place, headers=mine).status_code == 204
    assert own.get("/me", headers=bear(made["secret"])).status_code == 401
    listed = own.get("/keys", headers=mine).json()["items"]
    assert [one["revoked_at"] is not None for one in listed] == [True]


def test_a_key_ends_on_its_day(own: TestClient, workspace: Workspace) -> None:
    made = workspace.keys.make(SHOP, "robot", [Scope.READ], days=1)
    assert made.key.expires_at == made.key.created_at + timedelta(days=1)
    sql = "UPDATE api_keys SET expires_at = now()::TIMESTAMP - INTERVAL 1 DAY"
    workspace.store.write(lambda cursor: cursor.execute(sql))
    assert status(own, bear(made.secret)) == 401


def test_a_bound_key_is_that_shops_and_falls_with_its_makers_role(
    own: TestClient, workspace: Workspace
) -> None:
    shops = workspace.models.current.catalogue.retailers["retailer_id"]
    mine, other = str(shops.iloc[0]), str(shops.iloc[1])
    made = workspace.keys.make(ADMIN, "shop", [Scope.READ, Scope.ORDER], retailer_id=mine)
    key = bear(made.secret)
    assert own.get("/me", headers=key).json()["role"] == "retailer"
    assert own.get(f"/retailers/{mine}/draft", headers=key).status_code == 200
    assert own.get(f"/retailers/{other}/draft", headers=key).status_code == 403
    sql = "UPDATE accounts SET role = 'analyst' WHERE username = 'admin'"
    workspace.store.write(lambda cursor: cursor.execute(sql))
    assert status(own, key) == 401


def test_what_no_key_may_be(workspace: Workspace) -> None:
    keys = workspace.keys
    with pytest.raises(InputError, match="scopes"):
        keys.make(SHOP, "robot", [Scope.ADMIN])
    with pytest.raises(InputError, match="binds"):
        keys.make(SHOP, "robot", [Scope.READ], retailer_id="R0002")
    with pytest.raises(InputError, match="scopes"):
        keys.make(ADMIN, "robot", [Scope.ADMIN], retailer_id="R0001")
    with pytest.raises(NotFoundError):
        keys.make(ADMIN, "robot", [Scope.READ], vendor_id="nobody")
    with pytest.raises(InputError, match="name"):
        keys.make(SHOP, "  ", [Scope.READ])
    with pytest.raises(NotAllowedError):
        keys.every(SHOP)


def test_making_and_revoking_are_in_the_audit_log_without_the_secret(
    workspace: Workspace,
) -> None:
    made = workspace.keys.make(SHOP, "robot", [Scope.READ])
    workspace.keys.revoke(ADMIN, made.key.key_id)
    with workspace.store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT username, action, detail FROM audit_log WHERE action LIKE 'API key%' "
            "ORDER BY happened_at"
        ).fetchall()
    assert [row[:2] for row in rows] == [
        ("retailer", "API key made"), ("admin", "API key revoked"),
    ]  # fmt: skip
    assert made.secret not in str(rows)


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic {}", "bearer  {} x", "Token {}", "{}", "Bearer {}\u00e9",
     "Bearer " + "x" * 5000],
)  # fmt: skip
def test_a_malformed_header_signs_nobody_in(api: TestClient, bearers: Bearers, header: str) -> None:
    secret = bearers[Role.RETAILER]["Authorization"].split()[1]
    sent = header.format(secret).encode("latin-1")
    answer = api.get("/me", headers=[(b"authorization", sent)])  # type: ignore[list-item]
    assert answer.status_code == 401


def test_two_authorization_headers_sign_nobody_in(api: TestClient, bearers: Bearers) -> None:
    good = bearers[Role.RETAILER]["Authorization"]
    answer = api.get("/me", headers=[("Authorization", good), ("Authorization", good)])  # type: ignore[arg-type]
    assert answer.status_code == 401


def test_five_wrong_passwords_lock_a_name_that_nobody_has(own: TestClient) -> None:
    form = {"username": "nobody", "password": "wrong"}
    answers = [own.post("/token", data=form) for _ in range(6)]
    assert [one.status_code for one in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
