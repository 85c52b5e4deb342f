"""The scoreboard in a browser: measured by a click, every tab without a barrier, taken away."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from smartreco.entities import Role
from smartreco.evaluation.scoreboard import Scoreboard
from tests.browser.conftest import Seen, SignIn
from tests.browser.screens import PHONE, looking, settled

MINUTE = 90_000  # until a run has ended on a busy machine
TABS = ("By kind of shop", "By length", "Coverage and exposure", "Learning curve",
        "Response times", "Time or random split", "Overview")  # fmt: skip


@pytest.mark.full
def test_a_run_is_made_looked_at_from_all_sides_and_taken_along(
    page: Page, seen: Seen, sign_in: SignIn, tmp_path: Path
) -> None:
    sign_in(page, Role.ANALYST, "scoreboard")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Not measured yet")
    page.get_by_role("button", name="Measure it now").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(heading).to_contain_text("lists of 10 hit", timeout=MINUTE)  # drawn anew by itself
    with looking(page) as look:
        for tab in TABS:
            page.get_by_role("radio", name=tab, exact=True).click()
            settled(page)
            expect(page.locator('[class*="st-key-sr-score-"]').last).to_be_visible()
            look(tab)
        expect(page).not_to_have_url(re.compile("view="))  # the first tab is what it is without
        page.get_by_text("What these numbers mean").click()
        expect(page.get_by_text("Choosing by this page")).to_be_visible()
        look("what numbers mean")
        page.set_viewport_size(PHONE)
        look("on a phone")
    file = tmp_path / "board"
    with page.expect_download() as download:
        page.get_by_role("button", name="Record as JSON").click()
    download.value.save_as(file)
    plain = json.loads(file.read_text(encoding="utf-8"))
    assert Scoreboard.from_dict(board(plain)).k == 10
    with page.expect_download() as download:
        page.get_by_role("button", name="All figures as CSV").click()
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as text:
        assert {row["list"] for row in csv.DictReader(text)} == {"all", "reorder", "discover"}
    assert seen.errors == []
    assert seen.outside == []


def board(plain: dict[str, object]) -> dict[str, object]:
    """The figures without what is said of the run."""
    about = ("number", "evaluated_at", "data_version", "model_version", "blend_version",
             "username", "seconds")  # fmt: skip
    return {name: value for name, value in plain.items() if name not in about}
