"""Pages in another language than that they are written in."""

from __future__ import annotations

from gettext import NullTranslations

import pytest
from streamlit.testing.v1 import AppTest

from pages.registry import PAGES, PageSpec
from smartreco.entities import Role
from smartreco.language import SOURCE, Language, _catalog, languages
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


class Unknown(NullTranslations):
    """What a page asks a language's file for that is not in it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid2)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(("spec", "role"), CASES, ids=lambda one: getattr(one, "url", one))
def test_every_page_speaks_the_language_that_was_chosen(
    tab: Tab, shared_workspace: Workspace, monkeypatch: pytest.MonkeyPatch, spec: PageSpec,
    role: Role, code: str,
) -> None:  # fmt: skip
    unknown = Unknown()
    monkeypatch.setattr(_catalog(code), "_fallback", unknown)
    at = in_language(shared_workspace, spec.url, role, code)
    title = seen(at).partition("\n")[0]
    assert not title.isascii()
    assert unknown.asked <= {"SmartReco"}


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
