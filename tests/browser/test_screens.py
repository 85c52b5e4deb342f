"""A look that finds something fails, and says where and what."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.screens import looking, settled
from tests.browser.serving import Server

IN_THE_WAY = '<img src="data:," style="display: block; width: 3000px; height: 9px">'


def looked(page: Page) -> None:
    """Look at a page before and after something gets in the way."""
    with looking(page) as look:
        look("as it is")
        page.evaluate(
            "html => document.querySelector('[data-testid=stMain]').insertAdjacentHTML("
            "'beforeend', html)", IN_THE_WAY,
        )  # fmt: skip
        look("with a picture")
        look("once more")


@pytest.mark.full
def test_all_that_is_in_the_way_is_told_at_the_end(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_label("Username", exact=True).wait_for()
    settled(page)
    with pytest.raises(AssertionError) as failed:
        looked(page)
    told = str(failed.value).splitlines()
    assert not [line for line in told if line.startswith("as it is")]
    for what in ("with a picture", "once more"):
        assert any(line.startswith(f"{what}: image-alt at ") for line in told)
        assert any(line.startswith(f"{what}: scrolls sideways by ") for line in told)
