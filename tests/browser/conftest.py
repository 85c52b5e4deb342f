"""Journeys in a real Chromium.

Fixtures for a journey, wherever it is about:

``server``   the application over a copy of the small store, one for all journeys (`Server`:
             url, db, log). It holds more accounts than the demo ones: `tests.browser.people`.
             Journeys that write do so as a shop or a vendor of their own there. An order placed
             makes no new fit: lists stay as they are. A journey walked again gets a fresh one
``own_server``  another, for a file whose journeys change what all shops see; each costs a start
``page``     an empty Playwright page of an empty browser profile; 1280 x 900
``seen``     what that page did: ``seen.errors`` (console and script errors), ``seen.outside``
             (addresses asked for on other hosts)
``sign_in``  ``sign_in(page, Role.RETAILER, "for-you")`` opens the address as the demo account
             of a role, or as the account of a name, and waits until the page is drawn. The form
             is used where no journey before has left a session that still holds
``screen``   an empty page on a desk and on a phone, in light and in dark colours: a test that
             asks for it runs on each and fails where the page erred or asked an outside host;
             `tests.browser.screens` says what is in the way there
``picture``  ``picture("placed")`` keeps what ``page`` shows in ``test-artifacts/stories/``
``profiles`` more browser profiles, for a second one at the same time or another screen

A failed journey leaves a picture and its console in ``test-artifacts/``; what broke a
walk is told also where the next one went well (``--rerun-show-tracebacks``). Where no Chromium
is found all of this is skipped, and the reason says so.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from smartreco.config import PROJECT
from smartreco.entities import Role
from smartreco.workspace.accounts.demo import USERNAMES
from tests.browser.people import PASSWORD, add_people
from tests.browser.profiles import Profiles
from tests.browser.screens import DESK, OFTEN, PHONE, SCHEMES, settled
from tests.browser.serving import Server, serving

ARTIFACTS = PROJECT / "test-artifacts"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds: a busy machine is no failure
expect.set_options(timeout=PATIENCE)
OWN = "http://127.0.0.1:"
SignIn = Callable[..., Page]
Picture = Callable[[str], None]
Cookies = list[dict[str, object]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder needs a browser, and is walked once more where it failed.

    A browser, a server and the fits share two cores: a journey may lose a race that has nothing
    to do with what it tells. The closing line counts what was walked twice.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2))


@dataclass
class Seen:
    """What a page did while a journey went through it."""

    origin: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note from here on what a page does."""
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self.request)

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
def profiles(chromium: Browser) -> Profiles:
    """Browser profiles, each emptied after its use."""
    return Profiles(chromium)


class Applications:
    """The application over a copy of the small store, started when it is first asked for."""

    def __init__(self, small_store: Path, folders: pytest.TempPathFactory) -> None:
        self.small_store, self.folders = small_store, folders
        self.running: Server | None = None
        self.open = ExitStack()

    def serve(self, node: pytest.Item) -> Server:
        """The one that runs, or a fresh one where a journey is walked again from its start."""
        if walks(node) > 1:
            self.close()
        if self.running is None:
            copy = peopled(self.small_store, self.folders.mktemp("served"))
            self.running = self.open.enter_context(copy)
        return self.running

    def close(self) -> None:
        """End the one that runs."""
        self.running = None
        self.open.close()


def walks(node: pytest.Item) -> int:
    """How many times a journey was begun."""
    return int(getattr(node, "execution_count", 1))


@pytest.fixture(scope="package")
def shared(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applications]:
    """The application that journeys share."""
    with closing(Applications(small_store, tmp_path_factory)) as applications:
        yield applications


@pytest.fixture(scope="module")
def own(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applications]:
    """The same for one file alone."""
    with closing(Applications(small_store, tmp_path_factory)) as applications:
        yield applications


@pytest.fixture
def server(shared: Applications, request: pytest.FixtureRequest) -> Server:
    """The application that journeys share, as it runs."""
    return shared.serve(request.node)


@pytest.fixture
def own_server(own: Applications, request: pytest.FixtureRequest) -> Server:
    """The application of one file alone, as it runs."""
    return own.serve(request.node)


@contextmanager
def peopled(small_store: Path, folder: Path) -> Iterator[Server]:
    """The application over a copy of the small store with more accounts."""
    db = shutil.copytree(small_store, folder / "copy") / "store.duckdb"
    add_people(db)
    with serving(db, SMARTRECO_DEMO_PASSWORD=PASSWORD, SMARTRECO_REFIT_AFTER="never") as running:
        yield running


@pytest.fixture
def cold_server(small_store: Path, tmp_path: Path) -> Iterator[Server]:
    """An application that nobody has opened a page of yet."""
    db = shutil.copytree(small_store, tmp_path / "cold") / "store.duckdb"
    with serving(db, SMARTRECO_DEMO_PASSWORD=PASSWORD) as running:
        yield running


@pytest.fixture
def context(profiles: Profiles) -> Iterator[BrowserContext]:
    """An empty browser profile."""
    with profiles.open(DESK) as profile:
        yield profile


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
def screen(profiles: Profiles, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page on every kind of screen."""
    with profiles.open(*request.param) as profile:
        opened, seen = profile.new_page(), Seen(OWN)
        seen.watch(opened)
        yield opened
        assert (seen.outside, seen.errors) == ([], [])


@pytest.fixture
def page(context: BrowserContext, seen: Seen, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page; its last state is kept if the test fails."""
    opened = context.new_page()
    seen.watch(opened)
    yield opened
    if getattr(request.node, "failed", False):
        ARTIFACTS.mkdir(exist_ok=True)
        name = "".join(c if c.isalnum() else "-" for c in request.node.name)
        opened.screenshot(path=ARTIFACTS / f"{name}.png")
        (ARTIFACTS / f"{name}.txt").write_text("\n".join([opened.url, *seen.errors]))


@pytest.fixture
def picture(page: Page, request: pytest.FixtureRequest) -> Picture:
    """Keep a picture of ``page`` under a name, also where the journey goes well."""
    folder = ARTIFACTS / "stories" / request.node.name

    def take(name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        settled(page).screenshot(path=folder / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Seen:
    """What ``page`` does; built before it."""
    return Seen(OWN)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the page fixture know how its test ended."""
    outcome = yield
    report = outcome.get_result()
    before = report.when != "setup" and getattr(item, "failed", False)  # in this walk
    item.failed = before or report.failed  # type: ignore[attr-defined]


@pytest.fixture(scope="package")
def sessions() -> dict[tuple[str, str], Cookies]:
    """Cookies by application and account, for whoever is next."""
    return {}


@pytest.fixture
def sign_in(server: Server, sessions: dict[tuple[str, str], Cookies]) -> SignIn:
    """Open an address as somebody."""

    def go(page: Page, who: Role | str, url: str = "", at: Server = server) -> Page:
        username = USERNAMES[who] if isinstance(who, Role) else who
        page.context.clear_cookies()
        page.context.add_cookies(sessions.get((at.url, username), []))  # type: ignore[arg-type]
        page.goto(urljoin(f"{at.url}/", url))
        inside = page.get_by_role("button", name="Sign out").first
        form = page.get_by_label("Username", exact=True)
        inside.or_(form).first.wait_for(state="attached")
        if form.count():
            fill_in(page, username, PASSWORD)
            inside.wait_for(state="attached")
            sessions[at.url, username] = [session_cookie(page.context)]
        return settled(page)

    return go


def fill_in(page: Page, username: str, password: str) -> None:
    """Type a pair into the sign-in form and send it."""
    page.get_by_label("Username", exact=True).fill(username)
    page.get_by_role("textbox", name="Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def session_cookie(context: BrowserContext) -> dict[str, object]:
    """The session's cookie; it comes with an image that the page asks for at its end."""
    for _ in range(200):
        for cookie in context.cookies():
            if cookie["name"] == "sid":
                return dict(cookie)
        context.pages[-1].wait_for_timeout(50)
    raise AssertionError("no cookie came")
