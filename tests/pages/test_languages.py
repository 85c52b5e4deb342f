"""Pages in another language than that they are written in."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.registry import PAGES, PageSpec
from smartreco.entities import Role
from smartreco.language import SOURCE, Language, languages
from smartreco.workspace import Workspace
from tests.pages.conftest import SESSION_KEY, Tab, go, language_of, open_tab, seen, signed_in

OTHERS = [one for one in languages() if one != SOURCE]
CASES = [(spec, role) for spec in PAGES for role in sorted(spec.roles)]


def speaking(workspace: Workspace, code: str) -> Language:
    data = language_of(workspace)
    return Language.spoken(code, str(data.locale), data.currency)


def in_language(workspace: Workspace, url: str, role: Role, code: str) -> AppTest:
    """An address as the demo account of a role whose session has chosen a language."""
    at = open_tab(workspace)
    who = signed_in(workspace, role)
    opened = workspace.people.open_session(who)
    workspace.people.choose_language(who, code, opened.session_id)
    at.session_state[SESSION_KEY] = opened.session_id
    return go(at, url)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(("spec", "role"), CASES, ids=lambda one: getattr(one, "url", one))
def test_every_page_speaks_the_language_that_was_chosen(
    tab: Tab, shared_workspace: Workspace, spec: PageSpec, role: Role, code: str
) -> None:
    at = in_language(shared_workspace, spec.url, role, code)
    said = seen(at)
    title = speaking(shared_workspace, code).text(spec.title)
    assert title != spec.title
    labels = {str(link.label) for link in at.get("page_link")}
    assert spec.hidden or title in labels | {str(one.value) for one in at.title}
    assert foreign(said) > 0.5


def foreign(said: str) -> float:
    """Share of words in another script than Latin, which names and codes keep."""
    found = re.findall(r"[^\W\d_]{3,}", re.sub(r"<[^>]*>|:[a-z_/]+:|`[^`]*`|\([^)]*\)", " ", said))
    return sum(not one.isascii() for one in found) / max(len(found), 1)


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_is_chosen_at_the_sign_in_page(
    tab: Tab, shared_workspace: Workspace, code: str
) -> None:
    at = choose(tab(), code)
    labels = [str(field.label) for field in at.text_input]
    language = speaking(shared_workspace, code)
    assert labels == [language.text("Username"), language.text("Password")]


@pytest.mark.parametrize("code", OTHERS)
def test_a_choice_is_that_of_the_session_and_taken_back_in_one_click(
    tab: Tab, shared_workspace: Workspace, code: str
) -> None:
    at = choose(tab("account", Role.ANALYST), code)
    again = open_tab(shared_workspace)
    again.session_state[SESSION_KEY] = at.session_state[SESSION_KEY]
    title = speaking(shared_workspace, code).text("Your account")
    assert go(again, "account").title[0].value == title
    assert choose(again, SOURCE).title[0].value == "Your account"


def choose(at: AppTest, code: str) -> AppTest:
    """Press the entry of a language in the menu of the bar."""
    return at.menu_button(key="language").click(code).run()
