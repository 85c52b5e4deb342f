"""How many examples tests draw that Hypothesis makes up: all in the full run, else a quarter."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

USUAL = 100  # examples of a test that does not say
FEWEST = 3

settings.register_profile("full", max_examples=USUAL)
settings.register_profile("ordinary", max_examples=USUAL // 4)


def draw(*, full: bool) -> None:
    """Choose for this process; before tests are imported."""
    settings.load_profile("full" if full else "ordinary")


def drawn(most: int, few: int | None = None, **others: Any) -> settings:
    """Settings of a test that draws ``most`` examples in the full run, else ``few`` of them."""
    quarter = max(FEWEST, most // 4) if few is None else few
    full = settings.get_current_profile_name() == "full"
    return settings(max_examples=most if full else quarter, deadline=None, **others)
