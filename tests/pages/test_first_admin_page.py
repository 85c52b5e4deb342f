"""The page behind the first admin's one-time link."""

from __future__ import annotations

import pytest

from smartreco.entities import Role
from smartreco.workspace import Workspace
from tests.pages.conftest import Tab, is_sign_in_page, open_tab, words

PASSWORD = "four plain words here"


@pytest.fixture
def without_demo(workspace: Workspace) -> Workspace:
    workspace.people.data_changed(False, None, None)
    return workspace


def test_the_setup_link_makes_the_first_admin_and_signs_him_in(
    without_demo: Workspace, own_tab: Tab
) -> None:
    at = open_tab(without_demo, setup=without_demo.people.offer_setup())
    for label, value in (
        ("New username", "bea"),
        ("Your name", "Bea"),
        ("New password", PASSWORD),
        ("New password again", PASSWORD),
    ):
        next(f for f in at.text_input if f.label == label).set_value(value)
    next(b for b in at.button if b.label == "Create the account").click().run()
    assert not at.exception
    assert not is_sign_in_page(at)
    assert "setup" not in at.query_params
    assert without_demo.people.sign_in("bea", PASSWORD).role is Role.ADMIN


def test_a_used_link_says_so_and_leaves_the_form(without_demo: Workspace, own_tab: Tab) -> None:
    at = open_tab(without_demo, setup="used-long-ago")
    assert "was used or is too old" in words(at)
    assert is_sign_in_page(at)
