"""A refused sign-in to the API: one answer, whatever is the matter with the name."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import bcrypt
import pytest
from starlette.testclient import TestClient

from smartreco.accounts import passwords
from smartreco.accounts.lockout import LockedOutError
from smartreco.entities import OPERATOR, Role
from smartreco.store import login_attempts
from tests.accounts.endings import OLD
from tests.api.test_replayed_cookie import api, served

__all__ = ["api", "served"]  # fixtures

REFUSED = ("ana", "nobody", "shut", "invited")
CHEAP_DUMMY = bcrypt.hashpw(b"nobody's", bcrypt.gensalt(4)).decode()


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "DUMMY_HASH", CHEAP_DUMMY)


@pytest.fixture(scope="module", autouse=True)
def _names(served: SimpleNamespace) -> None:
    """An open account, a disabled one, and one without a password."""
    people = served.people
    people.add_account(OPERATOR, "ana", Role.ANALYST, password=OLD, must_change=False)
    people.add_account(OPERATOR, "shut", Role.ANALYST, password=OLD, must_change=False)
    people.disable_account(OPERATOR, "shut")
    people.add_account(OPERATOR, "invited", Role.ANALYST)


def test_it_says_and_does_the_same_for_every_name(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bytes] = []
    real = bcrypt.checkpw
    monkeypatch.setattr(passwords.bcrypt, "checkpw", lambda a, b: checked.append(b) or real(a, b))
    answers, work = set(), set()
    for name in REFUSED:
        for password in ("wrong", *([] if name == "ana" else [OLD])):
            checked.clear()
            answer = api.post("/token", data={"username": name, "password": password})
            said = answer.json()
            said.pop("request_id", None)
            answers.add((answer.status_code, str(said), answer.headers.get("www-authenticate")))
            work.add(tuple(one.split(b"$")[2] for one in checked))
    assert len(answers) == 1
    assert {status for status, *_ in answers} == {401}
    assert work == {(b"04",)}


def test_five_wrong_passwords_lock_every_name_alike(
    served: SimpleNamespace, api: TestClient
) -> None:
    answers = set()
    for name in REFUSED:
        served.people.core.store.write(partial(login_attempts.forget, username=name))
        for _ in range(5):
            assert api.post("/token", data={"username": name, "password": "x"}).status_code == 401
        answer = api.post("/token", data={"username": name, "password": OLD})
        said = answer.json()
        answers.add((answer.status_code, said["rule"], int(answer.headers["retry-after"]) > 0))
    assert len(answers) == 1
    assert {status for status, *_ in answers} == {429}


def test_wrong_passwords_to_the_api_and_on_the_page_count_together(
    served: SimpleNamespace, api: TestClient
) -> None:
    for _ in range(5):
        api.post("/token", data={"username": "somebody", "password": "x"})
    with pytest.raises(LockedOutError, match="locked for a while"):
        served.people.sign_in("somebody", "x")
    trail, _ = served.people.audit_trail(OPERATOR, action="sign-in failed")
    assert {entry.detail["through"] for entry in trail} == {"API"}
