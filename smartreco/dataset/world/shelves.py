"""The catalogue's raw material: sub-categories with brands, things, sizes and prices.

The words lie in `catalogue/*.toml`, one file a category, so that a new sub-category is
a few lines of data. Brands are invented; prices are near what Indian shops paid in 2025.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from smartreco.dataset.world.randomness import Floats, Ints

FOLDER = Path(__file__).parent / "catalogue"
CATEGORIES = ("Electronics", "FMCG", "Apparel", "Durables", "Essentials")


@dataclass(frozen=True)
class Subcategory:
    """A shelf: what lies on it and when it is wanted.

    ``pull`` is the log of how much more it sells than others, ``festivals`` that of the
    demand at the festival's peak, ``regions`` that of how much a region cares; ``things``
    have a name, variants and lists of size, price and case.
    """

    name: str
    category: str
    pull: float
    need: str
    season: str
    brands: tuple[str, ...]
    more_brands: tuple[str, ...]
    things: tuple[Mapping[str, Any], ...]
    festivals: Mapping[str, float]
    regions: Mapping[str, float]


@dataclass(frozen=True)
class Category:
    """What the products of a category have in common."""

    name: str
    share: float
    elasticity: float
    margin: tuple[float, float]
    brands: tuple[str, ...]
    subcategories: tuple[Subcategory, ...]


@dataclass(frozen=True)
class Offer:
    """A product that could be on the shelf: price in rupees and case in pieces."""

    brand: str
    name: str
    price: float
    case: int


@cache
def categories() -> tuple[Category, ...]:
    """All categories in the order of `CATEGORIES`."""
    return tuple(_read(FOLDER / f"{name.lower()}.toml") for name in CATEGORIES)


@cache
def subcategories() -> tuple[Subcategory, ...]:
    """All sub-categories, category by category; their position is their code."""
    return tuple(shelf for category in categories() for shelf in category.subcategories)


@cache
def shelf_categories() -> Ints:
    """Category of each sub-category, a position in `CATEGORIES`."""
    return np.array([CATEGORIES.index(shelf.category) for shelf in subcategories()])


@cache
def needs() -> tuple[str, ...]:
    """Occasions that bring products into one order; their position is their code."""
    return tuple(dict.fromkeys(shelf.need for shelf in subcategories()))


def offers(shelf: Subcategory, home: bool) -> list[Offer]:
    """Every combination of brand, variant, thing and size.

    `home` chooses the shelf's own brands; otherwise the category's other brands, which
    come into play only where a catalogue is larger than the shelf's own range.
    """
    return [
        Offer(brand, f"{brand} {variant} {thing['name']}, {size}".replace("  ", " "), price, case)
        for brand in (shelf.brands if home else shelf.more_brands)
        for thing in shelf.things
        for variant in thing["variants"]
        for size, price, case in thing["sizes"]
    ]


def interleave(shares: Sequence[float], count: int) -> Ints:
    """Positions in proportion to `shares`, as evenly spread as can be (Webster's method).

    A longer sequence begins with the shorter one, so that growing a world keeps what
    it had.
    """
    turns = (np.arange(count)[:, None] + 0.5) / np.asarray(shares, dtype=np.float64)
    return np.argsort(turns, axis=None, kind="stable")[:count] % len(shares)


def neat_price(prices: Floats) -> Floats:
    """Prices as a wholesaler writes them: quarters, halves, rupees, fives."""
    step = np.select([prices < 20, prices < 100, prices < 1000], [0.25, 0.5, 1.0], 5.0)
    return np.asarray(np.maximum(np.round(prices / step) * step, step))


def _read(path: Path) -> Category:
    """One category's file."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    shelves = tuple(_shelf(raw, item) for item in raw["subcategory"])
    low, high = raw["margin"]
    return Category(
        raw["category"], raw["share"], raw["elasticity"], (low, high), tuple(raw["brands"]), shelves
    )


def _shelf(raw: Mapping[str, Any], item: Mapping[str, Any]) -> Subcategory:
    """One sub-category; what it does not say of festivals is its category's."""
    return Subcategory(
        name=item["name"],
        category=raw["category"],
        pull=item.get("pull", 0.0),
        need=item["need"],
        season=item.get("season", "flat"),
        brands=tuple(item["brands"]),
        more_brands=tuple(brand for brand in raw["brands"] if brand not in item["brands"]),
        things=tuple(item["things"]),
        festivals={**raw["festivals"], **item.get("festivals", {})},
        regions=item.get("regions", {}),
    )
