"""The style sheet: a file of its own, linked from pages and from nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.components.look import STYLE_SHEET
from smartreco.api.style_sheet import StyleSheet

PAGE = '<html lang="en"><body><p>Salt</p>' + "x" * 2000 + "</body></html>"
READER = {"Accept": "text/html,application/xhtml+xml", "Accept-Encoding": "gzip"}


def page(request: Request) -> Response:
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    return HTMLResponse(PAGE, headers={"ETag": '"streamlit"'})


def asked(headers: Headers) -> str:
    return headers.get("accept-language", "en")


@pytest.fixture
def site() -> TestClient:
    routes = [
        Route("/demand", page),
        Route("/bare", lambda request: HTMLResponse("half a pa")),
        Route("/facts", lambda request: JSONResponse({"said": "</body>"})),
    ]
    middleware = [
        Middleware(StyleSheet, file=STYLE_SHEET, language=asked),
        Middleware(GZipMiddleware),
    ]
    return TestClient(Starlette(routes=routes, middleware=middleware))


def linked(text: str) -> str:
    """The address in the page's one link."""
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)" />', text)
    return str(address)


def test_a_page_links_it_after_all_else(site: TestClient) -> None:
    answer = site.get("/demand", headers=READER)
    link = f'<link rel="stylesheet" href="{linked(answer.text)}" />'
    assert answer.text == PAGE.replace("</body>", link + "</body>")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "etag" not in answer.headers


def test_a_browser_that_kept_the_page_gets_the_link_of_today(site: TestClient) -> None:
    answer = site.get("/demand", headers=READER | {"If-None-Match": '"streamlit"'})
    assert answer.status_code == 200
    assert linked(answer.text)


@pytest.mark.parametrize("packed", [True, False])
def test_it_is_kept_for_ever_under_an_address_of_its_text(site: TestClient, packed: bool) -> None:
    address = linked(site.get("/demand", headers=READER).text)
    answer = site.get(address, headers={"Accept-Encoding": "gzip" if packed else "identity"})
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)
    assert answer.text == STYLE_SHEET.read_text(encoding="utf-8")
    assert site.get("/look/of-yesterday.css").status_code == 404


def test_another_text_has_another_address(tmp_path: Path) -> None:
    def address(text: str) -> str:
        file = tmp_path / "one.css"
        file.write_text(text, encoding="utf-8")
        return StyleSheet(Starlette(), file, asked).path

    assert address("a {}") != address("b {}")
    assert address("a {}") == address("a {}")


def test_what_is_no_whole_page_passes_as_it_is(site: TestClient) -> None:
    assert site.get("/facts", headers=READER).json() == {"said": "</body>"}
    assert site.get("/bare", headers=READER).text == "half a pa"
    assert site.get("/demand", headers={"Accept": "application/json"}).text == PAGE
    told, given = (getattr(site, ask)("/demand", headers=READER) for ask in ("head", "get"))
    assert told.headers["content-length"] == given.headers["content-length"]


def test_a_page_says_in_which_language_it_is(site: TestClient) -> None:
    hindi = site.get("/demand", headers=READER | {"Accept-Language": "hi"})
    assert hindi.text.startswith('<html lang="hi"><body>')
    assert int(hindi.headers["content-length"]) == len(hindi.content)
    assert site.get("/demand", headers=READER).text.startswith('<html lang="en"><body>')
