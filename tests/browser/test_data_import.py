"""An admin brings a messy file in: columns, dry run, import, and what was set aside mended."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Final

import pandas as pd
from playwright.sync_api import Page, expect

from smartreco.dataset.aliases import MENDING
from smartreco.entities import Role
from tests.browser.conftest import Picture, Seen, SignIn
from tests.browser.screens import PHONE, looking, settled
from tests.browser.serving import Server

HEADER: Final = "Bon,shop_id,sku,order_date,Menge,price"
ROWS: Final = [f"n{n},s{n % 3},p{n % 5},2026-05-1{n % 9},{1 + n % 4},2.5" for n in range(30)]
MESS: Final = ["n1,s1,p1,2026-05-11,many,2.5", "n2,s2,,2026-05-12,3,2.5", ROWS[4]]


def test_a_messy_file_is_imported_and_what_was_set_aside_is_mended(
    page: Page, seen: Seen, sign_in: SignIn, own_server: Server, picture: Picture,
    tmp_path: Path,
) -> None:  # fmt: skip
    sign_in(page, Role.ADMIN, "import", at=own_server)
    history = page.get_by_text("Imports so far (1)")
    expect(history).to_be_visible()
    with page.expect_download() as download:  # rows that the demo data's own dirt left aside
        page.get_by_role("button", name="rows to mend (CSV)").click()
    mended = tmp_path / "mended.csv"
    rows = pd.read_csv(io.BytesIO(download.value.path().read_bytes()), dtype="str")
    rows = rows[rows[MENDING].str.startswith("No order") | rows[MENDING].str.contains("quantity")]
    rows = rows.head(2)
    assert len(rows) == 2
    rows["quantity"] = "6"
    rows["order_id"] = rows["order_id"].fillna("found-again")
    rows.to_csv(mended, index=False)
    with looking(page) as look:
        look("nothing chosen")
        _upload(page, mended)
        _try(page)
        expect(page.get_by_text("order lines are new").first).to_be_visible()
        look("dry run")
        picture("1-dry-run")
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_text("The rows are stored")).to_be_visible()
        look("imported")
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_text("Imports so far (2)")).to_be_visible()
        messy = tmp_path / "messy.csv"
        messy.write_text("\n".join([HEADER, *ROWS, *MESS]), encoding="utf-8")
        _upload(page, messy)
        expect(page.get_by_text("no column chosen for it").first).to_be_visible()
        _choose(page, "order_id *", "Bon")
        _choose(page, "quantity *", "Menge")
        page.get_by_text("Take the place of the data held").click()
        settled(page)
        _try(page)
        expect(page.get_by_text("30 order lines are new").first).to_be_visible()
        look("replacing")
        picture("2-messy")
        page.set_viewport_size(PHONE)
        look("on a phone")
    assert seen.errors == []
    assert seen.outside == []


def _upload(page: Page, path: Path) -> None:
    page.locator(".st-key-sr-import-files input[type=file]").first.set_input_files(path)
    expect(page.get_by_text("2. Columns")).to_be_visible()
    settled(page)


def _try(page: Page) -> None:
    page.get_by_role("button", name="Try it without writing").click()
    time.sleep(0.3)
    settled(page)


def _choose(page: Page, ours: str, theirs: str) -> None:
    page.get_by_role("combobox", name=ours).click()
    page.get_by_role("option", name=theirs, exact=True).click()
    settled(page)
