"""The one workspace of this process, for pages and routes alike.

It is held in a module, not only in Streamlit's cache: any browser may ask
Streamlit to clear that, and the store must not be opened twice.
"""

from __future__ import annotations

import threading

import streamlit as st

from smartreco.config import Settings
from smartreco.workspace import Workspace

_lock = threading.Lock()
_workspace: Workspace | None = None


def open_workspace(settings: Settings | None = None) -> Workspace:
    """The process's workspace, opened at the first call.

    Raises
    ------
    StoreError
        The store cannot be opened; `StoreLockedError` where another process holds it.
    """
    global _workspace
    with _lock:
        if _workspace is None:
            _workspace = Workspace.open(settings or Settings.from_environment())
        return _workspace


def close_workspace() -> None:
    """Let the store go; the next `open_workspace` opens it anew."""
    global _workspace
    with _lock:
        held, _workspace = _workspace, None
    if held is not None:
        held.close()


def use(workspace: Workspace | None) -> None:
    """Put another workspace in place; for tests."""
    global _workspace
    with _lock:
        _workspace = workspace
    current.clear()


@st.cache_resource(show_spinner=False)
def current() -> Workspace:
    """The process's workspace, as pages reach it."""
    return open_workspace()
