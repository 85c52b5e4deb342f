"""Browser profiles that journeys use one after the other.

A new profile reads and compiles the application's scripts anew, which takes longer than
most journeys. An emptied one does not: cookies, storage and pages of the journey before
are gone, only files stay read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, BrowserContext, StorageState, ViewportSize

NOTHING: Final[StorageState] = {"cookies": [], "origins": []}


class Profiles:
    """Profiles by kind of screen."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: defaultdict[str, list[BrowserContext]] = defaultdict(list)

    @contextmanager
    def open(
        self, size: ViewportSize, scheme: str = "light", touch: bool = False,
        locale: str = "en-US",
    ) -> Iterator[BrowserContext]:  # fmt: skip
        """An empty profile that nobody else uses meanwhile."""
        free = self._free[f"{size} {scheme} {touch} {locale}"]
        profile = free.pop() if free else self._browser.new_context(
            viewport=size, color_scheme=scheme, has_touch=touch,  # type: ignore[arg-type]
            locale=locale,
        )  # fmt: skip
        profile.set_default_timeout(30_000)
        yield profile
        for page in profile.pages:
            page.close()
        profile.set_storage_state(NOTHING)
        free.append(profile)
