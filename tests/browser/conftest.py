"""Journeys in a real Chromium.

Fixtures for a journey, wherever it is about:

``server``   the application over a copy of the small store, one for all journeys that
             leave no trace another would stumble over (`Server`: url, db, log)
``page``     an empty Playwright page of a browser profile of its own; 1280 x 900
``seen``     what that page did: ``seen.errors`` (console and script errors), ``seen.outside``
             (addresses asked for on other hosts)
``sign_in``  ``sign_in(page, Role.RETAILER, "for-you")`` opens the address as the demo
             account of a role, through the form, and waits until the page is drawn
``screen``   an empty page on a desk and on a phone, in light and in dark colours: a test that
             asks for it runs on each; `tests.browser.screens` says what is in the way there
``vendors``  an application with two more accounts of vendors: ``COLLEAGUE`` of the demo
             account's vendor, ``RIVAL`` of another
``own_server``  an application whose orders only the journeys of one file change, one after
             the other

A failed journey leaves a picture and its console in ``test-artifacts/``. Where no
Chromium is found all of this is skipped, and the reason says so.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from smartreco.config import PROJECT, Settings
from smartreco.entities import Role
from smartreco.store import Store, accounts
from smartreco.store.connection import Cursor
from smartreco.workspace.demo_accounts import USERNAMES
from tests.browser.screens import DESK, OFTEN, PHONE, SCHEMES, settled
from tests.browser.serving import Server, serving

PASSWORD = "demo-for-tests"
COLLEAGUE, RIVAL = "colleague", "rival"  # accounts of the same and of another vendor
ARTIFACTS = PROJECT / "test-artifacts"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip
SignIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Seen:
    """What a page did while a journey went through it."""

    origin: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        where = urlsplit(message.location.get("url", "")).path
        # below a page's address Streamlit first asks whether it is served there; it is not
        if message.type == "error" and "/_stcore/" not in where.removeprefix("/_stcore/"):
            self.errors.append(f"{message.text} ({where})")

    def request(self, request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self.origin):
            self.outside.append(request.url)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; all journeys skip without one."""
    with sync_playwright() as started:
        found = next(filter(None, map(shutil.which, CHROMIUM)), None)
        own = Path(started.chromium.executable_path)
        if found is None and not own.is_file():
            pytest.skip("no Chromium found (apt install chromium, or playwright install chromium)")
        browser = started.chromium.launch(executable_path=found or own, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application that journeys share."""
    with copy_served(small_store, tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture(scope="module")
def own_server(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An application of the file's own, for journeys that order, count or choose."""
    with copy_served(small_store, tmp_path_factory.mktemp("own")) as running:
        yield running


@pytest.fixture(scope="module")
def vendors(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An application with two more accounts, which share the demo accounts' password."""
    folder = tmp_path_factory.mktemp("vendors")
    shutil.copytree(small_store, folder, dirs_exist_ok=True)
    store = Store.open(Settings(db=folder / "store.duckdb"))

    def work(cursor: Cursor) -> None:
        known = accounts.find(cursor, "vendor")
        assert known is not None
        secret = accounts.password_hash(cursor, "vendor")
        assert secret is not None
        other = cursor.execute(
            "SELECT vendor_id FROM vendors JOIN products USING (vendor_key) WHERE vendor_id <> ? "
            "GROUP BY vendor_id ORDER BY count(*) DESC, vendor_id LIMIT 1", [known.vendor_id],
        ).fetchone()  # fmt: skip
        assert other is not None
        for username, vendor_id in ((COLLEAGUE, known.vendor_id), (RIVAL, str(other[0]))):
            one = replace(known, username=username, vendor_id=vendor_id, demo=False)
            accounts.insert(cursor, one, secret)

    store.write(work)
    store.close()
    with serving(folder / "store.duckdb", SMARTRECO_DEMO_PASSWORD=PASSWORD) as running:
        yield running


@pytest.fixture
def cold_server(small_store: Path, tmp_path: Path) -> Iterator[Server]:
    """An application that nobody has opened a page of yet."""
    with copy_served(small_store, tmp_path / "cold") as running:
        yield running


def copy_served(small_store: Path, folder: Path) -> AbstractContextManager[Server]:
    """The application over a copy of a store, in the folder."""
    shutil.copytree(small_store, folder, dirs_exist_ok=True)
    return serving(folder / "store.duckdb", SMARTRECO_DEMO_PASSWORD=PASSWORD)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of the test's own."""
    profile = chromium.new_context(viewport=DESK)
    profile.set_default_timeout(20_000)
    yield profile
    profile.close()


@pytest.fixture(
    params=[
        pytest.param(
            (size, scheme),
            id=f"{size['width']}-{scheme}",
            marks=() if (size, scheme) in OFTEN else pytest.mark.full,
        )
        for size in (DESK, PHONE)
        for scheme in SCHEMES
    ]
)
def screen(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of its own on every kind of screen."""
    size, scheme = request.param
    profile = chromium.new_context(viewport=size, color_scheme=scheme)
    profile.set_default_timeout(30_000)
    yield profile.new_page()
    profile.close()


@pytest.fixture
def page(context: BrowserContext, seen: Seen, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page; its last state is kept if the test fails."""
    opened = context.new_page()
    opened.on("console", seen.console)
    opened.on("pageerror", lambda error: seen.errors.append(str(error)))
    opened.on("request", seen.request)
    yield opened
    if getattr(request.node, "failed", False):
        ARTIFACTS.mkdir(exist_ok=True)
        name = "".join(c if c.isalnum() else "-" for c in request.node.name)
        opened.screenshot(path=ARTIFACTS / f"{name}.png")
        (ARTIFACTS / f"{name}.txt").write_text("\n".join([opened.url, *seen.errors]))


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Seen:
    """What ``page`` does; built before it."""
    return Seen("http://127.0.0.1:")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the page fixture know how its test ended."""
    outcome = yield
    item.failed = getattr(item, "failed", False) or outcome.get_result().failed  # type: ignore[attr-defined]


@pytest.fixture
def sign_in(server: Server) -> SignIn:
    """Sign in through the form, landing on an address."""

    def go(page: Page, role: Role, url: str = "", at: Server = server) -> Page:
        page.goto(f"{at.url}/{url}")
        fill_in(page, USERNAMES[role], PASSWORD)
        page.get_by_role("button", name="Sign out").first.wait_for(state="attached")
        return settled(page)

    return go


def fill_in(page: Page, username: str, password: str) -> None:
    """Type a pair into the sign-in form and send it."""
    page.get_by_label("Username", exact=True).fill(username)
    page.get_by_role("textbox", name="Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
