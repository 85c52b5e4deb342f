"""The process's one workspace."""

from __future__ import annotations

import streamlit as st

from pages import running
from smartreco.entities import Role
from smartreco.workspace import Workspace
from tests.pages.conftest import Tab


def test_a_browser_that_clears_caches_does_not_open_the_store_twice(
    tab: Tab, shared_workspace: Workspace
) -> None:
    at = tab("account", Role.ANALYST)
    st.cache_resource.clear()  # what any browser can have Streamlit do
    assert running.current() is shared_workspace
    assert not at.run().exception
