"""The tour of a newcomer, and what somebody who comes back is told."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.account.tour_steps import STEPS
from pages.registry import pages_of
from smartreco.entities import OPERATOR, Principal, Role
from smartreco.workspace import Workspace
from tests.pages.conftest import SESSION_KEY, Tab, go, keys, open_tab, seen

OFFER = "New here?"


@pytest.mark.parametrize("role", Role)
def test_a_tour_stops_at_pages_of_the_role_and_begins_at_its_home(role: Role) -> None:
    addresses = [spec.url for spec in pages_of(role)]
    stops = [step.url for step in STEPS[role]]
    assert stops[0] == addresses[0]
    assert set(stops) <= set(addresses)
    assert 2 <= len(stops) <= 4


@pytest.mark.parametrize("role", [Role.PRODUCT_MANAGER, Role.ADMIN])
def test_the_tour_is_offered_at_home_and_leads_from_page_to_page(tab: Tab, role: Role) -> None:
    steps = STEPS[role]
    at = tab(steps[0].url, role)
    assert OFFER in seen(at)
    at.button(key="tour-begin").click().run()
    assert steps[0].said in seen(at)
    at.button(key="tour-next").click().run()
    assert steps[1].said in seen(go(at, steps[1].url))


def test_whoever_declines_is_not_asked_again(own_tab: Tab, workspace: Workspace) -> None:
    ana = newcomer(workspace)
    at = at_home(workspace, ana)
    assert OFFER in seen(at)
    at.button(key="tour-end").click().run()
    assert OFFER not in seen(at)
    assert OFFER not in seen(at_home(workspace, ana))


def test_a_first_visit_tells_no_news_and_the_next_what_others_did(
    own_tab: Tab, workspace: Workspace
) -> None:
    ana = newcomer(workspace)
    assert "news-seen" not in keys(at_home(workspace, ana))
    workspace.people.add_account(OPERATOR, "ben", Role.ADMIN, name="Ben")
    at = at_home(workspace, ana)
    assert any("1 account was added" in str(one.label) for one in at.get("page_link"))
    at.button(key="news-seen").click().run()
    assert "news-seen" not in keys(at)


def newcomer(workspace: Workspace) -> Principal:
    workspace.people.add_account(
        OPERATOR,
        "ana",
        Role.ADMIN,
        name="Ana",
        password="amber-kettle-river-42",
        must_change=False,
    )
    return Principal("ana", "Ana", Role.ADMIN)


def at_home(workspace: Workspace, who: Principal) -> AppTest:
    at = open_tab(workspace)
    at.session_state[SESSION_KEY] = workspace.people.open_session(who).session_id
    return go(at, pages_of(who.role)[0].url)
