"""What every answer goes out in: its id, the caller's rate, problems in one form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from smartreco.api.envelope import LARGEST_BODY
from smartreco.entities import Role
from smartreco.workspace import Workspace
from tests.api.conftest import client_of

Bearers = dict[Role, dict[str, str]]


def test_a_request_keeps_its_id_and_gets_one_where_it_has_none(api: TestClient) -> None:
    assert api.get("/health", headers={"X-Request-ID": "order-robot.17"}).headers[
        "x-request-id"
    ] == ("order-robot.17")
    for bad in ("short", "x" * 65, "a b c d e f g h", "<script>alert</script>"):
        given = api.get("/health", headers={"X-Request-ID": bad}).headers["x-request-id"]
        assert re.fullmatch("[0-9a-f]{32}", given)


def test_a_problem_says_rule_finding_action_and_request(api: TestClient, bearers: Bearers) -> None:
    answer = api.get(
        "/retailers/nobody/recommendations",
        headers={**bearers[Role.ANALYST], "X-Request-ID": "request-1"},
    )
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["request_id"]) == (404, "request-1")
    assert all(body[part] for part in ("type", "title", "detail", "rule", "found", "action"))


def test_a_request_that_does_not_fit_names_each_mistake(api: TestClient, bearers: Bearers) -> None:
    place = "/retailers/R0001/draft/lines"
    body = {"lines": [{"product_id": "", "quantity": 0, "colour": "red"}]}
    answer = api.post(place, json=body, headers=bearers[Role.RETAILER])
    assert answer.status_code == 422
    assert {one["where"].rpartition(".")[2] for one in answer.json()["mistakes"]} == {
        "product_id", "quantity", "colour",
    }  # fmt: skip


def test_what_breaks_is_answered_without_a_traceback(
    api_workspace: Workspace, bearers: Bearers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words of the inside")

    monkeypatch.setattr(type(api_workspace.drafts), "read", broken)
    answer = client_of(api_workspace).get("/retailers/R0001/draft", headers=bearers[Role.RETAILER])
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert answer.json()["request_id"] in answer.json()["action"]


def test_who_asks_too_often_is_told_when_to_ask_again(
    api_workspace: Workspace, bearers: Bearers
) -> None:
    few = client_of(api_workspace, rate="3/minute")
    mine = bearers[Role.RETAILER]
    answers = [few.get("/me", headers=mine) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert [one.headers["ratelimit-remaining"] for one in answers[:3]] == ["2", "1", "0"]
    assert int(answers[3].headers["retry-after"]) > 0
    assert few.get("/me", headers=bearers[Role.ANALYST]).status_code == 200


def test_guesses_are_counted_too(api_workspace: Workspace) -> None:
    few = client_of(api_workspace, rate="3/minute")
    guess = {"Authorization": "Bearer guess"}
    assert [few.get("/me", headers=guess).status_code for _ in range(4)] == [401, 401, 401, 429]


@pytest.mark.parametrize("told", [True, False])
def test_a_body_that_is_too_large_is_refused(api: TestClient, bearers: Bearers, told: bool) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(3):
            yield b" " * (LARGEST_BODY // 2)

    content = b" " * (LARGEST_BODY + 1) if told else pieces()
    answer = api.post(
        "/retailers/R0001/draft/lines", content=content,
        headers={**bearers[Role.RETAILER], "Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_same_list_is_not_sent_twice(api: TestClient, bearers: Bearers) -> None:
    place, mine = "/retailers/R0001/recommendations", bearers[Role.RETAILER]
    first = api.get(place, headers=mine)
    again = api.get(place, headers={**mine, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = api.get(
        place, params={"k": 3}, headers={**mine, "If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200


def test_reasons_sum_to_the_score(api: TestClient, bearers: Bearers) -> None:
    for role in (Role.RETAILER, Role.ANALYST):
        items = api.get("/retailers/R0001/recommendations", headers=bearers[role]).json()["items"]
        assert items
        for one in items:
            assert sum(part["contribution"] for part in one["reasons"]) == pytest.approx(
                one["score"], rel=1e-9
            )


def test_pages_follow_each_other_to_the_end(api: TestClient, bearers: Bearers) -> None:
    place: str | None = "/retailers/R0001/orders?limit=7"
    seen: list[str] = []
    total = 0
    while place is not None:
        body = api.get(place.removeprefix("/api/v1"), headers=bearers[Role.RETAILER]).json()
        seen += [one["order_id"] for one in body["items"]]
        place, total = body["next"], body["total"]
    assert len(seen) == len(set(seen)) == total > 7


def test_figures_name_no_one(api: TestClient, bearers: Bearers) -> None:
    api.get("/retailers/R0001/draft", headers=bearers[Role.RETAILER])
    text = api.get("/metrics", headers=bearers[Role.ADMIN]).text
    assert 'route="/retailers/{retailer_id}/draft"' in text
    assert "R0001" not in text
    assert "smartreco_ready 1.0" in text


def test_the_description_loads_nothing_from_elsewhere(api: TestClient) -> None:
    page = api.get("/docs").text
    assert not re.findall(r"<(?:script|link|img|iframe)", page)
    assert not re.findall(r"(?:src|href)=[\"']?https?://", page)
    described = json.dumps(api.get("/openapi.json").json())
    assert "cdn" not in described


def test_every_route_is_described(api: TestClient) -> None:
    schema = api.get("/openapi.json").json()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert operation.get("summary"), (method, path)
            assert operation.get("description"), (method, path)
            assert operation.get("tags"), (method, path)
