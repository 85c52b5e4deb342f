"""What people see while the data and the model are being made."""

from __future__ import annotations

import pytest

from smartreco.entities import Progress, Role
from smartreco.workspace import Phase, Status, Workspace
from tests.pages.conftest import Tab, is_sign_in_page, words


@pytest.fixture
def preparing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[Status]:
    """The status that pages see; a test may put another in."""
    state = [Status(Phase.MAKING, Progress(0.4, "Drawing orders"))]
    monkeypatch.setattr(workspace, "status", lambda: state[0])
    return state


def test_the_sign_in_page_tells_how_far_the_data_are(preparing: list[Status], own_tab: Tab) -> None:
    at = own_tab()
    assert is_sign_in_page(at)
    assert at.progress[0].value == 40
    assert at.progress[0].text == "Preparing the data: Drawing orders · 40%"


def test_a_page_that_waits_shows_progress_and_then_opens(
    preparing: list[Status], own_tab: Tab
) -> None:
    preparing[0] = Status(Phase.FITTING, Progress(0.75, "Counting pairs"))
    at = own_tab("for-you", Role.RETAILER)
    assert not at.exception
    assert at.progress[0].text == "Learning from the orders: Counting pairs · 75%"
    preparing[0] = Status(Phase.READY)
    at.run()
    assert not at.exception
    assert not at.progress


def test_a_failed_start_is_told_without_a_traceback(preparing: list[Status], own_tab: Tab) -> None:
    preparing[0] = Status(Phase.FAILED, message="the file is broken: name another")
    for role in (None, Role.RETAILER):
        at = own_tab("for-you", role)
        assert not at.exception
        assert "the file is broken" in words(at)
