"""Headers on every answer."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from smartreco.api.headers import CONTENT_SECURITY_POLICY, HEADERS, SecurityHeaders


def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


def client(base_url: str) -> TestClient:
    app = Starlette(routes=[Route("/", hello)], middleware=[Middleware(SecurityHeaders)])
    return TestClient(app, base_url=base_url)


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_answer_bears_them(path: str) -> None:
    answer = client("http://shop.test").get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_https_is_asked_for_only_where_it_is_there() -> None:
    assert "strict-transport-security" not in client("http://shop.test").get("/").headers
    assert "strict-transport-security" in client("https://shop.test").get("/").headers


def test_the_policy_lets_no_script_in_but_files_of_this_server() -> None:
    scripts = next(p for p in CONTENT_SECURITY_POLICY.split("; ") if p.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY


def test_the_policy_allows_exactly_the_inline_scripts_of_this_streamlit() -> None:
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", index.read_text(encoding="utf-8"), re.DOTALL)
    digests = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline}
    assert set(re.findall(r"'sha256-([^']+)'", CONTENT_SECURITY_POLICY)) == digests
