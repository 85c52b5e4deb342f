"""Kinds of shops: what they care for, how much they order, what they are called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from smartreco.dataset.world.shelves import subcategories


@dataclass(frozen=True)
class Segment:
    """A kind of shop; see `segments.toml`. ``appeal`` is a log for each sub-category."""

    name: str
    share: float
    basket: float
    cases: float
    credit: float
    titles: tuple[str, ...]
    appeal: tuple[float, ...]


@cache
def segments() -> tuple[Segment, ...]:
    """All kinds of shops; their position is their code."""
    raw = tomllib.loads((Path(__file__).parent / "segments.toml").read_text(encoding="utf-8"))
    return tuple(_segment(item) for item in raw["segment"])


def _segment(item: Mapping[str, Any]) -> Segment:
    appeal = tuple(
        item["appeal"][shelf.category] + item["subcategories"].get(shelf.name, 0.0)
        for shelf in subcategories()
    )
    return Segment(
        name=item["name"],
        share=item["share"],
        basket=item["basket"],
        cases=item["cases"],
        credit=item["credit"],
        titles=tuple(item["titles"]),
        appeal=appeal,
    )
