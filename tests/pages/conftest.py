"""The whole page through Streamlit's AppTest, as one browser tab sees it.

``tab(url, role)`` opens an address as a stranger or as the demo account of a
role; `url` is a `PageSpec.url`, "" the root. The tab runs ``pages/entry.py``
over a workspace of the small synthetic store.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from functools import cache

import bcrypt
import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages import running
from pages.state import sign_in_state
from smartreco.accounts import passwords
from smartreco.config import PROJECT
from smartreco.entities import Principal, Role
from smartreco.language import Language
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from smartreco.workspace.views import Draft

ENTRY = PROJECT / "pages" / "entry.py"
SESSION_KEY = type(sign_in_state).__dict__["session_id"].key
CHEAP_DUMMY = bcrypt.hashpw(b"nobody's", bcrypt.gensalt(4)).decode()

Tab = Callable[..., AppTest]

# AppTest looks through every installed package for components at each run: 15 times the run itself
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(passwords, "DUMMY_HASH", CHEAP_DUMMY)


def open_tab(
    workspace: Workspace, url: str = "", role: Role | None = None, **query: str
) -> AppTest:
    """An address as a stranger (no role) or as the demo account of a role, drawn once."""
    at = AppTest.from_file(str(ENTRY), default_timeout=30)
    if role is not None:
        # the account's name alone opens a session: the page reads the rest from the store
        holder = Principal(USERNAMES[role], "", role)
        at.session_state[SESSION_KEY] = workspace.people.open_session(holder).session_id
    at.query_params.update(query)
    return go(at, url)


def go(at: AppTest, url: str) -> AppTest:
    """Type an address into the tab. AppTest itself can only switch to pages that are files."""
    at._page_hash = calc_hash(url)
    at.run()
    at._page_hash = ""  # from here on the tab stays on the page where a run ends
    return at


@pytest.fixture
def tab(shared_workspace: Workspace) -> Iterator[Tab]:
    """Tabs over the shared store; for tests that change nothing in it but sessions."""
    yield from _tabs(shared_workspace)


@pytest.fixture
def own_tab(workspace: Workspace) -> Iterator[Tab]:
    """Tabs over a store of the test's own; the test can ask for ``workspace`` as well."""
    yield from _tabs(workspace)


def _tabs(workspace: Workspace) -> Iterator[Tab]:
    running.use(workspace)
    st.cache_data.clear()

    def opened(url: str = "", role: Role | None = None) -> AppTest:
        return open_tab(workspace, url, role)

    yield opened
    running.use(None)


def signed_in(workspace: Workspace, role: Role) -> Principal:
    """The demo account of a role as the workspace knows it."""
    opened = workspace.people.open_session(Principal(USERNAMES[role], "", role))
    found = workspace.people.principal_of_session(opened.session_id)
    assert found is not None
    return found


class DemoShop:
    """The shop of the demo retailer, and what the store keeps for it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.who = signed_in(workspace, Role.RETAILER)
        self.id = str(self.who.retailer_id)

    @property
    def draft(self) -> Draft:
        """The order as the store has it."""
        return self.workspace.drafts.read(self.who, self.id)


class ShopTab(DemoShop):
    """The same with the shop's browser tab."""

    def __init__(self, workspace: Workspace, tab: AppTest) -> None:
        super().__init__(workspace)
        self.tab = tab

    def click(self, key: str) -> AppTest:
        """Press a button and let the page answer."""
        at = self.tab.button(key=key).click().run()
        assert not at.exception
        return at

    def has(self, key: str) -> bool:
        """Whether a button is on the page."""
        return any(button.key == key for button in self.tab.button)


def words(at: AppTest) -> str:
    """All that a reader can read on the page."""
    lists = (at.title, at.header, at.subheader, at.markdown, at.caption, at.text, at.info,
             at.warning, at.error, at.success, at.html)  # fmt: skip
    return "\n".join(str(element.value) for elements in lists for element in elements)


def seen(at: AppTest) -> str:
    """The same with HTML's signs undone; no page may have ended in an error."""
    assert not at.exception
    return html.unescape(words(at))


def keys(at: AppTest) -> set[str]:
    """Keys of the buttons on the page."""
    return {str(button.key) for button in at.button}


def language_of(workspace: Workspace) -> Language:
    """The language and currency of the data."""
    info = workspace.info()
    assert info is not None
    return Language(info.locale, info.currency)


def is_sign_in_page(at: AppTest) -> bool:
    """Whether the tab shows the sign-in form and nothing of any other page."""
    labels = [field.label for field in at.text_input]
    return labels == ["Username", "Password"] and not at.sidebar.children
