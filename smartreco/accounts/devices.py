"""A browser in a few words, so that its owner knows it again in a list of sessions.

What a browser says about itself (its User-Agent) is a long text that may name versions and
models; two words of it are enough here, and no more is kept.
"""

from __future__ import annotations

from typing import Final

#: A sign in the User-Agent and what it stands for; the first that is there counts.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str | None) -> str:
    """Such as "Chrome on Windows"; "" where nothing is recognised."""
    said = (user_agent or "")[:512]
    browser, system = _first(BROWSERS, said), _first(SYSTEMS, said)
    return " on ".join(part for part in (browser, system) if part)


def _first(signs: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for sign, name in signs if sign in said), "")
