"""The words and forms of the data set in the store, for whoever has no page to ask."""

from __future__ import annotations

from functools import lru_cache

from smartreco.language import Language
from smartreco.workspace.facade import Workspace


def words(workspace: Workspace) -> Language:
    """The language of the data set; plain English where there is none."""
    info = workspace.info()
    return _language() if info is None else _language(info.locale, info.currency)


@lru_cache(maxsize=16)
def _language(*named: str) -> Language:
    return Language(*named)
