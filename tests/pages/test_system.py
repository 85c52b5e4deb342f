"""The admin's page about the program itself."""

from __future__ import annotations

from smartreco.entities import Role
from smartreco.workspace import Workspace
from tests.conftest import Cast
from tests.pages.conftest import Tab


def test_figures_on_the_page_are_the_stores(
    tab: Tab, shared_workspace: Workspace, cast: Cast
) -> None:
    at = tab("system", Role.ADMIN)
    assert not at.exception
    shown = {metric.label: metric.value for metric in at.metric}
    overview = shared_workspace.system.overview(cast.admin)
    assert overview.info is not None
    assert overview.last_import is not None
    assert int(shown["Retailers"].replace(",", "")) == overview.info.retailers
    assert int(shown["Order lines"].replace(",", "")) == overview.info.lines
    batch = overview.last_import
    assert int(shown["Rows read"].replace(",", "")) == batch.read
    assert batch.kept + batch.fixed + batch.quarantined == batch.read
