"""Pictures of the pages on the demo data: ``python -m tests.browser.screenshots [--db FILE]``.

``--only vendor`` takes those of one role's pages.

Not a test: it writes ``assets/screenshots/<page>-<width>-<scheme>.png`` for people
to look at, one by one, after a change of the look. Without ``--db`` it makes the
demo data in a temporary folder first.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from smartreco.config import PROJECT
from smartreco.language import Language, own_name
from tests.browser.conftest import CHROMIUM, FLAGS, PASSWORD, fill_in, settled
from tests.browser.serving import serving

FOLDER = PROJECT / "assets" / "screenshots"
SCHEMES = ("light", "dark")
CHART = "[data-testid=stVegaLiteChart]"
SLOW = 60_000  # milliseconds: the models beside ours are fitted while the page waits
TALLEST = {1280: 1500, 390: 1900}  # pixels of a picture
LEARNED = 300_000  # milliseconds: what shops take up is learned once for all vendors
#: A vendor's pictures: the address, and what stands there once it is drawn.
VENDOR = {
    "demand": ("demand", f".st-key-sr-figure-course {CHART}"),
    "demand-where": ("demand?view=where", f".st-key-sr-figure-heat {CHART}"),
    "reach": ("reach", ".st-key-sr-data-space"),
    "stock-service": ("stock-service", f".st-key-sr-lines {CHART}"),
}
#: A manager's: the address, and what stands there once it is drawn.
MANAGER = {
    "what-if": ("what-if", '[class*="st-key-sr-preset-"] .story'),
    "what-if-price-cut": ("what-if?preset=price-cut", f".st-key-sr-figure-causes {CHART}"),
    "what-if-launch": ("what-if?preset=launch&view=shops", ".st-key-sr-whatif-shops"),
    "what-if-margin-first": ("what-if?preset=margin-first", ".st-key-sr-effect"),
    "what-if-trust": ("what-if?preset=vendor-out&view=trust", ".st-key-sr-data-trust"),
}
SAVED = ("price-cut", "vendor-out")
#: An analyst's, beside those of Tune.
ANALYST = {
    "scoreboard": ("scoreboard", ".st-key-sr-score-overview"),
    "scoreboard-shops": ("scoreboard?view=shops", f".st-key-sr-score-shops {CHART}"),
    "scoreboard-lengths": ("scoreboard?view=lengths", f".st-key-sr-score-lengths {CHART}"),
    "after-publishing": ("after-publishing", "text=What this cannot tell"),
    "explain-model": ("explain-model", "text=Every addend"),
    "explain-model-change": ("explain-model?view=change", "text=Every rank here"),
}
#: Most pages are kept in these looks only: the repository stays small.
LOOKS = ((1280, "light"), (390, "dark"))


def main() -> None:
    """Serve the demo data and take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path, help="a copy of a store with the demo data")
    parser.add_argument("--only", choices=[role for role, _ in TAKERS], help="a role's pages")
    asked = parser.parse_args()
    takers = [take for role, take in TAKERS if asked.only in (None, role)]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        db = asked.db or Path(folder) / "demo.duckdb"
        with serving(db, SMARTRECO_DEMO_PASSWORD=PASSWORD) as server, sync_playwright() as started:
            browser = started.chromium.launch(executable_path=_chromium(), args=FLAGS)
            for width in TALLEST:
                for scheme in SCHEMES:
                    for take in takers:
                        take(browser, server.url, width, scheme)
            browser.close()


def _take_shop(browser: Browser, url: str, width: int, scheme: str) -> None:
    with _page(browser, width, scheme) as page:
        page.goto(f"{url}/for-you")
        page.get_by_label("Username", exact=True).wait_for()
        _save(page, f"sign-in-{width}-{scheme}")
        fill_in(page, "retailer", PASSWORD)
        page.locator('[class*="st-key-sr-card-"]').first.wait_for()
        _put_something_on_the_order(page)
        _save(page, f"for-you-{width}-{scheme}")
        page.goto(f"{url}/order")
        page.locator('[class*="st-key-sr-draftline-"]').first.wait_for()
        _save(page, f"order-{width}-{scheme}")
        page.goto(f"{url}/orders")
        page.get_by_role("button", name="Open").first.click()
        page.locator(".st-key-sr-opened").wait_for()
        _save(page, f"orders-{width}-{scheme}")
        if (width, scheme) in LOOKS:
            _take_more(page, url, f"{width}-{scheme}")


def _take_vendor(browser: Browser, url: str, width: int, scheme: str) -> None:
    with _page(browser, width, scheme) as page:
        page.goto(f"{url}/demand")
        fill_in(page, "vendor", PASSWORD)
        for name, (address, drawn) in VENDOR.items():
            page.locator(".st-key-sr-answer").first.wait_for()
            settled(page)  # the session is there once all is drawn
            page.goto(f"{url}/{address}")
            page.locator(drawn).first.wait_for(timeout=LEARNED)
            _save(page, f"{name}-{width}-{scheme}")


def _take_analyst(browser: Browser, url: str, width: int, scheme: str) -> None:
    look = f"{width}-{scheme}"
    if (width, scheme) not in LOOKS:
        return
    with _page(browser, width, scheme) as page:
        page.goto(f"{url}/tune")
        fill_in(page, "analyst", PASSWORD)
        _take_tune(page, look)
        page.goto(f"{url}/scoreboard")
        measured = page.get_by_text("lists of 10 hit")
        measure = page.get_by_role("button", name="Measure it now")
        measured.or_(measure).first.wait_for()
        if measure.count():
            measure.click()
        measured.first.wait_for(timeout=LEARNED)
        for name, (address, drawn) in ANALYST.items():
            page.goto(f"{url}/{address}")
            page.locator(drawn).first.wait_for(timeout=LEARNED)
            _save(page, f"{name}-{look}")
        page.goto(f"{url}/series")
        page.locator(f'[class*="st-key-sr-figure-"] {CHART}').nth(3).wait_for(timeout=SLOW)
        _save(page, f"series-{look}")


def _take_tune(page: Page, look: str) -> None:
    """Sliders that were moved, the lists of three shops, and what would be published."""
    page.locator(f".st-key-sr-figure-plane {CHART}").wait_for(timeout=LEARNED)
    slider = page.get_by_role("slider", name="What similar shops order").first
    slider.focus()
    for _ in range(3):  # ten steps each
        slider.press("PageUp")
        settled(page)
    page.get_by_role("heading", level=1).get_by_text("Against version").wait_for()
    _save(page, f"tune-{look}")
    page.get_by_role("radio", name="Lists of three shops", exact=True).click()
    page.locator(".st-key-sr-trial").wait_for()
    _save(page, f"tune-lists-{look}")
    page.get_by_role("radio", name="Publish", exact=True).click()
    page.get_by_role("button", name="Check on held-out orders").click()
    page.locator(".st-key-sr-tune-check .gauges").first.wait_for(timeout=LEARNED)
    _save(page, f"tune-publish-{look}")


def _take_manager(browser: Browser, url: str, width: int, scheme: str) -> None:
    look = f"{width}-{scheme}"
    if (width, scheme) not in LOOKS:
        return
    with _page(browser, width, scheme) as page:
        page.goto(f"{url}/what-if")
        fill_in(page, "manager", PASSWORD)
        page.locator(MANAGER["what-if"][1]).first.wait_for(timeout=LEARNED)
        for name, (address, drawn) in MANAGER.items():
            settled(page)
            page.goto(f"{url}/{address}")
            page.locator(drawn).first.wait_for(timeout=LEARNED)
            _save(page, f"{name}-{look}")
        _assume(page, url)
        _save(page, f"what-if-assumptions-{look}")
        _save_questions(page, url)
        page.goto(f"{url}/what-if")
        page.locator(".st-key-compare-go button").wait_for()
        _save(page, f"what-if-saved-{look}")
        page.locator(".st-key-compare-go button").click()
        page.locator(".st-key-sr-data-compared").wait_for()
        _save(page, f"what-if-compare-{look}")


TAKERS = (
    ("retailer", _take_shop), ("vendor", _take_vendor), ("analyst", _take_analyst),
    ("manager", _take_manager),
)  # fmt: skip


def _assume(page: Page, url: str) -> None:
    """The sliders of a question, one of them moved."""
    page.goto(f"{url}/what-if?preset=price-cut")
    page.locator(f".st-key-sr-figure-causes {CHART}").wait_for()
    settled(page)
    page.locator(".st-key-what-if-assumptions summary").click()
    slider = page.locator(".st-key-assume-response").get_by_role("slider")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.locator(".st-key-sr-assumed-response .chip").wait_for()


def _save_questions(page: Page, url: str) -> None:
    """Two of the ready ones, unless a picture before this one did."""
    page.goto(f"{url}/what-if")
    page.locator('[class*="st-key-sr-preset-"]').first.wait_for()
    settled(page)
    if page.locator(".st-key-compare-go").count():
        return
    for name in SAVED:
        page.goto(f"{url}/what-if?preset={name}")
        page.locator(".st-key-what-if-save-as button").first.click()
        page.locator(".st-key-what-if-save-it button").click()
        page.wait_for_url("**scenario=*")
        settled(page)


def _take_more(page: Page, url: str, look: str) -> None:
    """The catalogue, a product that is reduced today, and the shelf."""
    page.goto(f"{url}/catalogue")
    reduced = page.locator('[class*="st-key-sr-card-"]:has(.offer) a.to-product').first
    reduced.wait_for()
    address = reduced.get_attribute("href")
    _save(page, f"catalogue-{look}")
    page.goto(f"{url}/{address}")
    page.locator(".st-key-sr-buy").wait_for()
    page.locator(f".st-key-sr-market {CHART}").wait_for()
    _save(page, f"product-{look}")
    page.goto(f"{url}/stock")
    page.locator(f".st-key-sr-outlook {CHART}").first.wait_for()
    _save(page, f"stock-{look}")
    _take_in_hindi(page, url, look)


def _take_in_hindi(page: Page, url: str, look: str) -> None:
    """The first page once more, in the other language."""
    page.goto(f"{url}/for-you")
    page.locator(".st-key-language button").locator("visible=true").click()
    page.get_by_text(own_name("hi"), exact=True).click()
    page.get_by_role("link", name=Language("hi").text("Catalogue")).first.wait_for(state="attached")
    _save(page, f"for-you-hindi-{look}")


def _put_something_on_the_order(page: Page) -> None:
    if not page.get_by_text("Nothing in it yet").count():
        return  # the picture before this one did
    for place in ("sr-line-", "sr-card-"):
        page.locator(f'[class*="st-key-{place}"]').first.get_by_role("button", name="Add").click()
        settled(page)


def _save(page: Page, name: str) -> None:
    tour = settled(page).locator(".st-key-tour-end button")
    if tour.count():  # is for newcomers, not for pictures
        tour.first.click()
        tour.wait_for(state="detached")
        settled(page)
    page.evaluate("document.fonts.ready")
    # looked for from outside: the page's own policy forbids a function to wait in it
    page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached")
    width = page.viewport_size["width"]  # type: ignore[index]
    content = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(content), TALLEST[width])})
    page.mouse.move(width - 1, 400)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    page.wait_for_timeout(800)  # fades end
    settled(page)
    page.screenshot(path=FOLDER / f"{name}.png")
    print(FOLDER / f"{name}.png")


@contextmanager
def _page(browser: Browser, width: int, scheme: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 600 else 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        has_touch=width < 600,
    )
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


if __name__ == "__main__":
    main()
