"""A cookie or token copied before its end is worth nothing after it, over HTTP as in the store."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from smartreco.accounts import passwords
from smartreco.accounts.sessions import digest
from smartreco.api.session import COOKIE, OPEN_PATH, session_routes
from smartreco.config import Settings
from smartreco.entities import OPERATOR, Principal, Role
from smartreco.store import Store
from smartreco.store.request_log import RequestLog
from smartreco.workspace.accounts.keys import ApiKeys
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core
from tests.accounts.endings import ALL, ENDINGS, OLD
from tests.api.conftest import client_of

SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """People and keys of an almost empty store: what signing in needs of a workspace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "ROUNDS", 4)
        settings = Settings(db=tmp_path_factory.mktemp("people") / "people.duckdb")
        store = Store.open(settings)
        core = Core(settings, store, RequestLog(store))
        people = People(core)
        keys = ApiKeys(core, people)
        yield SimpleNamespace(people=people, keys=keys, settings=settings, store=store)
        store.close()


@pytest.fixture(scope="module")
def api(served: SimpleNamespace) -> TestClient:
    return client_of(served)  # type: ignore[arg-type]


@pytest.fixture
def who(served: SimpleNamespace) -> Principal:
    """Somebody of the test's own."""
    name = f"ana-{served.people.accounts(OPERATOR)[1]}"
    served.people.add_account(OPERATOR, name, Role.ANALYST, password=OLD, must_change=False)
    found = served.people.sign_in(name, OLD)
    assert isinstance(found, Principal)
    return found


def cookie_of(served: SimpleNamespace, who: Principal) -> str:
    """What a browser holds that has just signed in."""
    app = Starlette(routes=session_routes(lambda: served))  # type: ignore[arg-type, return-value]
    browser, opened = TestClient(app), served.people.open_session(who)
    browser.get(OPEN_PATH, params={"ticket": opened.ticket}, headers=SAME)
    again = browser.get(OPEN_PATH, params={"ticket": opened.ticket}, headers=SAME)
    assert again.status_code == 403
    assert "set-cookie" not in again.headers
    return str(browser.cookies[COOKIE])


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_copied_cookie_is_refused_after(
    ending: str, served: SimpleNamespace, who: Principal
) -> None:
    copied = cookie_of(served, who)
    assert served.people.principal_of_session(digest(copied)) == who
    ENDINGS[ending](served.people, who, digest(copied))
    assert served.people.principal_of_session(digest(copied)) is None


def test_no_cookie_opens_the_api_be_it_good_or_over(
    served: SimpleNamespace, api: TestClient, who: Principal
) -> None:
    copied = cookie_of(served, who)
    for act in (lambda: None, lambda: served.people.sign_out(digest(copied))):
        act()
        for headers in (
            {"Cookie": f"{COOKIE}={copied}"}, {"Authorization": f"Bearer {copied}"},
            {"Authorization": f"Bearer {digest(copied)}"},
        ):  # fmt: skip
            assert api.get("/me", headers=headers).status_code == 401


@pytest.mark.parametrize("ending", ALL)
def test_a_token_of_the_api_is_refused_after(
    ending: str, served: SimpleNamespace, api: TestClient, who: Principal
) -> None:
    answer = api.post("/token", data={"username": who.username, "password": OLD})
    token = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert api.get("/me", headers=token).status_code == 200
    ALL[ending](served.people, who, served.people.open_session(who).session_id)
    api.app.state.identities._held.clear()  # type: ignore[attr-defined]
    assert api.get("/me", headers=token).status_code == 401
