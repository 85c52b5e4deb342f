"""A browser in a few words."""

from __future__ import annotations

import pytest

from smartreco.accounts.devices import device_of

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/126.0 Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/126.0 Edg/1", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
         "Safari on iPhone"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-A1) {KIT} Chrome/126.0 Mobile", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Firefox/127.0", "Firefox on Mac"),
        ("curl/8.0", ""),
        ("<script>alert(1)</script>", ""),
        ("", ""),
        (None, ""),
    ],
)  # fmt: skip
def test_a_browser_is_told_by_two_words_and_no_more(said: str | None, expected: str) -> None:
    assert device_of(said) == expected
